<?php
/**
 * Puts the outbox table and the capabilities in place: on activation, on new sites of a network, and in wp-admin after an
 * update of the plugin. Pages of the shop never look.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Install;

use Tocsin\Outbox\Outbox_Schema;

final class Installer {

	/** Autoloaded, so that comparing it costs no query. */
	public const VERSION_OPTION = 'tocsin_schema_version';

	public function __construct( private readonly string $main_file ) {}

	public function register(): void {
		register_activation_hook( $this->main_file, array( $this, 'activate' ) );
		add_action( 'admin_init', array( $this, 'upgrade' ) );
		// WooCommerce may come after Tocsin and bring the role of shop manager with it.
		add_action( 'activated_plugin', array( $this, 'grant_capabilities' ) );
		add_action( 'woocommerce_installed', array( $this, 'grant_capabilities' ) );
		// After WordPress has made the site's own tables (priority 10).
		add_action( 'wp_initialize_site', array( $this, 'install_on_new_site' ), 20 );
		add_filter( 'wpmu_drop_tables', array( $this, 'name_table_to_drop' ) );
	}

	/** @param bool $network_wide Whether the plugin is switched on for the whole network. */
	public function activate( $network_wide = false ): void {
		if ( $network_wide ) {
			Sites::each( $this->install( ... ) );
			return;
		}
		$this->install();
	}

	public function upgrade(): void {
		if ( (int) get_option( self::VERSION_OPTION, 0 ) !== Outbox_Schema::VERSION ) {
			$this->install();
		}
	}

	public function grant_capabilities(): void {
		( new Capabilities() )->grant();
	}

	public function install_on_new_site( \WP_Site $site ): void {
		if ( ! function_exists( 'is_plugin_active_for_network' ) ) {
			require_once ABSPATH . 'wp-admin/includes/plugin.php';
		}
		if ( is_plugin_active_for_network( plugin_basename( $this->main_file ) ) ) {
			Sites::on( (int) $site->blog_id, $this->install( ... ) );
		}
	}

	/**
	 * @param string[] $tables Tables WordPress drops with the current site.
	 * @return string[]
	 */
	public function name_table_to_drop( array $tables ): array {
		$tables[] = Outbox_Schema::table();
		return $tables;
	}

	private function install(): void {
		$schema = new Outbox_Schema();
		$schema->apply();
		( new Capabilities() )->grant();
		// Without the table the version stays behind, and the next visit to wp-admin tries again.
		if ( $schema->exists() ) {
			update_option( self::VERSION_OPTION, Outbox_Schema::VERSION, true );
		}
	}
}

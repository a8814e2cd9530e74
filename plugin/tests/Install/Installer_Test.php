<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Install;

use Tocsin\Install\Capabilities;
use Tocsin\Install\Installer;
use Tocsin\Outbox\Outbox_Schema;
use Tocsin\Tests\Plugin_Test_Case;

final class Installer_Test extends Plugin_Test_Case {

	private bool $made_role = false;

	protected function setUp(): void {
		parent::setUp();
		$this->made_role = null === get_role( 'shop_manager' );
		if ( $this->made_role ) {
			add_role( 'shop_manager', 'Shop manager', array( 'read' => true, 'manage_woocommerce' => true ) );
		}
	}

	protected function tearDown(): void {
		if ( $this->made_role ) {
			remove_role( 'shop_manager' );
		}
		delete_option( 'tocsin_granted_roles' );
		$this->activate();
		parent::tearDown();
	}

	public function test_activation_makes_the_table_and_gives_each_role_its_capabilities(): void {
		$this->uninstall();
		$this->activate();
		self::assertTrue( ( new Outbox_Schema() )->exists() );
		self::assertSame( array( true, true, true ), $this->granted( 'administrator' ) );
		self::assertSame( array( true, false, false ), $this->granted( 'shop_manager' ) );
		self::assertSame( array( false, false, false ), $this->granted( 'editor' ) );
	}

	public function test_uninstall_leaves_nothing_behind(): void {
		global $wpdb;
		$this->connect( 'https://tocsin.example.com' );
		get_role( 'editor' )->add_cap( 'tocsin_prepare' );
		$this->uninstall();
		self::assertFalse( ( new Outbox_Schema() )->exists() );
		foreach ( array( 'administrator', 'shop_manager', 'editor' ) as $role ) {
			self::assertSame( array( false, false, false ), $this->granted( $role ), $role );
		}
		self::assertSame( array(), $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%tocsin%'" ) );
	}

	public function test_a_capability_an_administrator_took_away_is_not_given_back_by_another_plugin(): void {
		get_role( 'shop_manager' )->remove_cap( 'tocsin_view' );
		update_option( 'tocsin_granted_roles', array( 'administrator', 'shop_manager' ), false );
		do_action( 'activated_plugin', 'other/other.php', false );
		self::assertSame( array( false, false, false ), $this->granted( 'shop_manager' ) );
	}

	public function test_a_role_that_comes_later_gets_its_capability_when_its_plugin_is_activated(): void {
		update_option( 'tocsin_granted_roles', array( 'administrator' ), false );
		get_role( 'shop_manager' )->remove_cap( 'tocsin_view' );
		do_action( 'activated_plugin', 'woocommerce/woocommerce.php', false );
		self::assertSame( array( true, false, false ), $this->granted( 'shop_manager' ) );
	}

	public function test_an_older_schema_is_brought_up_in_wp_admin_and_a_current_one_costs_no_query(): void {
		global $wpdb;
		update_option( Installer::VERSION_OPTION, 0 );
		$wpdb->query( 'ALTER TABLE ' . Outbox_Schema::table() . ' DROP COLUMN created_at' );
		$installer = new Installer( WP_PLUGIN_DIR . '/tocsin/tocsin.php' );
		$installer->upgrade();
		self::assertContains( 'created_at', $wpdb->get_col( 'SHOW COLUMNS FROM ' . Outbox_Schema::table() ) );
		self::assertSame( Outbox_Schema::VERSION, (int) get_option( Installer::VERSION_OPTION ) );

		$queries = $wpdb->num_queries;
		$installer->upgrade();
		self::assertSame( $queries, $wpdb->num_queries );
	}

	public function test_the_table_goes_with_its_site_in_a_network(): void {
		self::assertContains( Outbox_Schema::table(), apply_filters( 'wpmu_drop_tables', array(), get_current_blog_id() ) );
	}

	public function test_woocommerce_is_told_that_both_order_stores_are_fine(): void {
		self::assertNotFalse( has_action( 'before_woocommerce_init' ) );
		$header = get_plugin_data( WP_PLUGIN_DIR . '/tocsin/tocsin.php', false, false );
		self::assertSame( '', $header['RequiresPlugins'], 'Tocsin must live when WooCommerce does not' );
		self::assertSame( array( '6.9', '8.1', 'tocsin' ), array( $header['RequiresWP'], $header['RequiresPHP'], $header['TextDomain'] ) );
	}

	private function activate(): void {
		( new Installer( WP_PLUGIN_DIR . '/tocsin/tocsin.php' ) )->activate();
	}

	/** As WordPress does it when the plugin is deleted, short of deleting its files. */
	private function uninstall(): void {
		if ( ! defined( 'WP_UNINSTALL_PLUGIN' ) ) {
			define( 'WP_UNINSTALL_PLUGIN', 'tocsin/tocsin.php' );
		}
		include dirname( __DIR__, 2 ) . '/uninstall.php';
	}

	/** @return bool[] */
	private function granted( string $role ): array {
		return array_map( static fn( string $capability ): bool => get_role( $role )->has_cap( $capability ), Capabilities::ALL );
	}
}

<?php
/**
 * The menu entry "Tocsin" and the empty page the application fills. The bubble shows what the last status answer said and
 * asks nobody.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Admin;

use Tocsin\Install\Capabilities;
use Tocsin\Rest\Status_Observer;

final class Menu_Page {

	public const SLUG = 'tocsin';

	/** Just below WooCommerce' own entries. */
	private const POSITION = 57;

	public function __construct( private readonly Page_Assets $assets ) {}

	public function register(): void {
		add_action( 'admin_menu', array( $this, 'add' ) );
	}

	public function add(): void {
		$hook = add_menu_page( __( 'Tocsin', 'tocsin' ), __( 'Tocsin', 'tocsin' ) . $this->bubble(), Capabilities::VIEW, self::SLUG, array( $this, 'render' ), 'dashicons-megaphone', self::POSITION );
		$this->assets->register_for( $hook );
	}

	public function render(): void {
		echo '<div class="wrap tocsin-wrap">';
		if ( ! $this->assets->are_built() ) {
			echo '<h1>' . esc_html__( 'Tocsin', 'tocsin' ) . '</h1>';
			echo '<div class="notice notice-error"><p>' . wp_kses( __( "Couldn't show this screen: its scripts are not built. Run <code>npm run build</code> in the folder of the project, or install the plugin from its zip file. Store events and signals are kept all the same.", 'tocsin' ), array( 'code' => array() ) ) . '</p></div>';
		} else {
			echo '<div id="tocsin-app"></div>';
			echo '<noscript><div class="notice notice-error"><p>' . esc_html__( "Tocsin's screens need JavaScript. Without it, use the console at the address of the sidecar or its command line.", 'tocsin' ) . '</p></div></noscript>';
		}
		echo '</div>';
	}

	private function bubble(): string {
		$open = current_user_can( Capabilities::VIEW ) ? (int) get_transient( Status_Observer::BUBBLE_TRANSIENT ) : 0;
		if ( $open <= 0 ) {
			return '';
		}
		/* translators: %s: number of incidents. */
		$words = sprintf( _n( '%s open incident', '%s open incidents', $open, 'tocsin' ), number_format_i18n( $open ) );
		return sprintf( ' <span class="awaiting-mod count-%1$d"><span class="pending-count" aria-hidden="true">%2$s</span><span class="screen-reader-text">%3$s</span></span>', $open, esc_html( number_format_i18n( $open ) ), esc_html( $words ) );
	}
}

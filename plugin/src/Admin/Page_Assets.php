<?php
/**
 * Loads the application built by admin-ui on the page of Tocsin, and on no other page.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Admin;

use Tocsin\Install\Capabilities;
use Tocsin\Settings\Settings_State;

final class Page_Assets {

	private const HANDLE = 'tocsin-admin';

	/** What wp-scripts makes from imported styles; a file that is not there is left out. */
	private const STYLES = array( 'index', 'style-index' );

	private string $page_hook = '';

	public function __construct(
		private readonly string $main_file,
		private readonly Settings_State $state,
	) {}

	/** @param string $page_hook Hook suffix of the page, as add_menu_page() returns it. */
	public function register_for( string $page_hook ): void {
		$this->page_hook = $page_hook;
		add_action( 'admin_enqueue_scripts', array( $this, 'enqueue' ) );
	}

	public function are_built(): bool {
		return is_file( $this->path( 'index.js' ) ) && is_file( $this->path( 'index.asset.php' ) );
	}

	public function enqueue( string $page_hook ): void {
		if ( $page_hook !== $this->page_hook || ! $this->are_built() ) {
			return;
		}
		$asset = require $this->path( 'index.asset.php' );
		wp_enqueue_script( self::HANDLE, $this->url( 'index.js' ), $asset['dependencies'], $asset['version'], array( 'in_footer' => true ) );
		wp_set_script_translations( self::HANDLE, 'tocsin', plugin_dir_path( $this->main_file ) . 'languages' );
		wp_add_inline_script( self::HANDLE, 'window.tocsinSettings = ' . wp_json_encode( $this->settings(), JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES ) . ';', 'before' );
		foreach ( self::STYLES as $name ) {
			$this->enqueue_style( $name, $asset['version'] );
		}
	}

	private function enqueue_style( string $name, string $version ): void {
		if ( ! is_file( $this->path( "{$name}.css" ) ) ) {
			return;
		}
		$handle = self::HANDLE . "-{$name}";
		wp_enqueue_style( $handle, $this->url( "{$name}.css" ), array( 'wp-components' ), $version );
		if ( is_file( $this->path( "{$name}-rtl.css" ) ) ) {
			wp_style_add_data( $handle, 'rtl', 'replace' );
		}
	}

	/**
	 * What the application needs before its first request. Nothing here is secret.
	 *
	 * @return array<string, mixed>
	 */
	private function settings(): array {
		return array(
			'restRoot'     => 'tocsin/v1',
			'capabilities' => array_values( array_filter( Capabilities::ALL, 'current_user_can' ) ),
			'userId'       => get_current_user_id(),
			'timeZone'     => wp_timezone_string(),
			'locale'       => get_user_locale(),
			'configured'   => $this->state->is_configured(),
			'settings'     => current_user_can( Capabilities::MANAGE ) ? $this->state->full() : null,
			'adminUrl'     => admin_url(),
			'pageUrl'      => admin_url( 'admin.php?page=' . Menu_Page::SLUG ),
			'version'      => \Tocsin\VERSION,
		);
	}

	private function path( string $file ): string {
		return plugin_dir_path( $this->main_file ) . "assets/{$file}";
	}

	private function url( string $file ): string {
		return plugins_url( "assets/{$file}", $this->main_file );
	}
}

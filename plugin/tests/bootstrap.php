<?php
/**
 * Loads a real WordPress with this plugin active. The site is changed by the tests (users, options, outbox rows), so it must
 * be one of its own.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

( static function (): void {
	$refuse = static function ( string $sentence ): never {
		fwrite( STDERR, "Couldn't start the plugin's tests: {$sentence}\n" );
		exit( 2 );
	};

	$directory = (string) getenv( 'TOCSIN_WP_DIR' );
	if ( ! is_file( "{$directory}/wp-load.php" ) ) {
		$refuse( 'TOCSIN_WP_DIR does not name a WordPress (needed: a folder with wp-load.php and an installed site).' );
	}
	if ( realpath( "{$directory}/wp-content/plugins/tocsin" ) !== dirname( __DIR__ ) ) {
		$refuse( 'wp-content/plugins/tocsin in that WordPress is not a link to this folder.' );
	}

	$_SERVER['HTTP_HOST']      = 'localhost';
	$_SERVER['SERVER_NAME']    = 'localhost';
	$_SERVER['REQUEST_URI']    = '/';
	$_SERVER['REQUEST_METHOD'] = 'GET';
	// wp-load.php expects the global scope for some of its variables.
	foreach ( array( 'wp', 'wp_query', 'wp_rewrite', 'wpdb', 'wp_filter', 'table_prefix', 'wp_version', 'wp_roles', 'current_user', 'shortcode_tags', 'wp_object_cache' ) as $name ) {
		global $$name;
	}
	require "{$directory}/wp-load.php";
	require_once ABSPATH . 'wp-admin/includes/admin.php';

	foreach ( array( 'TOCSIN_SIDECAR_URL', 'TOCSIN_SIDECAR_KEY', 'TOCSIN_SIGNAL_KEY' ) as $constant ) {
		if ( defined( $constant ) ) {
			$refuse( "that WordPress defines {$constant}; the tests set it as an option." );
		}
	}
	if ( ! is_plugin_active( 'tocsin/tocsin.php' ) ) {
		$result = activate_plugin( 'tocsin/tocsin.php' );
		if ( is_wp_error( $result ) ) {
			$refuse( 'the plugin could not be activated: ' . $result->get_error_message() );
		}
	}
	add_filter( 'pre_wp_mail', '__return_true' );
} )();

foreach ( glob( __DIR__ . '/Support/*.php' ) as $file ) {
	require_once $file;
}

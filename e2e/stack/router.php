<?php
/**
 * Routes requests of PHP's built-in server the way a real web server does for WordPress: files as
 * they are, everything else (pretty permalinks, /wp-json) to index.php.
 */

$tocsin_root = $_SERVER['DOCUMENT_ROOT'];
$tocsin_path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );

// How the one who started this server tells it from another one that took its port.
if ( '/store-in-a-box/started' === $tocsin_path ) {
	echo getenv( 'STORE_START_TOKEN' );
	return true;
}

// Dot files and logs are never served, as on a well-kept shop.
if ( preg_match( '#(^|/)\.|\.log$#', $tocsin_path ) ) {
	http_response_code( 403 );
	return true;
}

$tocsin_file = $tocsin_root . $tocsin_path;
if ( is_file( $tocsin_file ) ) {
	return false;
}
if ( is_dir( $tocsin_file ) && is_file( rtrim( $tocsin_file, '/' ) . '/index.php' ) && '/' !== $tocsin_path ) {
	if ( '/' !== substr( $tocsin_path, -1 ) ) {
		header( 'Location: ' . $tocsin_path . '/', true, 301 );
		return true;
	}
	return false;
}

$_SERVER['SCRIPT_NAME']     = '/index.php';
$_SERVER['PHP_SELF']        = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $tocsin_root . '/index.php';
unset( $_SERVER['PATH_INFO'] );
chdir( $tocsin_root );
require $tocsin_root . '/index.php';

<?php
/**
 * Where the sidecar listens: an origin such as `https://tocsin.example.com:8443`, without path, query or login.
 * The path is left out because the signature covers the request target exactly as the sidecar sees it.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Settings;

final class Sidecar_Url {

	private function __construct( public readonly string $origin ) {}

	/** The address, or null when it may not be used; problem() says why. */
	public static function parse( string $text ): ?self {
		if ( null !== self::problem( $text ) ) {
			return null;
		}
		$parts = wp_parse_url( $text );
		$port  = isset( $parts['port'] ) ? ':' . $parts['port'] : '';
		return new self( strtolower( $parts['scheme'] . '://' . $parts['host'] ) . $port );
	}

	/** What is wrong with the address, in one sentence, or null. */
	public static function problem( string $text ): ?string {
		$parts = wp_parse_url( $text );
		if ( ! is_array( $parts ) || empty( $parts['host'] ) || ! in_array( strtolower( $parts['scheme'] ?? '' ), array( 'http', 'https' ), true ) ) {
			return __( 'This is not a web address (allowed: https://host or https://host:port).', 'tocsin' );
		}
		if ( isset( $parts['user'] ) || isset( $parts['pass'] ) ) {
			return __( 'The address must not hold a login; calls are signed with the key.', 'tocsin' );
		}
		if ( isset( $parts['query'] ) || isset( $parts['fragment'] ) || ! in_array( $parts['path'] ?? '', array( '', '/' ), true ) ) {
			return __( 'The address must end after the host and port (allowed: https://host or https://host:port).', 'tocsin' );
		}
		if ( 'http' === strtolower( $parts['scheme'] ) && ! self::is_private_host( strtolower( $parts['host'] ) ) ) {
			return __( 'Plain http is allowed only to this machine or a private network; use https.', 'tocsin' );
		}
		return null;
	}

	/** Loopback, private ranges, and names that public DNS does not know. */
	private static function is_private_host( string $host ): bool {
		$host = trim( $host, '[]' );
		if ( false !== filter_var( $host, FILTER_VALIDATE_IP ) ) {
			return false === filter_var( $host, FILTER_VALIDATE_IP, FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE );
		}
		return ! str_contains( $host, '.' ) || 1 === preg_match( '/\.(localhost|local|internal|test|home\.arpa)$/', $host );
	}
}

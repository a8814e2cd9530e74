<?php
/**
 * The site under test behind a real web server, and a browser with a signed-in user: for what only shows on the wire.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Tests;

final class Served_Site {

	private function __construct( private readonly Local_Server $server ) {}

	public static function start(): self {
		return new self( Local_Server::start( rtrim( ABSPATH, '/' ), null ) );
	}

	public function stop(): void {
		$this->server->stop();
	}

	/**
	 * @param array<string, string> $headers
	 * @return array{status: int, headers: array<string, string>, body: string}
	 */
	public function get( string $path, ?\WP_User $user = null, string $method = 'GET', string $body = '', array $headers = array() ): array {
		if ( null !== $user ) {
			[ $session, $nonce ] = $this->signed_in( $user, 'wp_rest' );
			$headers            += $session + array( 'X-WP-Nonce' => $nonce );
		}
		$curl    = curl_init( "http://127.0.0.1:{$this->server->port}{$path}" );
		$answers = array();
		curl_setopt_array(
			$curl,
			array(
				CURLOPT_RETURNTRANSFER => true,
				CURLOPT_CUSTOMREQUEST  => $method,
				CURLOPT_NOBODY         => 'HEAD' === $method,
				CURLOPT_TIMEOUT        => 60,
				CURLOPT_HTTPHEADER     => array_map( static fn( string $name, string $value ): string => "{$name}: {$value}", array_keys( $headers ), $headers ),
				CURLOPT_HEADERFUNCTION => static function ( $curl, string $line ) use ( &$answers ): int {
					if ( str_contains( $line, ':' ) ) {
						[ $name, $value ]                 = explode( ':', $line, 2 );
						$answers[ strtolower( $name ) ] = trim( $value );
					}
					return strlen( $line );
				},
			) + ( '' === $body ? array() : array( CURLOPT_POSTFIELDS => $body ) )
		);
		$text = (string) curl_exec( $curl );
		$code = (int) curl_getinfo( $curl, CURLINFO_RESPONSE_CODE );
		curl_close( $curl );
		return array( 'status' => $code, 'headers' => $answers, 'body' => $text );
	}

	/**
	 * A fresh session of a user and a nonce that is good in it.
	 *
	 * @return array{array<string, string>, string} Header with the cookies, and the nonce.
	 */
	public function signed_in( \WP_User $user, string $action ): array {
		$until   = time() + HOUR_IN_SECONDS;
		$token   = \WP_Session_Tokens::get_instance( $user->ID )->create( $until );
		$cookies = array(
			AUTH_COOKIE      => wp_generate_auth_cookie( $user->ID, $until, 'auth', $token ),
			LOGGED_IN_COOKIE => wp_generate_auth_cookie( $user->ID, $until, 'logged_in', $token ),
		);
		wp_set_current_user( $user->ID );
		$_COOKIE[ LOGGED_IN_COOKIE ] = $cookies[ LOGGED_IN_COOKIE ];
		$nonce                       = wp_create_nonce( $action );
		unset( $_COOKIE[ LOGGED_IN_COOKIE ] );
		wp_set_current_user( 0 );
		$pairs = array_map( static fn( string $name, string $value ): string => $name . '=' . rawurlencode( $value ), array_keys( $cookies ), $cookies );
		return array( array( 'Cookie' => implode( '; ', $pairs ) ), $nonce );
	}
}

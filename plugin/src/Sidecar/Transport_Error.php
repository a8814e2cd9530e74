<?php
/**
 * Sorts what WordPress' HTTP client reports into unreachable, slow or broken off. The message itself is not passed on.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Sidecar;

final class Transport_Error {

	/** cURL error numbers (libcurl-errors(3)) that tell why no connection came about. */
	private const CURL_REASONS = array(
		5  => 'dns',
		6  => 'dns',
		7  => 'refused',
		35 => 'tls',
		51 => 'tls',
		58 => 'tls',
		60 => 'tls',
		77 => 'tls',
		83 => 'tls',
	);

	/** cURL error numbers for an answer that began or should have begun and then broke off or made no sense. */
	private const CURL_BROKEN = array( 1, 8, 18, 23, 52, 55, 56, 61, 92 );

	public static function translate( \WP_Error $error, string $origin, Sidecar_Request $request ): Sidecar_Failure {
		if ( 'http_request_not_executed' === $error->get_error_code() ) {
			return Sidecar_Failure::unreachable( $origin, 'blocked' );
		}
		$message = $error->get_error_message();
		$number  = preg_match( '/cURL error (\d+)/', $message, $match ) ? (int) $match[1] : 0;

		if ( 28 === $number && preg_match( '/(connection|connect|resolving) (to .* )?timed out|failed to connect/i', $message ) ) {
			return Sidecar_Failure::unreachable( $origin, 'connect_timeout' );
		}
		if ( 28 === $number || ( 0 === $number && preg_match( '/timed out/i', $message ) ) ) {
			return Sidecar_Failure::slow( $origin, $request );
		}
		if ( in_array( $number, self::CURL_BROKEN, true ) ) {
			return Sidecar_Failure::bad_answer( $origin, 'broken_off' );
		}
		return Sidecar_Failure::unreachable( $origin, self::CURL_REASONS[ $number ] ?? 'other' );
	}
}

<?php
/**
 * Makes signed calls to the sidecar. Promises an answer or a Sidecar_Failure within the timeout of the request;
 * follows no redirect, caches nothing, and never holds more than 10 MB of an answer in memory.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Sidecar;

use Tocsin\Settings\Settings;

final class Sidecar_Client {

	private const CONNECT_SECONDS = 2;
	private const MAX_JSON_BYTES  = 10 * MB_IN_BYTES;
	private const MAX_FILE_BYTES  = GB_IN_BYTES;

	public function __construct( private readonly Settings $settings ) {}

	/** @throws Sidecar_Failure */
	public function send( Sidecar_Request $request, Actor $actor ): Sidecar_Answer {
		$key = $this->settings->sidecar_key();
		if ( null === $key ) {
			throw Sidecar_Failure::not_configured();
		}
		$message = new Signed_Message( 'msg_' . bin2hex( random_bytes( 16 ) ), time(), $request->method, $request->target, $actor->header, $request->body );
		return $this->exchange( $request, $message->headers( $key ) );
	}

	/**
	 * Asks without a signature whether the sidecar is alive.
	 *
	 * @throws Sidecar_Failure
	 */
	public function knock(): Sidecar_Answer {
		return $this->exchange( new Sidecar_Request( 'GET', '/healthz' ), array() );
	}

	/**
	 * @param array<string, string> $headers
	 * @throws Sidecar_Failure
	 */
	private function exchange( Sidecar_Request $request, array $headers ): Sidecar_Answer {
		$url = $this->settings->sidecar_url();
		if ( null === $url ) {
			throw Sidecar_Failure::not_configured();
		}
		$response = $this->transmit( $url->origin . $request->target, $request, $headers );
		if ( is_wp_error( $response ) ) {
			throw Transport_Error::translate( $response, $url->origin, $request );
		}
		return ( new Answer_Reader( $url->origin, $request, self::MAX_JSON_BYTES, self::MAX_FILE_BYTES ) )->read( $response );
	}

	/**
	 * @param array<string, string> $headers
	 * @return array<string, mixed>|\WP_Error
	 */
	private function transmit( string $url, Sidecar_Request $request, array $headers ): array|\WP_Error {
		$headers += array(
			'accept'          => 'application/json, application/problem+json, application/zip',
			// Compressed answers would be unpacked after the size limit was checked.
			'accept-encoding' => 'identity',
		);
		if ( $request->is_change() ) {
			$headers['content-type'] = 'application/json';
		}
		// WordPress has one number for connecting and answering; a dead host must be noticed sooner than a slow one.
		$shorten_connect = static function ( &$url, &$headers, &$data, &$type, &$options ): void {
			$options['connect_timeout'] = self::CONNECT_SECONDS;
		};
		add_action( 'requests-requests.before_request', $shorten_connect, 10, 5 );
		try {
			return wp_remote_request(
				$url,
				array(
					'method'              => $request->method,
					'timeout'             => $request->timeout(),
					'redirection'         => 0,
					// The host is the one an administrator configured; it is usually on a private network.
					'reject_unsafe_urls'  => false,
					'limit_response_size' => null === $request->file ? self::MAX_JSON_BYTES : self::MAX_FILE_BYTES,
					'stream'              => null !== $request->file,
					'filename'            => $request->file,
					'user-agent'          => 'Tocsin-Plugin/' . \Tocsin\VERSION,
					'cookies'             => array(),
					'headers'             => $headers,
					'body'                => $request->is_change() ? $request->body : null,
				)
			);
		} finally {
			remove_action( 'requests-requests.before_request', $shorten_connect, 10 );
		}
	}
}

<?php
/**
 * Hands one request of the browser to the sidecar, signed for the user who is signed in, and hands back what it answers.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

use Tocsin\Sidecar\Actor;
use Tocsin\Sidecar\Sidecar_Answer;
use Tocsin\Sidecar\Sidecar_Client;
use Tocsin\Sidecar\Sidecar_Failure;
use Tocsin\Sidecar\Sidecar_Request;

final class Forwarder {

	public function __construct(
		private readonly Sidecar_Client $client,
		private readonly Status_Observer $observer,
	) {}

	public function forward( Route $route, \WP_REST_Request $request ): \WP_REST_Response {
		$body = 'GET' === $route->method ? '' : (string) $request->get_body();
		try {
			$answer = $this->client->send(
				new Sidecar_Request( $route->method, $route->target( $request ), $body, $route->is_file ? $this->temporary_file() : null ),
				Actor::of( wp_get_current_user() )
			);
		} catch ( Sidecar_Failure $failure ) {
			return Problem::of_failure( $failure );
		}
		if ( $route->is_status ) {
			$this->observe( $answer );
		}
		return Relayed_Response::of( $answer );
	}

	/** Bookkeeping must not cost the reader the answer. */
	private function observe( Sidecar_Answer $answer ): void {
		try {
			$this->observer->observe( $answer );
		} catch ( \Throwable $error ) {
			error_log( "Tocsin: couldn't note the sidecar's status (" . $error::class . ').' );
		}
	}

	/** A download goes over the disk, so that its size does not count in memory; the file goes when the request ends. */
	private function temporary_file(): string {
		if ( ! function_exists( 'wp_tempnam' ) ) {
			require_once ABSPATH . 'wp-admin/includes/file.php';
		}
		$file = wp_tempnam( 'tocsin-evidence' );
		register_shutdown_function( static fn(): bool => is_file( $file ) && unlink( $file ) );
		return $file;
	}
}

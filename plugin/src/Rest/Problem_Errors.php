<?php
/**
 * Turns every error on a route of `tocsin/v1` into a problem, also those WordPress finds before our code runs.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

final class Problem_Errors {

	public function register(): void {
		// Late, so that other plugins still see the WP_Error they expect.
		add_filter( 'rest_request_after_callbacks', array( $this, 'convert' ), 100, 3 );
	}

	/** @param mixed $handler The matched route handler, unused. */
	public function convert( mixed $response, mixed $handler, mixed $request ): mixed {
		if ( ! $response instanceof \WP_Error || ! $request instanceof \WP_REST_Request || ! str_starts_with( $request->get_route(), '/tocsin/v1/' ) ) {
			return $response;
		}
		return Problem::of_error( $response );
	}
}

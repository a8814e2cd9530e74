<?php
/**
 * Writes relayed answers as they came: decoding and encoding again would turn `{}` into `[]` and change numbers.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

final class Relayed_Output {

	public function register(): void {
		add_filter( 'rest_pre_serve_request', array( $this, 'serve' ), 10, 3 );
	}

	public function serve( mixed $served, mixed $response, mixed $request ): mixed {
		$answer = $response instanceof Relayed_Response ? $response->answer() : null;
		if ( $served || null === $answer || ! $request instanceof \WP_REST_Request ) {
			return $served;
		}
		if ( 'HEAD' === $request->get_method() ) {
			return true;
		}
		if ( null === $answer->file ) {
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- JSON, with its own content type.
			echo $answer->body;
			return true;
		}
		// Anything printed before would damage the file, and a buffer would hold all of it in memory.
		while ( ob_get_level() > 0 && ob_end_clean() ) {
			continue;
		}
		readfile( $answer->file );
		return true;
	}
}

<?php
/**
 * An answer of the sidecar on its way to the browser, byte for byte. The decoded data is there for callers inside WordPress.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

use Tocsin\Sidecar\Sidecar_Answer;

final class Relayed_Response extends \WP_REST_Response {

	private ?Sidecar_Answer $answer = null;

	public static function of( Sidecar_Answer $answer ): self {
		$response         = new self( $answer->data, $answer->status );
		$response->answer = $answer;
		$response->header( 'Tocsin-Sidecar', 'ok' );
		$response->header( 'Cache-Control', 'no-store' );
		$response->header( 'Content-Type', 'application/json' === $answer->content_type ? 'application/json; charset=utf-8' : $answer->content_type );
		if ( null !== $answer->file ) {
			$response->header( 'Content-Disposition', 'attachment; filename="tocsin-evidence-' . gmdate( 'Ymd-His' ) . '.zip"' );
			$response->header( 'Content-Length', (string) filesize( $answer->file ) );
		}
		return $response;
	}

	public function answer(): ?Sidecar_Answer {
		return $this->answer;
	}
}

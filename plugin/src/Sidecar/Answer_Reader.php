<?php
/**
 * Checks that an HTTP response is one a sidecar sends: JSON with a good status, a problem with its code, or a zip when
 * one was asked for.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Sidecar;

final class Answer_Reader {

	private const MAX_PROBLEM_BYTES = MB_IN_BYTES;

	public function __construct(
		private readonly string $origin,
		private readonly Sidecar_Request $request,
		private readonly int $max_json_bytes,
		private readonly int $max_file_bytes,
	) {}

	/**
	 * @param array<string, mixed> $response As wp_remote_request() returns it.
	 * @throws Sidecar_Failure
	 */
	public function read( array $response ): Sidecar_Answer {
		$status = (int) wp_remote_retrieve_response_code( $response );
		$type   = strtolower( trim( explode( ';', $this->header( $response, 'content-type' ) )[0] ) );
		$date   = $this->header( $response, 'date' );

		if ( null !== $this->request->file && 200 === $status ) {
			$this->check_file( $this->request->file, $type );
			return new Sidecar_Answer( $status, $type, '', null, $this->request->file, $date );
		}

		$body = null === $this->request->file
			? wp_remote_retrieve_body( $response )
			: (string) file_get_contents( $this->request->file, false, null, 0, self::MAX_PROBLEM_BYTES );
		$data = $this->check_json( $status, $type, $body );
		return new Sidecar_Answer( $status, $type, $body, $data, null, $date );
	}

	/** @throws Sidecar_Failure */
	private function check_file( string $file, string $type ): void {
		if ( 'application/zip' !== $type ) {
			throw $this->bad( 'not_a_zip', 200 );
		}
		if ( (int) filesize( $file ) >= $this->max_file_bytes ) {
			throw $this->bad( 'too_large', 200 );
		}
	}

	/** @throws Sidecar_Failure */
	private function check_json( int $status, string $type, string $body ): mixed {
		if ( strlen( $body ) >= $this->max_json_bytes ) {
			throw $this->bad( 'too_large', $status );
		}
		$is_good    = $status >= 200 && $status < 300 && 'application/json' === $type;
		$is_problem = $status >= 400 && $status < 600 && 'application/problem+json' === $type;
		if ( ! $is_good && ! $is_problem ) {
			throw $this->bad( 'status_or_type', $status );
		}
		try {
			$data = json_decode( $body, false, 64, JSON_THROW_ON_ERROR );
		} catch ( \JsonException ) {
			throw $this->bad( 'not_json', $status );
		}
		if ( $is_problem && ( ! is_object( $data ) || ! is_string( $data->code ?? null ) || ! is_string( $data->title ?? null ) ) ) {
			throw $this->bad( 'problem_without_code', $status );
		}
		return $data;
	}

	private function bad( string $reason, int $status ): Sidecar_Failure {
		return Sidecar_Failure::bad_answer( $this->origin, $reason, array( 'status' => $status ) );
	}

	/** @param array<string, mixed> $response */
	private function header( array $response, string $name ): string {
		$value = wp_remote_retrieve_header( $response, $name );
		return is_array( $value ) ? (string) reset( $value ) : (string) $value;
	}
}

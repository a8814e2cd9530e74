<?php
/**
 * The plugin's own errors in the form the sidecar uses (RFC 9457 with a stable code), so that a reader needs one form only.
 * `message` repeats the title for WordPress' own clients.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

use Tocsin\Sidecar\Sidecar_Failure;

final class Problem {

	/** @param array<string, mixed> $more Any of detail, errors and context. */
	public static function response( int $status, string $code, string $title, array $more = array() ): \WP_REST_Response {
		$body = array(
			'type'    => "urn:tocsin:problem:{$code}",
			'title'   => $title,
			'status'  => $status,
			'code'    => $code,
			'message' => $title,
		);
		$body += array_filter( array_intersect_key( $more, array_flip( array( 'detail', 'errors', 'context' ) ) ) );
		return new \WP_REST_Response(
			$body,
			$status,
			array(
				'Content-Type'  => 'application/problem+json',
				'Cache-Control' => 'no-store',
			)
		);
	}

	public static function of_failure( Sidecar_Failure $failure ): \WP_REST_Response {
		$response = self::response(
			$failure->status,
			$failure->problem_code(),
			$failure->title,
			array(
				'detail'  => $failure->detail,
				'context' => $failure->context,
			)
		);
		$response->header( 'Tocsin-Sidecar', $failure->state );
		return $response;
	}

	/** An error WordPress or a permission check made. */
	public static function of_error( \WP_Error $error ): \WP_REST_Response {
		$data   = $error->get_error_data();
		$data   = is_array( $data ) ? $data : array();
		$errors = array();
		foreach ( (array) ( $data['params'] ?? array() ) as $name => $message ) {
			$errors[] = array(
				'pointer' => '/' . ( is_string( $name ) ? $name : (string) $message ),
				'message' => (string) $message,
			);
		}
		return self::response( (int) ( $data['status'] ?? 500 ), (string) $error->get_error_code(), (string) $error->get_error_message(), $data + array( 'errors' => $errors ) );
	}
}

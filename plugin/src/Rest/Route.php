<?php
/**
 * One route of the sidecar that the plugin forwards, as sidecar/src/contract/routes.ts has it.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

final class Route {

	/** What may stand for `:name` in a path. */
	private const PARAMETERS = array(
		'id'     => array(
			'pattern' => '^[a-z]{2,4}_[0-9a-z]{10,40}$',
			'allowed' => 'an identifier such as inc_01k0a1b2c3d4e5',
		),
		'number' => array(
			'pattern' => '^(0|[1-9][0-9]{0,9})$',
			'allowed' => 'a whole number from 0',
		),
	);

	/**
	 * @param string   $method     GET, POST, PUT or PATCH.
	 * @param string   $path       Path of the sidecar with `:name` parameters, such as `/v1/incidents/:id`.
	 * @param string   $capability Needed from the WordPress user.
	 * @param array    $query      Arguments of the query string, as WordPress' REST schema; no other is passed on.
	 * @param bool     $is_file    Whether the answer is a file to download.
	 * @param bool     $is_status  Whether the answer is the sidecar's status.
	 */
	public function __construct(
		public readonly string $method,
		public readonly string $path,
		public readonly string $capability,
		public readonly array $query = array(),
		public readonly bool $is_file = false,
		public readonly bool $is_status = false,
	) {}

	/** Path below `/wp-json/tocsin/v1`, as register_rest_route() takes it. */
	public function wordpress_path(): string {
		return (string) preg_replace( '/:([a-z]+)/', '(?P<$1>[^/]+)', substr( $this->path, strlen( '/v1' ) ) );
	}

	/** @return array<string, array<string, mixed>> */
	public function arguments(): array {
		$arguments = $this->query;
		foreach ( $this->parameters() as $name ) {
			$arguments[ $name ] = array(
				'type'              => 'string',
				'required'          => true,
				'validate_callback' => static fn( mixed $value ): bool|\WP_Error => self::check_parameter( $name, $value ),
			);
		}
		return $arguments;
	}

	/** Path and query exactly as they are signed and sent. */
	public function target( \WP_REST_Request $request ): string {
		$path = $this->path;
		foreach ( $this->parameters() as $name ) {
			$path = str_replace( ":{$name}", rawurlencode( (string) $request->get_url_params()[ $name ] ), $path );
		}
		$query = http_build_query( array_intersect_key( $request->get_query_params(), $this->query ), '', '&', PHP_QUERY_RFC3986 );
		return '' === $query ? $path : "{$path}?{$query}";
	}

	/** @return string[] */
	private function parameters(): array {
		preg_match_all( '/:([a-z]+)/', $this->path, $matches );
		return $matches[1];
	}

	private static function check_parameter( string $name, mixed $value ): bool|\WP_Error {
		$rule = self::PARAMETERS[ $name ];
		if ( is_string( $value ) && 1 === preg_match( "/{$rule['pattern']}/D", $value ) ) {
			return true;
		}
		return new \WP_Error( 'request.invalid', "In the address, {$name} is not {$rule['allowed']}.", array( 'status' => 400 ) );
	}
}

<?php
/**
 * Registers the forwarded routes below `/wp-json/tocsin/v1`.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

final class Sidecar_Routes {

	public function __construct( private readonly Forwarder $forwarder ) {}

	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'register_routes' ) );
	}

	public function register_routes(): void {
		foreach ( Route_Table::routes() as $route ) {
			register_rest_route(
				'tocsin/v1',
				$route->wordpress_path(),
				array(
					'methods'             => $route->method,
					'callback'            => fn( \WP_REST_Request $request ): \WP_REST_Response => $this->forwarder->forward( $route, $request ),
					'permission_callback' => new Capability_Check( $route->capability ),
					'args'                => $route->arguments(),
					'show_in_index'       => false,
				)
			);
		}
	}
}

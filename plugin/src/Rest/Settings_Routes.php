<?php
/**
 * `GET` and `POST /wp-json/tocsin/v1/settings`: what is set, and setting it where no constant does. A key goes in and never
 * comes out.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

use Tocsin\Install\Capabilities;
use Tocsin\Settings\Settings;
use Tocsin\Settings\Settings_State;
use Tocsin\Settings\Sidecar_Url;
use Tocsin\Settings\Signing_Key;

final class Settings_Routes {

	/** Field of the request body => setting. */
	private const FIELDS = array(
		'sidecar_url' => Settings::SIDECAR_URL,
		'sidecar_key' => Settings::SIDECAR_KEY,
		'signal_key'  => Settings::SIGNAL_KEY,
	);

	public function __construct(
		private readonly Settings $settings,
		private readonly Settings_State $state,
	) {}

	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'register_routes' ) );
	}

	public function register_routes(): void {
		$may_manage = new Capability_Check( Capabilities::MANAGE );
		register_rest_route(
			'tocsin/v1',
			'/settings',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'show' ),
					'permission_callback' => $may_manage,
					'show_in_index'       => false,
				),
				array(
					'methods'             => 'POST',
					'callback'            => array( $this, 'change' ),
					'permission_callback' => $may_manage,
					'show_in_index'       => false,
				),
			)
		);
	}

	public function show(): \WP_REST_Response {
		return new \WP_REST_Response( $this->state->full(), 200, array( 'Cache-Control' => 'no-store' ) );
	}

	/** All fields are checked before the first is kept. An empty text removes a setting; a missing field stays as it is. */
	public function change( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
		$given  = $request->get_json_params();
		$given  = is_array( $given ) ? $given : array();
		$errors = array();
		foreach ( $given as $field => $value ) {
			$problem = $this->problem( (string) $field, $value );
			if ( null !== $problem ) {
				$errors[] = array(
					'pointer' => '/' . substr( (string) $field, 0, 40 ),
					'message' => $problem,
				);
			}
		}
		if ( array() !== $errors || array() === $given ) {
			return new \WP_Error(
				'settings.invalid',
				__( "Couldn't save the settings: nothing was changed.", 'tocsin' ),
				array(
					'status' => 422,
					'detail' => __( 'Allowed fields: sidecar_url, sidecar_key, signal_key.', 'tocsin' ),
					'errors' => $errors,
				)
			);
		}
		foreach ( $given as $field => $value ) {
			$value = trim( $value );
			$this->settings->save( self::FIELDS[ $field ], 'sidecar_url' === $field && '' !== $value ? (string) Sidecar_Url::parse( $value )?->origin : $value );
		}
		return $this->show();
	}

	private function problem( string $field, mixed $value ): ?string {
		$name = self::FIELDS[ $field ] ?? null;
		if ( null === $name ) {
			return __( 'There is no such setting.', 'tocsin' );
		}
		if ( $this->settings->is_constant( $name ) ) {
			/* translators: %s: name of a PHP constant. */
			return sprintf( __( 'This is set by the constant %s in wp-config.php; change it there.', 'tocsin' ), strtoupper( $name ) );
		}
		if ( ! is_string( $value ) ) {
			return __( 'This is not text.', 'tocsin' );
		}
		$value = trim( $value );
		if ( '' === $value ) {
			return null;
		}
		if ( 'sidecar_url' === $field ) {
			return Sidecar_Url::problem( $value );
		}
		return null === Signing_Key::parse( $value ) ? __( 'This is not a key (allowed: whsec_ followed by base64 of 24 to 64 bytes).', 'tocsin' ) : null;
	}
}

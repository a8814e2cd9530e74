<?php
/**
 * The WordPress user a call is made for, as the header `tocsin-actor` carries it: base64url of a small JSON object.
 * The sidecar takes it as the one who prepares; it can approve nothing.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Sidecar;

use Tocsin\Install\Capabilities;

final class Actor {

	private function __construct( public readonly string $header ) {}

	public static function of( \WP_User $user ): self {
		return self::from_fields(
			array(
				'user_id'      => (int) $user->ID,
				'login'        => (string) $user->user_login,
				'email'        => (string) $user->user_email,
				'name'         => (string) $user->display_name,
				'capabilities' => array_values( array_filter( Capabilities::ALL, static fn( string $capability ): bool => $user->has_cap( $capability ) ) ),
			)
		);
	}

	/** @param array{user_id: int, login: string, email: string, name: string, capabilities: string[]} $fields */
	public static function from_fields( array $fields ): self {
		$json = (string) wp_json_encode( $fields, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
		return new self( rtrim( strtr( base64_encode( $json ), '+/', '-_' ), '=' ) );
	}
}

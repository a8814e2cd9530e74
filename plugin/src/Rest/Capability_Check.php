<?php
/**
 * The permission check of a route: somebody is signed in and has the capability. The refusal names what is missing.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

final class Capability_Check {

	public function __construct( private readonly string $capability ) {}

	public function __invoke(): bool|\WP_Error {
		if ( ! is_user_logged_in() ) {
			return new \WP_Error(
				'tocsin.not_signed_in',
				__( 'Nobody is signed in to WordPress with this request.', 'tocsin' ),
				array(
					'status'  => 401,
					/* translators: %s: name of a capability. */
					'detail'  => sprintf( __( 'Sign in as a user who has the capability %s.', 'tocsin' ), $this->capability ),
					'context' => array( 'capability' => $this->capability ),
				)
			);
		}
		if ( current_user_can( $this->capability ) ) {
			return true;
		}
		return new \WP_Error(
			'tocsin.capability_missing',
			/* translators: %s: name of a capability. */
			sprintf( __( 'Your account may not do this: it does not have the capability %s.', 'tocsin' ), $this->capability ),
			array(
				'status'  => 403,
				'detail'  => __( 'Ask an administrator of this site to give it to your role.', 'tocsin' ),
				'context' => array( 'capability' => $this->capability ),
			)
		);
	}
}

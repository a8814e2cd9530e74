<?php
/**
 * Logins of privileged users. Failed ones for unknown names are left out: people type passwords and addresses there.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

use Tocsin\Outbox\Event;

final class Login_Events {

	public function __construct( private readonly Recorder $recorder ) {}

	public function on_failure( mixed $username, mixed $error ): void {
		$username = (string) $username;
		$user     = get_user_by( 'login', $username );
		$user     = $user ? $user : get_user_by( 'email', $username );
		if ( ! $user instanceof \WP_User || ! Privilege::of_user( $user ) ) {
			return;
		}
		$code = $error instanceof \WP_Error ? substr( sanitize_key( (string) $error->get_error_code() ), 0, 64 ) : '';
		$this->recorder->record( new Event( 'login.failed', 'user', (int) $user->ID, array( 'reason' => $code ), 0 ) );
	}

	public function on_success( mixed $user ): void {
		if ( $user instanceof \WP_User && Privilege::of_user( $user ) ) {
			$this->recorder->record( new Event( 'login.succeeded', 'user', (int) $user->ID, actor_id: (int) $user->ID ) );
		}
	}
}

<?php
/**
 * New passwords of existing users, once for each: by the reset link or otherwise. The passwords themselves are never
 * looked at: the hook table does not pass them on.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

use Tocsin\Outbox\Event;

final class Password_Events {

	/** User whose reset is under way; wp_set_password fires inside it. */
	private int $resetting = 0;

	/** @var array<int, true> Users already written in this request. */
	private array $written = array();

	/** @var array<int, Event> Passwords of users without any role, who may just be being created. */
	private array $waiting = array();

	public function __construct( private readonly Recorder $recorder ) {}

	public function before_reset( mixed $user ): void {
		$this->resetting = $user instanceof \WP_User ? (int) $user->ID : 0;
	}

	public function on_reset( mixed $user ): void {
		$this->resetting = 0;
		if ( $user instanceof \WP_User ) {
			$this->recorder->record( $this->event( 'password.reset', $user ) );
		}
	}

	public function on_set( mixed $user_id ): void {
		// WordPress stores an old hash anew when its owner logs in: the same password, no event.
		if ( doing_filter( 'authenticate' ) || (int) $user_id === $this->resetting ) {
			return;
		}
		$this->changed( (int) $user_id );
	}

	/** Older WordPress does not fire wp_set_password for a change on the profile screen; the stored hash tells. */
	public function on_profile_update( mixed $user_id, mixed $old_user ): void {
		$user = get_userdata( (int) $user_id );
		if ( $user instanceof \WP_User && $old_user instanceof \WP_User && ! hash_equals( (string) $old_user->user_pass, (string) $user->user_pass ) ) {
			$this->changed( (int) $user_id );
		}
	}

	public function on_user_created( mixed $user_id ): void {
		unset( $this->waiting[ (int) $user_id ], $this->written[ (int) $user_id ] );
	}

	public function flush(): void {
		$waiting       = $this->waiting;
		$this->waiting = array();
		array_map( $this->recorder->record( ... ), $waiting );
	}

	private function changed( int $user_id ): void {
		$user = get_userdata( $user_id );
		if ( ! $user instanceof \WP_User || isset( $this->written[ $user_id ] ) ) {
			return;
		}
		$this->written[ $user_id ] = true;
		if ( array() === $user->caps ) {
			$this->waiting[ $user_id ] = $this->event( 'password.changed', $user );
			return;
		}
		$this->recorder->record( $this->event( 'password.changed', $user ) );
	}

	private function event( string $kind, \WP_User $user ): Event {
		return new Event( $kind, 'user', (int) $user->ID, array( 'privileged' => Privilege::of_user( $user ) ) );
	}
}

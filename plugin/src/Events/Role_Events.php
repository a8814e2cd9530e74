<?php
/**
 * Changes of what a user may do, once for each change, however it was made: through the role functions, through a single
 * capability, or by writing the meta row directly.
 *
 * The meta row is the truth, so its hooks write the event; the role hooks that follow only write when the meta hooks were
 * bypassed. A meta row that is *added* belongs to a new user or to a user who joins the site: it waits, because for a new
 * user `user_register` follows and says more.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

use Tocsin\Install\Sites;
use Tocsin\Outbox\Event;

final class Role_Events {

	/** @var array<string, string[]> Names before an update that is under way, by site and user. */
	private array $before = array();

	/** @var array<string, string> The last state seen, by site and user, so that one change is one row. */
	private array $seen = array();

	/** @var array<string, array{site: int, event: Event}> Events of added meta rows, by site and user. */
	private array $waiting = array();

	public function __construct( private readonly Recorder $recorder ) {}

	public function before_meta_update( mixed $user_id, mixed $key ): void {
		if ( $this->is_capability_key( $key ) ) {
			$this->before[ $this->key( $user_id ) ] = $this->names( get_user_meta( (int) $user_id, (string) $key, true ) );
		}
	}

	public function on_meta_updated( mixed $user_id, mixed $key, mixed $value ): void {
		if ( ! $this->is_capability_key( $key ) ) {
			return;
		}
		$key    = $this->key( $user_id );
		$before = $this->before[ $key ] ?? array();
		unset( $this->before[ $key ] );
		$event = $this->note( (int) $user_id, $this->names( $value ), $before );
		// A second role given before user_register still belongs to the same creation.
		isset( $this->waiting[ $key ] ) ? $this->wait( $event ) : $this->write( $event );
	}

	public function on_meta_added( mixed $user_id, mixed $key, mixed $value ): void {
		if ( ! $this->is_capability_key( $key ) ) {
			return;
		}
		$this->wait( $this->note( (int) $user_id, $this->names( $value ), array() ) );
	}

	public function on_role_hook( mixed $user_id ): void {
		global $wpdb;
		$names = $this->names( get_user_meta( (int) $user_id, $wpdb->get_blog_prefix() . 'capabilities', true ) );
		$this->write( $this->note( (int) $user_id, $names, null ) );
	}

	public function on_super_admin_granted( mixed $user_id ): void {
		$this->recorder->record( new Event( 'role.changed', 'user', (int) $user_id, array( 'super_admin' => true, 'privileged' => true ) ) );
	}

	public function on_super_admin_revoked( mixed $user_id ): void {
		$this->recorder->record( new Event( 'role.changed', 'user', (int) $user_id, array( 'super_admin' => false, 'was_privileged' => true ) ) );
	}

	public function on_user_created( mixed $user_id ): void {
		unset( $this->waiting[ $this->key( $user_id ) ] );
		$user = get_userdata( (int) $user_id );
		if ( $user instanceof \WP_User && Privilege::of_user( $user ) ) {
			$this->recorder->record( new Event( 'user.privileged_created', 'user', (int) $user_id, array( 'roles' => $this->names( $user->caps ) ) ) );
		}
	}

	/** Writes what waited, each into the outbox of its own site: users who joined a site without being new. */
	public function flush(): void {
		$waiting       = $this->waiting;
		$this->waiting = array();
		foreach ( $waiting as [ 'site' => $site, 'event' => $event ] ) {
			if ( get_current_blog_id() === $site ) {
				$this->write( $event );
			} else {
				Sites::on( $site, fn() => $this->write( $event ) );
			}
		}
	}

	/**
	 * @param string[]      $now
	 * @param string[]|null $before Null when it is not known.
	 */
	private function note( int $user_id, array $now, ?array $before ): ?Event {
		$state = implode( ',', $now );
		$key   = $this->key( $user_id );
		if ( ( $this->seen[ $key ] ?? null ) === $state || $now === $before ) {
			return null;
		}
		$this->seen[ $key ] = $state;
		$data = array(
			'roles'      => $now,
			'privileged' => Privilege::of_names( $now ),
		);
		if ( null !== $before ) {
			$data += array(
				'old_roles'      => $before,
				'was_privileged' => Privilege::of_names( $before ),
			);
		}
		return new Event( 'role.changed', 'user', $user_id, $data );
	}

	private function write( ?Event $event ): void {
		if ( null !== $event ) {
			$this->recorder->record( $event );
		}
	}

	private function wait( ?Event $event ): void {
		if ( null !== $event ) {
			$this->waiting[ $this->key( $event->subject_id ) ] = array(
				'site'  => get_current_blog_id(),
				'event' => $event,
			);
		}
	}

	/** Roles belong to a user on a site. */
	private function key( mixed $user_id ): string {
		return get_current_blog_id() . ':' . (int) $user_id;
	}

	private function is_capability_key( mixed $key ): bool {
		global $wpdb;
		return $wpdb->get_blog_prefix() . 'capabilities' === $key;
	}

	/**
	 * Names of roles and capabilities that are switched on, sorted.
	 *
	 * @return string[]
	 */
	private function names( mixed $meta ): array {
		$names = is_array( $meta ) ? array_map( 'strval', array_keys( array_filter( $meta ) ) ) : array();
		sort( $names );
		return $names;
	}
}

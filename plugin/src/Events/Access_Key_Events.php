<?php
/**
 * New keys to the store's data: WooCommerce REST keys and WordPress application passwords.
 *
 * WooCommerce tells nobody about a new REST key. The two places that make one are watched: the highest key id is taken
 * before WooCommerce runs, and keys above it are reported when the request ends (both places end the request themselves).
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

use Tocsin\Outbox\Event;

final class Access_Key_Events {

	/** At most this many keys are looked at; a request of WooCommerce makes one. */
	private const MAX_KEYS = 20;

	/** Highest key id before; null while not watching. */
	private ?int $highest_before = null;

	public function __construct( private readonly Recorder $recorder ) {}

	public function watch(): void {
		global $wpdb;
		$suppressed = $wpdb->suppress_errors( true );
		$highest    = $wpdb->get_var( $wpdb->prepare( 'SELECT COALESCE(MAX(key_id), 0) FROM %i', $this->table() ) );
		$wpdb->suppress_errors( $suppressed );
		$this->highest_before = null === $highest ? null : (int) $highest;
	}

	/** `/wc-auth/v1/access_granted`: a user lets another application make its own key. */
	public function watch_authorization( mixed $wp ): void {
		// WooCommerce reads both, in this order of strength; nothing is done with the value but comparing it.
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended
		$route = $_GET['wc-auth-route'] ?? ( $wp instanceof \WP ? $wp->query_vars['wc-auth-route'] ?? '' : '' );
		if ( 'access_granted' === $route ) {
			$this->watch();
		}
	}

	public function flush(): void {
		global $wpdb;
		if ( null === $this->highest_before ) {
			return;
		}
		$before               = $this->highest_before;
		$this->highest_before = null;
		$suppressed           = $wpdb->suppress_errors( true );
		$keys                 = $wpdb->get_results( $wpdb->prepare( 'SELECT key_id, user_id, permissions FROM %i WHERE key_id > %d ORDER BY key_id LIMIT %d', $this->table(), $before, self::MAX_KEYS ) );
		$wpdb->suppress_errors( $suppressed );
		foreach ( (array) $keys as $key ) {
			$data = array(
				'user_id'     => (int) $key->user_id,
				'permissions' => (string) $key->permissions,
			);
			$this->recorder->record( new Event( 'api_key.created', 'api_key', (int) $key->key_id, $data ) );
		}
	}

	/** The item also holds a name people type and a hash; only its identifiers are kept. */
	public function on_application_password( mixed $user_id, mixed $item ): void {
		$item = is_array( $item ) ? $item : array();
		$data = array(
			'uuid'   => (string) ( $item['uuid'] ?? '' ),
			'app_id' => (string) ( $item['app_id'] ?? '' ),
		);
		$this->recorder->record( new Event( 'application_password.created', 'user', (int) $user_id, $data ) );
	}

	private function table(): string {
		global $wpdb;
		return $wpdb->prefix . 'woocommerce_api_keys';
	}
}

<?php
/**
 * One test on a clean slate: no outbox rows, no settings, fresh listeners, nobody signed in; what it made is removed after.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Tests;

use PHPUnit\Framework\TestCase;
use Tocsin\Events\Guarded_Call;
use Tocsin\Events\Hook_Table;
use Tocsin\Events\Recorder;
use Tocsin\Outbox\Outbox;
use Tocsin\Outbox\Outbox_Position;
use Tocsin\Outbox\Outbox_Schema;
use Tocsin\Rest\Status_Observer;
use Tocsin\Settings\Settings;

abstract class Plugin_Test_Case extends TestCase {

	protected const SIDECAR_KEY = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
	protected const SIGNAL_KEY  = 'whsec_c2lnbmFsLXRlc3Qta2V5LWZvci11bml0LXRlc3RzLW9ubHk=';

	protected Hook_Table $table;

	/** @var int[] */
	private array $users = array();

	/** @var string[] */
	private array $roles = array();

	protected function setUp(): void {
		parent::setUp();
		$this->forget();
		wp_set_current_user( 0 );
		$this->attach_fresh_listeners();
	}

	protected function tearDown(): void {
		wp_set_current_user( 0 );
		foreach ( $this->users as $id ) {
			wp_delete_user( $id );
		}
		array_map( 'remove_role', $this->roles );
		$this->users = array();
		$this->roles = array();
		$this->forget();
		parent::tearDown();
	}

	/** A user nobody knows, made before listening, so that making it is not an event of the test. */
	protected function user( string $role ): \WP_User {
		$name = $role . '-' . bin2hex( random_bytes( 4 ) );
		$id   = wp_insert_user(
			array(
				'user_login' => $name,
				'user_pass'  => 'correct horse battery',
				'user_email' => "{$name}@example.com",
				'role'       => '',
			)
		);
		self::assertIsInt( $id, 'the test could not make a user' );
		$this->users[] = $id;
		if ( null === get_role( $role ) ) {
			// Without WooCommerce its roles are missing; the capabilities are what counts.
			$this->roles[] = $role;
			add_role( $role, $role, 'shop_manager' === $role ? array( 'read' => true, 'manage_woocommerce' => true, 'tocsin_view' => true ) : array( 'read' => true ) );
		}
		( new \WP_User( $id ) )->set_role( $role );
		$this->forget_rows();
		$this->attach_fresh_listeners();
		return new \WP_User( $id );
	}

	public function remove_later( int $user_id ): void {
		$this->users[] = $user_id;
	}

	/** @return array<int, object> */
	protected function rows(): array {
		global $wpdb;
		return $wpdb->get_results( 'SELECT * FROM ' . Outbox_Schema::table() . ' ORDER BY id' );
	}

	protected function forget_rows(): void {
		global $wpdb;
		$wpdb->query( 'DELETE FROM ' . Outbox_Schema::table() );
	}

	/** Runs the late listeners as the end of a request does, and no one else's. */
	protected function end_request(): void {
		foreach ( $this->calls( 'shutdown' ) as $call ) {
			$call();
		}
	}

	/** @return Guarded_Call[] By priority. */
	public function calls( string $hook ): array {
		global $wp_filter;
		$calls = array();
		foreach ( $wp_filter[ $hook ]->callbacks ?? array() as $callbacks ) {
			foreach ( $callbacks as $callback ) {
				if ( $callback['function'] instanceof Guarded_Call ) {
					$calls[] = $callback['function'];
				}
			}
		}
		return $calls;
	}

	/** Calls our listeners of a hook as WordPress would, and nobody else's: others may not bear made-up arguments. */
	public function fire( string $hook, mixed ...$arguments ): mixed {
		$value = $arguments[0] ?? null;
		foreach ( $this->calls( $hook ) as $call ) {
			$value = $call( ...array_slice( $arguments, 0, $call->hook->accepted_arguments() ) );
		}
		return $value;
	}

	protected function attach_fresh_listeners(): void {
		global $wp_filter;
		foreach ( array_keys( $wp_filter ) as $hook ) {
			foreach ( $wp_filter[ $hook ]->callbacks as $priority => $callbacks ) {
				foreach ( $callbacks as $callback ) {
					if ( $callback['function'] instanceof Guarded_Call ) {
						remove_filter( $hook, $callback['function'], $priority );
					}
				}
			}
		}
		$this->table = new Hook_Table( new Recorder( new Outbox() ) );
		$this->table->register();
	}

	/** @param array<string, string> $headers */
	protected function request( string $method, string $path, array $query = array(), string $body = '', array $headers = array() ): \WP_REST_Response {
		$request = new \WP_REST_Request( $method, $path );
		$request->set_query_params( $query );
		$request->set_body( $body );
		$request->set_header( 'content-type', 'application/json' );
		foreach ( $headers as $name => $value ) {
			$request->set_header( $name, $value );
		}
		return rest_do_request( $request );
	}

	protected function connect( string $url ): void {
		update_option( Settings::SIDECAR_URL, $url, false );
		update_option( Settings::SIDECAR_KEY, self::SIDECAR_KEY, false );
		update_option( Settings::SIGNAL_KEY, self::SIGNAL_KEY, false );
	}

	/** The code of a refusal, whether the body is an array of ours or an object of the sidecar. */
	protected function code( \WP_REST_Response $response ): ?string {
		return ( (array) $response->get_data() )['code'] ?? null;
	}

	private function forget(): void {
		foreach ( array( ...Settings::OPTIONS, Outbox_Position::OPTION ) as $option ) {
			delete_option( $option );
		}
		delete_transient( Status_Observer::BUBBLE_TRANSIENT );
		$this->forget_rows();
	}
}

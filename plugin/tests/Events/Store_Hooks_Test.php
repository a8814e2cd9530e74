<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Events;

use Tocsin\Events\Guarded_Call;
use Tocsin\Tests\Plugin_Test_Case;

/** Each act of the shop, done for real where WordPress can do it, and the one row it leaves. */
final class Store_Hooks_Test extends Plugin_Test_Case {

	private const NEW_PASSWORD = 'n3w-pa55word-never-stored';

	public function test_every_hook_of_the_table_is_attached_with_its_priority(): void {
		global $wp_filter;
		$attached = array();
		foreach ( $wp_filter as $name => $hook ) {
			foreach ( $hook->callbacks as $priority => $callbacks ) {
				foreach ( $callbacks as $callback ) {
					if ( $callback['function'] instanceof Guarded_Call ) {
						$attached[] = array( $name, $priority, $callback['accepted_args'], $callback['function']->hook->listener[1] );
					}
				}
			}
		}
		$table = array_map( static fn( $hook ): array => array( $hook->name, $hook->priority, $hook->accepted_arguments(), $hook->listener[1] ), $this->table->hooks() );
		self::assertEqualsCanonicalizing( $table, $attached );
		foreach ( $this->table->hooks() as $hook ) {
			self::assertIsCallable( $hook->listener, $hook->name );
		}
	}

	/** @dataProvider positions_of_secrets */
	public function test_the_table_never_picks_an_argument_that_carries_a_secret( string $hook, int $position ): void {
		$picked = array();
		foreach ( $this->table->hooks() as $line ) {
			if ( $line->name === $hook ) {
				$picked = array( ...$picked, ...$line->pick );
			}
		}
		self::assertNotEmpty( $picked );
		self::assertNotContains( $position, $picked );
	}

	public function positions_of_secrets(): iterable {
		yield 'plain password when set' => array( 'wp_set_password', 0 );
		yield 'plain password when reset' => array( 'after_password_reset', 1 );
		yield 'plain password before a reset' => array( 'password_reset', 1 );
		yield 'user data with password' => array( 'user_register', 1 );
		yield 'profile data with password' => array( 'profile_update', 2 );
		yield 'plain application password' => array( 'wp_create_application_password', 2 );
		yield 'link to the exported file' => array( 'wp_privacy_personal_data_export_file_created', 1 );
	}

	/** @dataProvider acts */
	public function test_one_act_is_one_row_without_secrets( string $role, callable $act, string $kind, array $data ): void {
		$user = $this->user( $role );
		$act( $user, $this );
		$this->end_request();

		$rows = $this->rows();
		self::assertCount( 1, $rows, (string) wp_json_encode( $rows ) );
		self::assertSame( $kind, $rows[0]->kind );
		self::assertEquals( $data, array_intersect_key( json_decode( $rows[0]->data, true ), $data ) );
		$text = (string) wp_json_encode( $rows[0] );
		foreach ( array( self::NEW_PASSWORD, 'correct horse', $user->user_email, '@', $user->user_login, '$wp$', 'http' ) as $secret ) {
			self::assertStringNotContainsString( $secret, $text );
		}
	}

	public function acts(): iterable {
		$login = static fn( string $password ): \Closure => static fn( \WP_User $user ) => wp_signon( array( 'user_login' => $user->user_login, 'user_password' => $password ), false );
		yield 'failed login by name' => array( 'administrator', $login( self::NEW_PASSWORD ), 'login.failed', array( 'reason' => 'incorrect_password' ) );
		yield 'failed login by address' => array( 'shop_manager', static fn( \WP_User $user ) => wp_authenticate( $user->user_email, 'wrong' ), 'login.failed', array() );
		yield 'login of an editor' => array( 'editor', static fn( \WP_User $user, self $test ) => $test->fire( 'wp_login', $user->user_login, $user ), 'login.succeeded', array() );

		yield 'role set' => array( 'customer', static fn( \WP_User $user ) => $user->set_role( 'administrator' ), 'role.changed', array( 'roles' => array( 'administrator' ), 'old_roles' => array( 'customer' ), 'privileged' => true, 'was_privileged' => false ) );
		yield 'role added' => array( 'customer', static fn( \WP_User $user ) => $user->add_role( 'editor' ), 'role.changed', array( 'roles' => array( 'customer', 'editor' ), 'privileged' => true ) );
		yield 'role removed' => array( 'administrator', static fn( \WP_User $user ) => $user->remove_role( 'administrator' ), 'role.changed', array( 'roles' => array(), 'was_privileged' => true ) );
		yield 'single capability' => array( 'customer', static fn( \WP_User $user ) => $user->add_cap( 'manage_options' ), 'role.changed', array( 'privileged' => true ) );
		yield 'raw meta' => array( 'customer', static fn( \WP_User $user ) => update_user_meta( $user->ID, $GLOBALS['wpdb']->get_blog_prefix() . 'capabilities', array( 'administrator' => true ) ), 'role.changed', array( 'roles' => array( 'administrator' ) ) );

		yield 'user who joins the site' => array(
			'customer',
			static function ( \WP_User $user, self $test ): void {
				delete_user_meta( $user->ID, $GLOBALS['wpdb']->get_blog_prefix() . 'capabilities' );
				( new \WP_User( $user->ID ) )->set_role( 'administrator' );
			},
			'role.changed',
			array( 'roles' => array( 'administrator' ), 'old_roles' => array() ),
		);

		$create = static function ( \WP_User $user, Store_Hooks_Test $test ): void {
			$test->remove_later( wp_insert_user( array( 'user_login' => 'new-' . bin2hex( random_bytes( 4 ) ), 'user_pass' => self::NEW_PASSWORD, 'user_email' => bin2hex( random_bytes( 4 ) ) . '@example.com', 'role' => 'administrator' ) ) );
		};
		yield 'new administrator' => array( 'customer', $create, 'user.privileged_created', array( 'roles' => array( 'administrator' ) ) );

		yield 'password reset' => array( 'customer', static fn( \WP_User $user ) => reset_password( $user, self::NEW_PASSWORD ), 'password.reset', array( 'privileged' => false ) );
		yield 'password set' => array( 'administrator', static fn( \WP_User $user ) => wp_set_password( self::NEW_PASSWORD, $user->ID ), 'password.changed', array( 'privileged' => true ) );
		yield 'password in the profile' => array( 'customer', static fn( \WP_User $user ) => wp_update_user( array( 'ID' => $user->ID, 'user_pass' => self::NEW_PASSWORD ) ), 'password.changed', array() );
		yield 'profile hook of older WordPress' => array(
			'customer',
			static function ( \WP_User $user ): void {
				$old            = clone $user;
				$old->data      = clone $user->data;
				$old->user_pass = 'another-hash';
				do_action( 'profile_update', $user->ID, $old, array( 'user_pass' => self::NEW_PASSWORD ) );
			},
			'password.changed',
			array(),
		);

		yield 'plugin activated' => array( 'customer', static fn( \WP_User $user, self $test ) => $test->fire( 'activated_plugin', 'hello/hello.php', false ), 'plugin.activated', array( 'plugin' => 'hello/hello.php', 'network_wide' => false ) );
		yield 'plugin deactivated' => array( 'customer', static fn( \WP_User $user, self $test ) => $test->fire( 'deactivated_plugin', 'hello/hello.php', true ), 'plugin.deactivated', array( 'network_wide' => true ) );

		yield 'application password' => array( 'administrator', static fn( \WP_User $user ) => \WP_Application_Passwords::create_new_application_password( $user->ID, array( 'name' => 'Phone of ' . $user->user_email, 'app_id' => '0b540e2f-86b7-4b8a-8e0c-f61e9bfbde59' ) ), 'application_password.created', array( 'app_id' => '0b540e2f-86b7-4b8a-8e0c-f61e9bfbde59' ) );

		yield 'WordPress export' => array( 'administrator', static fn( \WP_User $user, self $test ) => $test->fire( 'export_wp', array( 'content' => 'all' ) ), 'data.exported', array( 'what' => 'wordpress', 'content' => 'all' ) );
		yield 'personal data file' => array( 'administrator', static fn( \WP_User $user, self $test ) => $test->fire( 'wp_privacy_personal_data_export_file_created', '/tmp/x.zip', 'http://localhost/secret.zip', '/tmp/x.html', 12, '/tmp/x.json' ), 'data.exported', array( 'what' => 'personal_data' ) );
		yield 'analytics report' => array(
			'administrator',
			static fn( \WP_User $user, self $test ) => $test->fire( 'rest_request_after_callbacks', new \WP_REST_Response( array() ), array(), new \WP_REST_Request( 'POST', '/wc-analytics/reports/customers/export' ) ),
			'data.exported',
			array( 'what' => 'analytics', 'report' => 'customers' ),
		);
		yield 'order announced twice' => array(
			'customer',
			static function ( \WP_User $user, self $test ): void {
				$test->fire( 'woocommerce_new_order', 4321, new \stdClass() );
				$test->fire( 'woocommerce_new_order', 4321, new \stdClass() );
			},
			'order.created',
			array(),
		);
	}

	/** @dataProvider quiet_acts */
	public function test_an_act_that_is_no_event_leaves_no_row( string $role, callable $act ): void {
		$act( $this->user( $role ), $this );
		$this->end_request();
		self::assertSame( array(), $this->rows() );
	}

	public function quiet_acts(): iterable {
		yield 'failed login of nobody' => array( 'customer', static fn() => wp_authenticate( 'my-secret-password-typed-as-name', 'x' ) );
		yield 'failed login of a customer' => array( 'customer', static fn( \WP_User $user ) => wp_authenticate( $user->user_login, 'x' ) );
		yield 'login of a customer' => array( 'customer', static fn( \WP_User $user, self $test ) => $test->fire( 'wp_login', $user->user_login, $user ) );
		yield 'new customer' => array(
			'customer',
			static fn( \WP_User $user, Store_Hooks_Test $test ) => $test->remove_later( wp_insert_user( array( 'user_login' => 'c-' . bin2hex( random_bytes( 4 ) ), 'user_pass' => 'x', 'role' => 'customer' ) ) ),
		);
		yield 'role set to what it is' => array( 'editor', static fn( \WP_User $user ) => $user->set_role( 'editor' ) );
		yield 'profile without a new password' => array( 'administrator', static fn( \WP_User $user ) => wp_update_user( array( 'ID' => $user->ID, 'display_name' => 'Somebody' ) ) );
		yield 'other user meta' => array( 'administrator', static fn( \WP_User $user ) => update_user_meta( $user->ID, 'nickname', 'x' ) );
		yield 'old hash stored anew at login' => array(
			'customer',
			static function ( \WP_User $user ): void {
				$GLOBALS['wpdb']->update( $GLOBALS['wpdb']->users, array( 'user_pass' => md5( 'correct horse battery' ) ), array( 'ID' => $user->ID ) );
				clean_user_cache( $user->ID );
				self::assertInstanceOf( \WP_User::class, wp_authenticate( $user->user_login, 'correct horse battery' ) );
				self::assertStringStartsWith( '$', get_userdata( $user->ID )->user_pass );
			},
		);
		yield 'refused analytics export' => array( 'customer', static fn( \WP_User $user, self $test ) => $test->fire( 'rest_request_after_callbacks', new \WP_Error( 'x' ), array(), new \WP_REST_Request( 'POST', '/wc-analytics/reports/customers/export' ) ) );
		yield 'reading a report' => array( 'administrator', static fn( \WP_User $user, self $test ) => $test->fire( 'rest_request_after_callbacks', new \WP_REST_Response(), array(), new \WP_REST_Request( 'GET', '/wc-analytics/reports/customers/export' ) ) );
	}

	public function test_a_product_export_is_written_at_its_first_step_and_only_for_who_may(): void {
		$step = function ( int $number ): void {
			$_POST['step'] = (string) $number;
			( $this->calls( 'wp_ajax_woocommerce_do_ajax_product_export' )[0] )( '' );
			unset( $_POST['step'] );
		};
		wp_set_current_user( $this->user( 'customer' )->ID );
		$step( 1 );
		self::assertSame( array(), $this->rows() );

		$user = $this->user( 'administrator' );
		$user->add_cap( 'edit_products' );
		$this->forget_rows();
		wp_set_current_user( $user->ID );
		array_map( $step, array( 1, 2, 3 ) );
		self::assertSame( array( 'data.exported' ), array_column( $this->rows(), 'kind' ) );
		self::assertSame( (string) $user->ID, $this->rows()[0]->actor_id );
	}

	/** @dataProvider ways_to_make_a_key */
	public function test_a_new_api_key_is_one_row_with_ids_only( callable $begin, int $keys, int $rows ): void {
		global $wpdb;
		$table = "{$wpdb->prefix}woocommerce_api_keys";
		$ours  = null === $wpdb->get_var( "SHOW TABLES LIKE '{$table}'" );
		if ( $ours ) {
			$wpdb->query( "CREATE TABLE {$table} (key_id BIGINT UNSIGNED NOT NULL auto_increment, user_id BIGINT UNSIGNED NOT NULL, description varchar(200) NULL, permissions varchar(10) NOT NULL, consumer_key char(64) NOT NULL, consumer_secret char(43) NOT NULL, nonces longtext NULL, truncated_key char(7) NOT NULL, last_access datetime NULL default null, PRIMARY KEY (key_id))" );
		}
		$key = array( 'user_id' => 1, 'description' => 'Secret ERP', 'permissions' => 'read_write', 'consumer_key' => str_repeat( 'c', 64 ), 'consumer_secret' => 'cs_secret', 'truncated_key' => 'abcdefg' );
		$wpdb->insert( $table, $key );
		$begin( $this );
		for ( $i = 0; $i < $keys; $i++ ) {
			$wpdb->insert( $table, $key );
		}
		$this->end_request();
		$written = $this->rows();
		$wpdb->query( $ours ? "DROP TABLE {$table}" : "DELETE FROM {$table} WHERE consumer_secret = 'cs_secret'" );

		self::assertCount( $rows, $written );
		foreach ( $written as $row ) {
			self::assertSame( array( 'api_key.created', 'api_key' ), array( $row->kind, $row->subject_type ) );
			self::assertSame( array( 'user_id' => 1, 'permissions' => 'read_write' ), json_decode( $row->data, true ) );
		}
	}

	public function ways_to_make_a_key(): iterable {
		$settings  = static fn( self $test ) => ( $test->calls( 'wp_ajax_woocommerce_update_api_key' )[0] )( '' );
		$authorize = static function ( string $route ): \Closure {
			return static function ( self $test ) use ( $route ): void {
				$wp             = new \WP();
				$wp->query_vars = array( 'wc-auth-version' => '1', 'wc-auth-route' => $route );
				( $test->calls( 'parse_request' )[0] )( $wp );
			};
		};
		yield 'made in the settings' => array( $settings, 1, 1 );
		yield 'only edited' => array( $settings, 0, 0 );
		yield 'granted to an application' => array( $authorize( 'access_granted' ), 1, 1 );
		yield 'asked for by an application' => array( $authorize( 'authorize' ), 1, 0 );
		yield 'made on a page nobody watches' => array( static fn() => null, 1, 0 );
	}

	public function test_watching_for_keys_without_woocommerce_is_silent(): void {
		global $wpdb;
		$real         = $wpdb->prefix;
		$wpdb->prefix = 'nowhere_';
		( $this->calls( 'wp_ajax_woocommerce_update_api_key' )[0] )( '' );
		$wpdb->prefix = $real;
		$this->end_request();
		self::assertSame( array(), $this->rows() );
	}
}

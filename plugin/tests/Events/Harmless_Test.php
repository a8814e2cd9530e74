<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Events;

use Tocsin\Events\Recorder;
use Tocsin\Outbox\Event;
use Tocsin\Outbox\Outbox;
use Tocsin\Outbox\Outbox_Schema;
use Tocsin\Tests\Plugin_Test_Case;

/** Whatever breaks on our side, the shop goes on; and nothing is written on pages where nothing happens. */
final class Harmless_Test extends Plugin_Test_Case {

	private string $log;
	private string $usual_log;

	protected function setUp(): void {
		parent::setUp();
		$this->log       = (string) tempnam( sys_get_temp_dir(), 'tocsin-log' );
		$this->usual_log = (string) ini_set( 'error_log', $this->log );
	}

	protected function tearDown(): void {
		ini_set( 'error_log', $this->usual_log );
		unlink( $this->log );
		parent::tearDown();
	}

	public function test_without_the_outbox_table_logins_and_orders_go_on_and_one_line_is_logged(): void {
		global $wpdb;
		$user  = $this->user( 'administrator' );
		$table = Outbox_Schema::table();
		add_filter( 'send_auth_cookies', '__return_false' );
		$wpdb->query( "RENAME TABLE {$table} TO {$table}_aside" );
		try {
			$result = wp_signon( array( 'user_login' => $user->user_login, 'user_password' => 'correct horse battery' ), false );
			$this->fire( 'woocommerce_new_order', 99, new \stdClass() );
			$user->set_role( 'editor' );
			$this->end_request();
			$error = $wpdb->last_error;
		} finally {
			$wpdb->query( "RENAME TABLE {$table}_aside TO {$table}" );
			remove_filter( 'send_auth_cookies', '__return_false' );
		}
		self::assertInstanceOf( \WP_User::class, $result );
		self::assertSame( '', $error, 'the shop must not find our error in $wpdb' );
		$lines = file( $this->log );
		self::assertCount( 1, $lines, implode( '', $lines ) );
		self::assertStringContainsString( 'outbox.not_writable', $lines[0] );
		self::assertStringNotContainsString( $user->user_login, $lines[0] );
	}

	public function test_an_exception_inside_a_listener_does_not_reach_the_shop(): void {
		$user  = $this->user( 'administrator' );
		$throw = static function ( string $query ) use ( $user ): string {
			if ( str_contains( $query, 'tocsin_outbox' ) ) {
				throw new \RuntimeException( "secret of {$user->user_email}" );
			}
			return $query;
		};
		add_filter( 'query', $throw );
		try {
			$result = wp_authenticate( $user->user_login, 'wrong' );
			$this->fire( 'woocommerce_new_order', 99, null );
			$filtered = $this->fire( 'rest_request_after_callbacks', 'untouched', array(), new \WP_REST_Request( 'POST', '/wc-analytics/reports/orders/export' ) );
		} finally {
			remove_filter( 'query', $throw );
		}
		self::assertInstanceOf( \WP_Error::class, $result );
		self::assertSame( 'untouched', $filtered );
		self::assertStringNotContainsString( $user->user_email, (string) file_get_contents( $this->log ) );
		self::assertSame( 1, substr_count( (string) file_get_contents( $this->log ), 'Tocsin:' ) );
	}

	/** @dataProvider odd_arguments */
	public function test_arguments_of_a_kind_nobody_promised_do_no_harm( string $hook, array $arguments ): void {
		$returned = $this->fire( $hook, ...$arguments );
		self::assertSame( $arguments[0], $returned );
		self::assertSame( array(), $this->rows() );
	}

	public function odd_arguments(): iterable {
		yield 'login of nothing' => array( 'wp_login', array( null, null ) );
		yield 'order without id' => array( 'woocommerce_new_order', array( null, null ) );
		yield 'order that is an array' => array( 'woocommerce_new_order', array( array(), null ) );
		yield 'password of nobody' => array( 'wp_set_password', array( 'x', null, null ) );
		yield 'answer without a request' => array( 'rest_request_after_callbacks', array( 'x', null, null ) );
	}

	public function test_after_fifty_rows_only_their_number_is_kept(): void {
		for ( $i = 1; $i <= 60; $i++ ) {
			$this->fire( 'woocommerce_new_order', $i, null );
		}
		$this->end_request();
		$rows = $this->rows();
		self::assertCount( Recorder::MAX_ROWS + 1, $rows );
		$last = end( $rows );
		self::assertSame( array( 'events.dropped', array( 'count' => 10 ) ), array( $last->kind, json_decode( $last->data, true ) ) );
		$this->end_request();
		self::assertCount( Recorder::MAX_ROWS + 1, $this->rows(), 'the number is written once' );
	}

	public function test_exactly_fifty_rows_drop_nothing(): void {
		$recorder = new Recorder( new Outbox() );
		for ( $i = 0; $i < 50; $i++ ) {
			$recorder->record( new Event( 'test.row' ) );
		}
		$recorder->flush();
		self::assertCount( 50, $this->rows() );
	}

	/** @dataProvider pages */
	public function test_a_page_without_an_event_asks_the_database_nothing_of_ours( string $uri ): void {
		$host   = (string) wp_parse_url( home_url(), PHP_URL_HOST ) . ( wp_parse_url( home_url(), PHP_URL_PORT ) ? ':' . wp_parse_url( home_url(), PHP_URL_PORT ) : '' );
		$script = 'define( "SAVEQUERIES", true ); define( "WP_USE_THEMES", true );'
			. '$_SERVER += array( "SERVER_NAME" => "localhost", "HTTP_HOST" => ' . var_export( $host, true ) . ', "REQUEST_URI" => ' . var_export( $uri, true ) . ', "REQUEST_METHOD" => "GET", "SERVER_PROTOCOL" => "HTTP/1.1" );'
			. 'parse_str( (string) parse_url( $_SERVER["REQUEST_URI"], PHP_URL_QUERY ), $_GET ); $_REQUEST = $_GET;'
			. 'register_shutdown_function( static function () { while ( ob_get_level() ) { ob_end_clean(); } $q = array_column( (array) $GLOBALS["wpdb"]->queries, 0 ); echo "ANSWER" . json_encode( array( count( $q ), array_values( array_filter( $q, static fn( $s ) => false !== stripos( $s, "tocsin" ) ) ) ) ); } );'
			. 'ob_start(); require ' . var_export( ABSPATH . 'wp-blog-header.php', true ) . ';';
		$output = (string) shell_exec( escapeshellarg( PHP_BINARY ) . ' -d display_errors=0 -r ' . escapeshellarg( $script ) . ' 2>/dev/null' );

		[ $count, $ours ] = json_decode( explode( 'ANSWER', $output )[1] ?? '[0,[]]', true );
		self::assertGreaterThan( 3, $count, 'the page did not load' );
		self::assertSame( array(), $ours );
		self::assertSame( array(), $this->rows() );
	}

	public function pages(): iterable {
		yield 'front page' => array( '/' );
		yield 'search' => array( '/?s=shirt' );
		yield 'not found' => array( '/?p=999999' );
		yield 'REST of somebody else' => array( '/?rest_route=/wp/v2/types' );
	}
}

<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Rest;

use Tocsin\Rest\Route;
use Tocsin\Rest\Route_Table;
use Tocsin\Tests\Fake_Sidecar;
use Tocsin\Tests\Plugin_Test_Case;

final class Sidecar_Routes_Test extends Plugin_Test_Case {

	private const MAY = array(
		'administrator' => array( 'tocsin_view', 'tocsin_prepare', 'tocsin_manage' ),
		'shop_manager'  => array( 'tocsin_view' ),
		'customer'      => array(),
		'editor'        => array(),
	);

	private static Fake_Sidecar $sidecar;

	public static function setUpBeforeClass(): void {
		self::$sidecar = Fake_Sidecar::start( self::SIDECAR_KEY );
	}

	public static function tearDownAfterClass(): void {
		self::$sidecar->stop();
	}

	protected function setUp(): void {
		parent::setUp();
		self::$sidecar->answer( array() );
		self::$sidecar->taken();
		$this->connect( self::$sidecar->url() );
	}

	/** @dataProvider routes_and_roles */
	public function test_a_role_gets_through_exactly_when_it_has_the_capability( string $name, Route $route, string $role ): void {
		$user = 'anonymous' === $role ? null : $this->user( $role );
		wp_set_current_user( $user->ID ?? 0 );

		$response = $this->send( $route );
		$taken    = self::$sidecar->taken();

		if ( in_array( $route->capability, self::MAY[ $role ] ?? array(), true ) ) {
			self::assertSame( 200, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
			self::assertCount( 1, $taken );
			self::assertSame( array( $route->method, str_replace( array( ':id', ':number' ), array( 'inc_01k0a1b2c3d4e5', '7' ), $route->path ) ), array( $taken[0]['method'], $taken[0]['target'] ) );
			self::assertSame( $user->ID, $taken[0]['actor']['user_id'] );
			self::assertSame( self::MAY[ $role ], $taken[0]['actor']['capabilities'] );
			return;
		}
		self::assertSame( array(), $taken, 'a refused request must not reach the sidecar' );
		self::assertSame( null === $user ? 401 : 403, $response->get_status() );
		self::assertSame( null === $user ? 'tocsin.not_signed_in' : 'tocsin.capability_missing', $this->code( $response ) );
		self::assertSame( $route->capability, $response->get_data()['context']['capability'] );
		self::assertSame( 'application/problem+json', $response->get_headers()['Content-Type'] );
	}

	public function routes_and_roles(): iterable {
		foreach ( Route_Table::routes() as $name => $route ) {
			foreach ( array( ...array_keys( self::MAY ), 'anonymous' ) as $role ) {
				yield "{$name} as {$role}" => array( $name, $route, $role );
			}
		}
	}

	public function test_the_query_arrives_as_it_was_signed_without_what_belongs_to_wordpress(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		$search   = "Zoë+o'neil@example.com & 100% ~ \"x\" 客";
		$response = $this->request( 'GET', '/tocsin/v1/incidents/inc_01k0a1b2c3d4e5/people', array( 'limit' => '20', 'search' => $search, '_locale' => 'user', '_wpnonce' => 'abc' ) );

		self::assertSame( 200, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		$target = self::$sidecar->taken()[0]['target'];
		parse_str( (string) wp_parse_url( "http://x{$target}", PHP_URL_QUERY ), $query );
		self::assertSame( array( 'limit' => '20', 'search' => $search ), $query );
	}

	public function test_the_body_arrives_byte_for_byte(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		$body = "{ \"title\": \"Kasse – \\u00e4\",\n\t\"n\": 1.0, \"o\": {} }";
		$this->request( 'POST', '/tocsin/v1/incidents', array(), $body );
		self::assertSame( $body, self::$sidecar->taken()[0]['body'] );
	}

	/** @dataProvider bad_addresses */
	public function test_a_bad_address_or_query_is_refused_with_its_field( string $path, array $query, string $pointer ): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		$response = $this->request( 'GET', $path, $query );
		self::assertSame( 400, $response->get_status() );
		self::assertSame( array( $pointer ), array_column( $response->get_data()['errors'], 'pointer' ) );
		self::assertSame( array(), self::$sidecar->taken() );
	}

	public function bad_addresses(): iterable {
		yield 'no identifier' => array( '/tocsin/v1/incidents/7', array(), '/id' );
		yield 'dots' => array( '/tocsin/v1/incidents/..', array(), '/id' );
		yield 'encoded slash' => array( '/tocsin/v1/incidents/inc_01k0a1b2c3%2f', array(), '/id' );
		yield 'negative number' => array( '/tocsin/v1/incidents/inc_01k0a1b2c3d4e5/people/-1', array(), '/number' );
		yield 'limit too high' => array( '/tocsin/v1/incidents', array( 'limit' => '201' ), '/limit' );
		yield 'limit no number' => array( '/tocsin/v1/incidents', array( 'limit' => 'many' ), '/limit' );
		yield 'list where text is due' => array( '/tocsin/v1/incidents', array( 'search' => array( 'a' ) ), '/search' );
		yield 'search too long' => array( '/tocsin/v1/incidents', array( 'search' => str_repeat( 'a', 201 ) ), '/search' );
	}

	public function test_a_problem_of_the_sidecar_comes_through_with_its_status_and_words(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		$body = '{"type":"urn:x","title":"Somebody changed it.","status":409,"code":"incident.changed_meanwhile","detail":"Reload.","errors":[{"pointer":"/version","message":"is 3"}],"context":{}}';
		self::$sidecar->answer( array( 'status' => 409, 'headers' => array( 'Content-Type: application/problem+json' ), 'body' => $body ) );

		$response = $this->request( 'PATCH', '/tocsin/v1/incidents/inc_01k0a1b2c3d4e5', array(), '{"version":2}' );

		self::assertSame( 409, $response->get_status() );
		self::assertSame( 'application/problem+json', $response->get_headers()['Content-Type'] );
		self::assertSame( 'ok', $response->get_headers()['Tocsin-Sidecar'] );
		self::assertSame( $body, wp_json_encode( $response->get_data(), JSON_UNESCAPED_SLASHES ) );
	}

	public function test_a_key_the_sidecar_does_not_know_is_its_refusal_not_ours(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		update_option( 'tocsin_sidecar_key', 'whsec_' . base64_encode( str_repeat( 'z', 32 ) ), false );
		$response = $this->request( 'GET', '/tocsin/v1/status' );
		self::assertSame( array( 401, 'request.bad_signature', 'ok' ), array( $response->get_status(), $this->code( $response ), $response->get_headers()['Tocsin-Sidecar'] ) );
	}

	/** @dataProvider bad_answers */
	public function test_an_answer_no_sidecar_gives_is_named_as_such( array $order, string $reason ): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		self::$sidecar->answer( $order );
		$response = $this->request( 'GET', '/tocsin/v1/incidents' );
		self::assertSame( array( 502, 'tocsin.sidecar_bad_answer', 'bad_answer' ), array( $response->get_status(), $this->code( $response ), $response->get_headers()['Tocsin-Sidecar'] ) );
		self::assertSame( $reason, $response->get_data()['context']['reason'] );
		self::assertNotEmpty( $response->get_data()['detail'] );
	}

	public function bad_answers(): iterable {
		$json    = array( 'Content-Type: application/json' );
		$problem = array( 'Content-Type: application/problem+json' );
		yield 'a page of a proxy' => array( array( 'status' => 502, 'headers' => array( 'Content-Type: text/html' ), 'body' => '<h1>Bad gateway</h1>' ), 'status_or_type' );
		yield 'a page with 200' => array( array( 'headers' => array( 'Content-Type: text/html' ), 'body' => '<p>Sign in</p>' ), 'status_or_type' );
		yield 'a redirect' => array( array( 'status' => 302, 'headers' => array( 'Location: http://127.0.0.1:1/', 'Content-Type: application/json' ), 'body' => '{}' ), 'status_or_type' );
		yield 'broken JSON' => array( array( 'headers' => $json, 'body' => '{"items":[' ), 'not_json' );
		yield 'nothing' => array( array( 'headers' => $json, 'body' => '' ), 'not_json' );
		yield 'an error without a code' => array( array( 'status' => 500, 'headers' => $problem, 'body' => '{"title":"x"}' ), 'problem_without_code' );
		yield 'JSON with an error status and no problem' => array( array( 'status' => 500, 'headers' => $json, 'body' => '{"code":"a","title":"b"}' ), 'status_or_type' );
		yield 'more than 10 MB' => array( array( 'headers' => $json, 'repeat' => 11 * MB_IN_BYTES ), 'too_large' );
		yield 'an answer that breaks off' => array( array( 'headers' => array( 'Content-Type: application/json', 'Content-Length: 4000' ), 'body' => '{"items":[' ), 'broken_off' );
	}

	public function test_without_settings_it_says_how_to_connect(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		delete_option( 'tocsin_sidecar_url' );
		$response = $this->request( 'GET', '/tocsin/v1/status' );
		self::assertSame( array( 503, 'tocsin.sidecar_not_configured', 'not_configured' ), array( $response->get_status(), $this->code( $response ), $response->get_headers()['Tocsin-Sidecar'] ) );
		self::assertStringContainsString( 'TOCSIN_SIDECAR_URL', $response->get_data()['detail'] );
	}

	public function test_a_stopped_sidecar_is_unreachable(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		$this->connect( 'http://127.0.0.1:1' );
		$response = $this->request( 'GET', '/tocsin/v1/status' );
		self::assertSame( array( 503, 'tocsin.sidecar_unreachable', 'refused' ), array( $response->get_status(), $this->code( $response ), $response->get_data()['context']['reason'] ) );
	}

	public function test_a_name_nobody_knows_is_unreachable_and_says_so(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		$this->connect( 'https://sidecar.invalid' );
		$response = $this->request( 'GET', '/tocsin/v1/status' );
		self::assertSame( array( 503, 'tocsin.sidecar_unreachable', 'dns' ), array( $response->get_status(), $this->code( $response ), $response->get_data()['context']['reason'] ) );
	}

	public function test_a_host_that_takes_no_connection_is_given_up_after_two_seconds(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		// A listener whose queue is full leaves further connections unanswered.
		$listener = socket_create( AF_INET, SOCK_STREAM, SOL_TCP );
		socket_bind( $listener, '127.0.0.1', 0 );
		socket_listen( $listener, 0 );
		socket_getsockname( $listener, $address, $port );
		$filling = array();
		for ( $i = 0; $i < 4; $i++ ) {
			$filling[ $i ] = socket_create( AF_INET, SOCK_STREAM, SOL_TCP );
			socket_set_nonblock( $filling[ $i ] );
			@socket_connect( $filling[ $i ], '127.0.0.1', $port );
		}
		$this->connect( "http://127.0.0.1:{$port}" );
		$began    = microtime( true );
		$response = $this->request( 'GET', '/tocsin/v1/status' );
		$took     = microtime( true ) - $began;
		array_map( 'socket_close', $filling );
		socket_close( $listener );

		self::assertSame( array( 'tocsin.sidecar_unreachable', 'connect_timeout' ), array( $this->code( $response ), $response->get_data()['context']['reason'] ) );
		self::assertLessThan( 4, $took );
	}

	public function test_a_slow_sidecar_is_given_up_after_five_seconds(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		self::$sidecar->answer( array( 'seconds' => 8 ) );
		$began    = microtime( true );
		$response = $this->request( 'GET', '/tocsin/v1/status' );
		self::assertLessThan( 7, microtime( true ) - $began );
		self::assertSame( array( 504, 'tocsin.sidecar_slow', 'slow' ), array( $response->get_status(), $this->code( $response ), $response->get_headers()['Tocsin-Sidecar'] ) );
	}

	public function test_a_blocked_host_names_the_setting_to_change(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		$block = static fn() => new \WP_Error( 'http_request_not_executed', 'blocked' );
		add_filter( 'pre_http_request', $block );
		$response = $this->request( 'GET', '/tocsin/v1/status' );
		remove_filter( 'pre_http_request', $block );
		self::assertSame( 'blocked', $response->get_data()['context']['reason'] );
		self::assertStringContainsString( 'WP_ACCESSIBLE_HOSTS', $response->get_data()['detail'] );
	}

	public function test_an_error_never_holds_the_key_or_the_address_of_the_user(): void {
		$user = $this->user( 'administrator' );
		wp_set_current_user( $user->ID );
		$this->connect( 'http://127.0.0.1:1' );
		$text = (string) wp_json_encode( $this->request( 'GET', '/tocsin/v1/status' )->get_data() );
		self::assertStringNotContainsString( 'whsec_', $text );
		self::assertStringNotContainsString( $user->user_email, $text );
	}

	private function send( Route $route ): \WP_REST_Response {
		if ( $route->is_file ) {
			self::$sidecar->answer( array( 'headers' => array( 'Content-Type: application/zip' ), 'body' => "PK\x05\x06" . str_repeat( "\0", 18 ) ) );
		}
		$path = str_replace( array( ':id', ':number' ), array( 'inc_01k0a1b2c3d4e5', '7' ), substr( $route->path, 3 ) );
		return $this->request( $route->method, "/tocsin/v1{$path}", array(), 'GET' === $route->method ? '' : '{"a":1}' );
	}
}

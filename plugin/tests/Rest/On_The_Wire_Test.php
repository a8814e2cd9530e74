<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Rest;

use Tocsin\Tests\Fake_Sidecar;
use Tocsin\Tests\Plugin_Test_Case;
use Tocsin\Tests\Served_Site;

/** Browser, web server, WordPress, plugin and sidecar in a row: bytes and headers as they arrive. */
final class On_The_Wire_Test extends Plugin_Test_Case {

	private static Fake_Sidecar $sidecar;
	private static Served_Site $site;

	public static function setUpBeforeClass(): void {
		self::$sidecar = Fake_Sidecar::start( self::SIDECAR_KEY );
		self::$site    = Served_Site::start();
	}

	public static function tearDownAfterClass(): void {
		self::$site->stop();
		self::$sidecar->stop();
	}

	protected function setUp(): void {
		parent::setUp();
		self::$sidecar->answer( array() );
		self::$sidecar->taken();
		$this->connect( self::$sidecar->url() );
	}

	public function test_json_arrives_byte_for_byte(): void {
		$body = '{"items":[],"empty":{},"big":12345678901234567890,"pi":1.0}';
		self::$sidecar->answer( array( 'headers' => array( 'Content-Type: application/json; charset=utf-8' ), 'body' => $body ) );
		$answer = self::$site->get( '/?rest_route=/tocsin/v1/incidents&limit=5', $this->user( 'administrator' ) );
		self::assertSame( array( 200, $body ), array( $answer['status'], $answer['body'] ) );
		self::assertStringStartsWith( 'application/json', $answer['headers']['content-type'] );
		self::assertSame( array( 'ok', 'nosniff' ), array( $answer['headers']['tocsin-sidecar'], $answer['headers']['x-content-type-options'] ) );
		self::assertStringContainsString( 'no-', $answer['headers']['cache-control'] );
		self::assertSame( '/v1/incidents?limit=5', self::$sidecar->taken()[0]['target'] );
	}

	public function test_a_problem_arrives_byte_for_byte_with_its_type(): void {
		$body = '{"type":"urn:x","title":"Not there.","status":404,"code":"incident.not_found","context":{}}';
		self::$sidecar->answer( array( 'status' => 404, 'headers' => array( 'Content-Type: application/problem+json' ), 'body' => $body ) );
		$answer = self::$site->get( '/?rest_route=/tocsin/v1/incidents/inc_01k0a1b2c3d4e5', $this->user( 'administrator' ) );
		self::assertSame( array( 404, 'application/problem+json', $body ), array( $answer['status'], $answer['headers']['content-type'], $answer['body'] ) );
	}

	public function test_a_put_behind_a_method_override_is_signed_as_put(): void {
		$answer = self::$site->get( '/?rest_route=/tocsin/v1/incidents/inc_01k0a1b2c3d4e5/notice', $this->user( 'administrator' ), 'POST', '{"template_id":"a"}', array( 'Content-Type' => 'application/json', 'X-HTTP-Method-Override' => 'PUT' ) );
		self::assertSame( 200, $answer['status'], $answer['body'] );
		self::assertSame( array( 'PUT', '{"template_id":"a"}' ), array_values( array_intersect_key( self::$sidecar->taken()[0], array( 'method' => 1, 'body' => 1 ) ) ) );
	}

	public function test_a_change_without_a_body_is_accepted(): void {
		$answer = self::$site->get( '/?rest_route=/tocsin/v1/incidents/inc_01k0a1b2c3d4e5/audience', $this->user( 'administrator' ), 'POST' );
		self::assertSame( 200, $answer['status'], $answer['body'] );
		self::assertSame( '', self::$sidecar->taken()[0]['body'] );
	}

	public function test_the_bundle_is_a_download_and_leaves_no_file_behind(): void {
		$zip    = "PK\x03\x04" . random_bytes( 3 * MB_IN_BYTES );
		$before = glob( get_temp_dir() . 'tocsin-evidence*' );
		self::$sidecar->answer( array( 'headers' => array( 'Content-Type: application/zip' ), 'body' => $zip ) );
		$answer = self::$site->get( '/?rest_route=/tocsin/v1/evidence/bundle', $this->user( 'shop_manager' ) );
		self::assertSame( 200, $answer['status'] );
		self::assertSame( hash( 'sha256', $zip ), hash( 'sha256', $answer['body'] ) );
		self::assertSame( 'application/zip', $answer['headers']['content-type'] );
		self::assertMatchesRegularExpression( '/^attachment; filename="tocsin-evidence-\d{8}-\d{6}\.zip"$/', $answer['headers']['content-disposition'] );
		self::assertSame( array( 'nosniff', (string) strlen( $zip ) ), array( $answer['headers']['x-content-type-options'], $answer['headers']['content-length'] ) );
		self::assertSame( $before, glob( get_temp_dir() . 'tocsin-evidence*' ) );
	}

	public function test_a_refused_bundle_is_a_problem_and_no_download(): void {
		self::$sidecar->answer( array( 'status' => 409, 'headers' => array( 'Content-Type: application/problem+json' ), 'body' => '{"title":"Not yet.","code":"evidence.empty","status":409}' ) );
		$answer = self::$site->get( '/?rest_route=/tocsin/v1/evidence/bundle', $this->user( 'administrator' ) );
		self::assertSame( array( 409, 'application/problem+json' ), array( $answer['status'], $answer['headers']['content-type'] ) );
		self::assertArrayNotHasKey( 'content-disposition', $answer['headers'] );
		self::$sidecar->answer( array( 'headers' => array( 'Content-Type: text/html' ), 'body' => '<p>hello' ) );
		self::assertSame( 502, self::$site->get( '/?rest_route=/tocsin/v1/evidence/bundle', $this->user( 'administrator' ) )['status'] );
	}

	public function test_a_head_request_has_no_body(): void {
		$answer = self::$site->get( '/?rest_route=/tocsin/v1/incidents', $this->user( 'administrator' ), 'HEAD' );
		self::assertSame( array( 200, '' ), array( $answer['status'], $answer['body'] ) );
	}

	public function test_a_cookie_without_its_nonce_is_nobody(): void {
		$answer = self::$site->get( '/?rest_route=/tocsin/v1/status', $this->user( 'administrator' ), headers: array( 'X-WP-Nonce' => '' ) );
		self::assertContains( $answer['status'], array( 401, 403 ) );
		self::assertSame( array(), self::$sidecar->taken() );
	}

	public function test_a_security_tool_needs_no_cookie(): void {
		$body   = '{"source":"wazuh","kind":"file.changed","severity":"high","title":"Checkout script changed"}';
		$now    = (string) time();
		$secret = (string) base64_decode( substr( self::SIGNAL_KEY, 6 ), true );
		$answer = self::$site->get(
			'/?rest_route=/tocsin/v1/signals',
			null,
			'POST',
			$body,
			array(
				'Content-Type'      => 'application/json',
				'webhook-id'        => 'wh_wire',
				'webhook-timestamp' => $now,
				'webhook-signature' => 'v1,' . base64_encode( hash_hmac( 'sha256', "wh_wire.{$now}.{$body}", $secret, true ) ),
			)
		);
		self::assertSame( 202, $answer['status'], $answer['body'] );
		self::assertSame( array( 'signal.reported' ), array_column( $this->rows(), 'kind' ) );
	}
}

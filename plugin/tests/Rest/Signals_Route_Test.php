<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Rest;

use Tocsin\Outbox\Outbox_Schema;
use Tocsin\Tests\Plugin_Test_Case;

final class Signals_Route_Test extends Plugin_Test_Case {

	private const REPORT = array(
		'source'   => 'wazuh',
		'kind'     => 'file.changed',
		'severity' => 'high',
		'title'    => 'Checkout script changed – Kasse',
	);

	protected function setUp(): void {
		parent::setUp();
		// Nothing listens there: signals must be taken while the sidecar is down.
		$this->connect( 'http://127.0.0.1:1' );
	}

	public function test_a_signed_report_becomes_one_row_without_a_login_and_without_the_sidecar(): void {
		$response = $this->report( self::REPORT + array( 'occurred_at' => '2026-11-23T21:40:00.5+01:00' ) );

		self::assertSame( 202, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		self::assertFalse( $response->get_data()['duplicate'] );
		$rows = $this->rows();
		self::assertCount( 1, $rows );
		self::assertSame( array( 'signal.reported', $response->get_data()['event_id'], '0' ), array( $rows[0]->kind, $rows[0]->event_id, $rows[0]->actor_id ) );
		self::assertSame(
			self::REPORT + array(
				'detail'      => '',
				'occurred_at' => '2026-11-23T21:40:00.5+01:00',
				'dedupe_key'  => null,
			),
			json_decode( $rows[0]->data, true )
		);
		self::assertMatchesRegularExpression( '/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/', $rows[0]->event_id );
	}

	public function test_a_repeated_webhook_id_is_answered_the_same_and_written_once(): void {
		$first  = $this->report( self::REPORT, array( 'webhook-id' => 'wh_same' ) );
		$second = $this->report( self::REPORT, array( 'webhook-id' => 'wh_same' ) );
		self::assertSame( array( 202, 202 ), array( $first->get_status(), $second->get_status() ) );
		self::assertSame( $first->get_data()['event_id'], $second->get_data()['event_id'] );
		self::assertSame( array( false, true ), array( $first->get_data()['duplicate'], $second->get_data()['duplicate'] ) );
		self::assertCount( 1, $this->rows() );
	}

	public function test_a_second_signature_beside_an_unknown_one_is_accepted(): void {
		$body = (string) wp_json_encode( self::REPORT );
		$good = $this->sign( 'wh_two', (string) time(), $body );
		self::assertSame( 202, $this->report( self::REPORT, array( 'webhook-id' => 'wh_two', 'webhook-signature' => "v1a,abc v1,AAAA {$good}" ) )->get_status() );
	}

	/** @dataProvider unsigned */
	public function test_what_is_not_signed_properly_is_refused( array $headers, string $code ): void {
		$response = $this->report( self::REPORT, $headers );
		self::assertSame( array( 401, $code ), array( $response->get_status(), $this->code( $response ) ) );
		self::assertNotEmpty( $response->get_data()['detail'] );
		self::assertSame( array(), $this->rows() );
	}

	public function unsigned(): iterable {
		yield 'no id' => array( array( 'webhook-id' => '' ), 'request.signature_missing' );
		yield 'id with a space' => array( array( 'webhook-id' => 'a b' ), 'request.signature_missing' );
		yield 'id too long' => array( array( 'webhook-id' => str_repeat( 'a', 257 ) ), 'request.signature_missing' );
		yield 'no timestamp' => array( array( 'webhook-timestamp' => '' ), 'request.signature_missing' );
		yield 'timestamp is a date' => array( array( 'webhook-timestamp' => '2026-11-23' ), 'request.signature_missing' );
		yield 'no signature' => array( array( 'webhook-signature' => '' ), 'request.signature_missing' );
		yield 'wrong signature' => array( array( 'webhook-signature' => 'v1,' . base64_encode( str_repeat( 'x', 32 ) ) ), 'request.bad_signature' );
		yield 'too old' => array( array( 'webhook-timestamp' => (string) ( time() - 900 ) ), 'request.clock_skew' );
		yield 'from the future' => array( array( 'webhook-timestamp' => (string) ( time() + 900 ) ), 'request.clock_skew' );
	}

	public function test_a_signature_of_another_body_or_another_key_is_refused(): void {
		$now = (string) time();
		self::assertSame( 'request.bad_signature', $this->code( $this->report( self::REPORT, array( 'webhook-id' => 'wh_a', 'webhook-timestamp' => $now, 'webhook-signature' => $this->sign( 'wh_a', $now, '{}' ) ) ) ) );
		update_option( 'tocsin_signal_key', self::SIDECAR_KEY, false );
		self::assertSame( 'request.bad_signature', $this->code( $this->report( self::REPORT ) ) );
	}

	/** @dataProvider bad_reports */
	public function test_a_bad_report_names_every_field_at_fault( array $report, array $pointers ): void {
		$response = $this->report( $report );
		self::assertSame( array( 422, 'request.invalid' ), array( $response->get_status(), $this->code( $response ) ) );
		self::assertSame( $pointers, array_column( $response->get_data()['errors'], 'pointer' ) );
		self::assertSame( array(), $this->rows() );
	}

	public function bad_reports(): iterable {
		yield 'empty' => array( array(), array( '/source', '/kind', '/severity', '/title' ) );
		yield 'unknown field' => array( self::REPORT + array( 'extra/x' => 1 ), array( '/extra~1x' ) );
		yield 'blank source' => array( array( 'source' => '  ' ) + self::REPORT, array( '/source' ) );
		yield 'kind with capitals' => array( array( 'kind' => 'File' ) + self::REPORT, array( '/kind' ) );
		yield 'unknown severity' => array( array( 'severity' => 'severe' ) + self::REPORT, array( '/severity' ) );
		yield 'title too short' => array( array( 'title' => ' ab ' ) + self::REPORT, array( '/title' ) );
		yield 'title too long' => array( array( 'title' => str_repeat( 'ä', 201 ) ) + self::REPORT, array( '/title' ) );
		yield 'detail too long' => array( self::REPORT + array( 'detail' => str_repeat( 'a', 5001 ) ), array( '/detail' ) );
		yield 'detail no text' => array( self::REPORT + array( 'detail' => array( 'a' => 1 ) ), array( '/detail' ) );
		yield 'time without offset' => array( self::REPORT + array( 'occurred_at' => '2026-11-23T21:40:00' ), array( '/occurred_at' ) );
		yield 'time without seconds' => array( self::REPORT + array( 'occurred_at' => '2026-11-23T21:40Z' ), array( '/occurred_at' ) );
		yield 'a day that is not there' => array( self::REPORT + array( 'occurred_at' => '2026-02-30T00:00:00Z' ), array( '/occurred_at' ) );
		yield 'key too long' => array( self::REPORT + array( 'dedupe_key' => str_repeat( 'a', 201 ) ), array( '/dedupe_key' ) );
	}

	public function test_a_body_that_is_no_object_is_refused(): void {
		foreach ( array( '[]', '"text"', '7' ) as $body ) {
			$response = $this->send( $body );
			self::assertSame( array( 422, 'request.invalid' ), array( $response->get_status(), $this->code( $response ) ), $body );
		}
		self::assertSame( 400, $this->send( '{"source":' )->get_status() );
	}

	public function test_more_than_16_kilobytes_are_refused_before_the_signature_is_looked_at(): void {
		$response = $this->send( (string) wp_json_encode( self::REPORT + array( 'detail' => str_repeat( 'a', 17000 ) ) ), array( 'webhook-signature' => 'v1,x' ) );
		self::assertSame( array( 413, 'request.too_large', 16384 ), array( $response->get_status(), $this->code( $response ), $response->get_data()['context']['allowed'] ) );
	}

	public function test_without_a_key_nothing_is_accepted(): void {
		foreach ( array( '', 'whsec_c2hvcnQ=', 'plain' ) as $key ) {
			update_option( 'tocsin_signal_key', $key, false );
			$response = $this->report( self::REPORT );
			self::assertSame( array( 503, 'tocsin.signal_key_not_configured' ), array( $response->get_status(), $this->code( $response ) ), "key: {$key}" );
		}
	}

	public function test_a_report_that_cannot_be_kept_is_not_called_accepted(): void {
		global $wpdb;
		$table = Outbox_Schema::table();
		$wpdb->query( "RENAME TABLE {$table} TO {$table}_aside" );
		try {
			$response = $this->report( self::REPORT );
		} finally {
			$wpdb->query( "RENAME TABLE {$table}_aside TO {$table}" );
		}
		self::assertSame( array( 503, 'tocsin.outbox_not_writable' ), array( $response->get_status(), $this->code( $response ) ) );
	}

	private function report( array $report, array $headers = array() ): \WP_REST_Response {
		return $this->send( (string) wp_json_encode( (object) $report ), $headers );
	}

	private function send( string $body, array $headers = array() ): \WP_REST_Response {
		$headers += array(
			'webhook-id'        => 'wh_' . bin2hex( random_bytes( 8 ) ),
			'webhook-timestamp' => (string) time(),
		);
		$headers += array( 'webhook-signature' => $this->sign( $headers['webhook-id'], $headers['webhook-timestamp'], $body ) );
		return $this->request( 'POST', '/tocsin/v1/signals', array(), $body, $headers );
	}

	private function sign( string $id, string $timestamp, string $body ): string {
		return 'v1,' . base64_encode( hash_hmac( 'sha256', "{$id}.{$timestamp}.{$body}", (string) base64_decode( substr( self::SIGNAL_KEY, 6 ), true ), true ) );
	}
}

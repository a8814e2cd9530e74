<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Health;

use Tocsin\Outbox\Event;
use Tocsin\Outbox\Outbox;
use Tocsin\Outbox\Outbox_Schema;
use Tocsin\Tests\Fake_Sidecar;
use Tocsin\Tests\Plugin_Test_Case;

final class Health_Checks_Test extends Plugin_Test_Case {

	private static Fake_Sidecar $sidecar;

	public static function setUpBeforeClass(): void {
		self::$sidecar = Fake_Sidecar::start( self::SIDECAR_KEY );
	}

	public static function tearDownAfterClass(): void {
		self::$sidecar->stop();
	}

	protected function setUp(): void {
		parent::setUp();
		wp_set_current_user( $this->user( 'administrator' )->ID );
		$this->connect( self::$sidecar->url() );
		$this->status();
	}

	public function test_a_well_connected_site_is_good_in_every_check(): void {
		foreach ( array( 'settings', 'sidecar', 'clocks', 'outbox' ) as $check ) {
			$result = $this->run_check( $check );
			self::assertSame( 'good', $result['status'], "{$check}: {$result['description']}" );
			self::assertSame( "tocsin_{$check}", $result['test'] );
			self::assertNotEmpty( $result['label'] );
		}
	}

	public function test_missing_settings_are_named(): void {
		delete_option( 'tocsin_signal_key' );
		$result = $this->run_check( 'settings' );
		self::assertSame( 'recommended', $result['status'] );
		delete_option( 'tocsin_sidecar_key' );
		$result = $this->run_check( 'settings' );
		self::assertSame( 'critical', $result['status'] );
		self::assertStringContainsString( 'TOCSIN_SIDECAR_KEY, TOCSIN_SIGNAL_KEY', $result['description'] );
	}

	public function test_a_dead_sidecar_is_critical_and_nothing_is_called_good_for_lack_of_an_answer(): void {
		$this->connect( 'http://127.0.0.1:1' );
		self::assertSame( array( 'critical', 'recommended', 'recommended' ), array( $this->run_check( 'sidecar' )['status'], $this->run_check( 'clocks' )['status'], $this->run_check( 'outbox' )['status'] ) );
		self::assertStringContainsString( "Couldn&#039;t reach the sidecar", $this->run_check( 'sidecar' )['description'] );
	}

	public function test_a_sidecar_that_refuses_the_key_is_critical(): void {
		update_option( 'tocsin_sidecar_key', 'whsec_' . base64_encode( str_repeat( 'z', 32 ) ), false );
		$result = $this->run_check( 'sidecar' );
		self::assertSame( 'critical', $result['status'] );
		self::assertStringContainsString( 'request.bad_signature', $result['description'] );
	}

	public function test_a_sidecar_that_is_not_ready_is_said_so(): void {
		$this->status( array( 'ready' => false ) );
		self::assertSame( 'recommended', $this->run_check( 'sidecar' )['status'] );
	}

	/** @dataProvider clocks */
	public function test_clocks_more_than_a_minute_apart_are_critical( int $apart, string $status ): void {
		$this->status( array( 'now' => gmdate( 'Y-m-d\TH:i:s.000\Z', time() + $apart ) ) );
		self::assertSame( $status, $this->run_check( 'clocks' )['status'] );
	}

	public function clocks(): iterable {
		yield 'the same' => array( 0, 'good' );
		yield 'half a minute behind' => array( -30, 'good' );
		yield 'behind' => array( -90, 'critical' );
		yield 'ahead' => array( 90, 'critical' );
	}

	public function test_unread_rows_are_critical_only_when_they_are_old(): void {
		global $wpdb;
		( new Outbox() )->append( new Event( 'test.row' ) );
		self::assertSame( 'good', $this->run_check( 'outbox' )['status'] );

		$wpdb->query( $wpdb->prepare( 'UPDATE %i SET created_at = %s', Outbox_Schema::table(), gmdate( 'Y-m-d H:i:s', time() - HOUR_IN_SECONDS ) ) );
		$result = $this->run_check( 'outbox' );
		self::assertSame( 'critical', $result['status'] );
		self::assertStringContainsString( '1 events wait, the oldest for 1 hour', $result['description'] );

		$this->status( array( 'outbox' => array( 'position' => (int) $wpdb->get_var( 'SELECT MAX(id) FROM ' . Outbox_Schema::table() ) ) ) );
		self::assertSame( 'good', $this->run_check( 'outbox' )['status'] );
	}

	public function test_a_missing_table_is_critical_and_never_zero_rows(): void {
		global $wpdb;
		$table = Outbox_Schema::table();
		$wpdb->query( "RENAME TABLE {$table} TO {$table}_aside" );
		try {
			$result = $this->run_check( 'outbox' );
		} finally {
			$wpdb->query( "RENAME TABLE {$table}_aside TO {$table}" );
		}
		self::assertSame( 'critical', $result['status'] );
		self::assertStringContainsString( 'cannot be read', $result['label'] );
	}

	public function test_the_weekly_check_without_a_user_knocks_and_vouches_for_nobody(): void {
		wp_set_current_user( 0 );
		self::$sidecar->taken();
		self::assertSame( 'good', $this->run_check( 'sidecar' )['status'] );
		self::assertSame( array( array( '/healthz', null ) ), array_map( static fn( array $one ): array => array( $one['target'], $one['actor'] ), self::$sidecar->taken() ) );
	}

	public function test_checks_that_call_out_run_after_the_page_and_only_for_who_may_see_site_health(): void {
		$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) );
		self::assertArrayHasKey( 'tocsin_settings', $tests['direct'] );
		foreach ( array( 'sidecar', 'clocks', 'outbox' ) as $name ) {
			self::assertTrue( $tests['async'][ "tocsin_{$name}" ]['has_rest'] );
			self::assertSame( 200, $this->request( 'GET', "/tocsin/v1/site-health/{$name}" )->get_status() );
		}
		wp_set_current_user( $this->user( 'editor' )->ID );
		self::assertSame( 403, $this->request( 'GET', '/tocsin/v1/site-health/sidecar' )->get_status() );
		wp_set_current_user( 0 );
		self::assertSame( 401, $this->request( 'GET', '/tocsin/v1/site-health/sidecar' )->get_status() );
	}

	private function status( array $changed = array() ): void {
		$status = $changed + array( 'version' => '0.1.0', 'now' => gmdate( 'Y-m-d\TH:i:s.000\Z' ), 'open_incidents' => 0, 'ready' => true, 'outbox' => array( 'position' => 0, 'read_at' => null ) );
		self::$sidecar->answer( array( 'headers' => array( 'Content-Type: application/json' ), 'body' => (string) wp_json_encode( $status ) ) );
	}

	private function run_check( string $name ): array {
		$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) );
		$test  = $tests['direct'][ "tocsin_{$name}" ]['test'] ?? $tests['async'][ "tocsin_{$name}" ]['async_direct_test'];
		return $test();
	}
}

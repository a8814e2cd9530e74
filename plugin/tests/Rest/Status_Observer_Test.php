<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Rest;

use Tocsin\Outbox\Event;
use Tocsin\Outbox\Outbox;
use Tocsin\Outbox\Outbox_Position;
use Tocsin\Outbox\Outbox_Schema;
use Tocsin\Rest\Status_Observer;
use Tocsin\Tests\Fake_Sidecar;
use Tocsin\Tests\Plugin_Test_Case;

final class Status_Observer_Test extends Plugin_Test_Case {

	private static Fake_Sidecar $sidecar;

	public static function setUpBeforeClass(): void {
		self::$sidecar = Fake_Sidecar::start( self::SIDECAR_KEY );
	}

	public static function tearDownAfterClass(): void {
		self::$sidecar->stop();
	}

	public function test_a_status_answer_prunes_old_rows_that_were_read_and_keeps_all_others(): void {
		$ids = $this->rows_of_age( array( 8, 8, 6, 8 ) );
		$this->status( array( 'open_incidents' => 3, 'outbox' => array( 'position' => $ids[2] ) ) );

		self::assertSame( array( $ids[2], $ids[3] ), array_map( static fn( object $row ): int => (int) $row->id, $this->rows() ), 'read and young, or old and unread, must stay' );
		self::assertSame( $ids[2], ( new Outbox_Position() )->known() );
		self::assertSame( 3, (int) get_transient( Status_Observer::BUBBLE_TRANSIENT ) );
	}

	public function test_at_most_a_thousand_rows_go_at_once(): void {
		global $wpdb;
		$table = Outbox_Schema::table();
		$ids   = $this->rows_of_age( array( 8 ) );
		for ( $i = 0; $i < 11; $i++ ) {
			$wpdb->query( "INSERT INTO {$table} (event_id, kind, occurred_at, data, created_at) SELECT UUID(), kind, occurred_at, data, created_at FROM {$table}" );
		}
		$this->status( array( 'open_incidents' => 0, 'outbox' => array( 'position' => $ids[0] + 1000000 ) ) );
		self::assertCount( 1048, $this->rows() );
	}

	/** @dataProvider other_answers */
	public function test_answers_without_a_position_prune_nothing( array $answer, string $path ): void {
		$this->rows_of_age( array( 8 ) );
		$this->status( $answer, $path );
		self::assertCount( 1, $this->rows() );
	}

	public function other_answers(): iterable {
		yield 'no outbox' => array( array( 'open_incidents' => 1 ), '/tocsin/v1/status' );
		yield 'position is text' => array( array( 'outbox' => array( 'position' => '99999999' ) ), '/tocsin/v1/status' );
		yield 'negative' => array( array( 'outbox' => array( 'position' => -1 ) ), '/tocsin/v1/status' );
		yield 'not the status route' => array( array( 'outbox' => array( 'position' => 99999999 ) ), '/tocsin/v1/health' );
	}

	private function status( array $answer, string $path = '/tocsin/v1/status' ): void {
		wp_set_current_user( 1 );
		$this->connect( self::$sidecar->url() );
		self::$sidecar->answer( array( 'headers' => array( 'Content-Type: application/json' ), 'body' => (string) wp_json_encode( $answer ) ) );
		self::assertSame( 200, $this->request( 'GET', $path )->get_status() );
	}

	/**
	 * @param int[] $days
	 * @return int[] Ids.
	 */
	private function rows_of_age( array $days ): array {
		global $wpdb;
		$ids = array();
		foreach ( $days as $age ) {
			self::assertTrue( ( new Outbox() )->append( new Event( 'test.row' ) ) );
			$id = (int) $wpdb->get_var( 'SELECT MAX(id) FROM ' . Outbox_Schema::table() );
			$wpdb->query( $wpdb->prepare( 'UPDATE %i SET created_at = %s WHERE id = %d', Outbox_Schema::table(), gmdate( 'Y-m-d H:i:s', time() - $age * DAY_IN_SECONDS ), $id ) );
			$ids[] = $id;
		}
		return $ids;
	}
}

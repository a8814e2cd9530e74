<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Outbox;

use Tocsin\Outbox\Event;
use Tocsin\Outbox\Event_Id;
use Tocsin\Outbox\Outbox;
use Tocsin\Outbox\Outbox_Schema;
use Tocsin\Tests\Plugin_Test_Case;

final class Outbox_Test extends Plugin_Test_Case {

	public function test_one_event_is_one_statement(): void {
		$queries = array();
		$note    = static function ( string $query ) use ( &$queries ): string {
			$queries[] = $query;
			return $query;
		};
		add_filter( 'query', $note );
		( new Outbox() )->append( new Event( 'test.row', 'user', 7, array( 'a' => 'ä 100% \' "' ) ) );
		remove_filter( 'query', $note );

		self::assertCount( 1, $queries );
		self::assertStringStartsWith( 'INSERT INTO ', $queries[0] );
		self::assertSame( array( 'a' => 'ä 100% \' "' ), json_decode( $this->rows()[0]->data, true ) );
	}

	public function test_the_shop_finds_wpdb_as_it_left_it(): void {
		global $wpdb;
		$wpdb->query( 'SELECT 1 AS one UNION SELECT 2' );
		$wpdb->insert_id = 4711;
		$before          = array( $wpdb->last_query, $wpdb->num_rows, $wpdb->rows_affected, $wpdb->last_result, $wpdb->last_error, $wpdb->suppress_errors );
		( new Outbox() )->append( new Event( 'test.row' ) );
		self::assertSame( 4711, $wpdb->insert_id );
		self::assertEquals( $before, array( $wpdb->last_query, $wpdb->num_rows, $wpdb->rows_affected, $wpdb->last_result, $wpdb->last_error, $wpdb->suppress_errors ) );
	}

	public function test_times_are_utc_with_milliseconds(): void {
		update_option( 'timezone_string', 'Pacific/Auckland' );
		( new Outbox() )->append( new Event( 'test.row' ) );
		update_option( 'timezone_string', '' );
		$row = $this->rows()[0];
		self::assertMatchesRegularExpression( '/\.\d{3}$/', $row->occurred_at );
		self::assertLessThan( 5, abs( time() - strtotime( "{$row->occurred_at} UTC" ) ) );
	}

	public function test_an_event_goes_with_the_transaction_it_happened_in(): void {
		global $wpdb;
		$wpdb->query( 'START TRANSACTION' );
		( new Outbox() )->append( new Event( 'test.row' ) );
		$wpdb->query( 'ROLLBACK' );
		self::assertSame( array(), $this->rows() );
	}

	public function test_the_same_event_id_is_kept_once(): void {
		$outbox = new Outbox();
		$id     = Event_Id::from_webhook_id( 'wh_1' );
		self::assertTrue( $outbox->append( new Event( 'test.row', event_id: $id ) ) );
		self::assertFalse( $outbox->append( new Event( 'test.row', event_id: $id ) ) );
		self::assertTrue( $outbox->has( $id ) );
		self::assertCount( 1, $this->rows() );
	}

	public function test_random_event_ids_are_uuids_of_version_4(): void {
		self::assertMatchesRegularExpression( '/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/', Event_Id::random() );
		self::assertNotSame( Event_Id::random(), Event_Id::random() );
	}

	public function test_applying_the_schema_again_changes_nothing(): void {
		global $wpdb;
		$show   = static fn(): string => preg_replace( '/AUTO_INCREMENT=\d+ /', '', $wpdb->get_row( 'SHOW CREATE TABLE ' . Outbox_Schema::table(), ARRAY_N )[1] );
		$before = $show();
		$alters = array();
		$note   = static function ( string $query ) use ( &$alters ): string {
			if ( 0 === stripos( $query, 'ALTER' ) ) {
				$alters[] = $query;
			}
			return $query;
		};
		add_filter( 'query', $note );
		( new Outbox_Schema() )->apply();
		remove_filter( 'query', $note );
		self::assertSame( array(), $alters );
		self::assertSame( $before, $show() );
	}
}

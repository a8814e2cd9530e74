<?php
/**
 * Writes, counts and prunes the rows the sidecar reads. append() is one INSERT and leaves $wpdb as it found it, because it
 * runs between the shop's own statements, inside its transactions: an order that is rolled back takes its event with it.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Outbox;

final class Outbox {

	/** What the shop's code may look at after its own query; append() puts it back. */
	private const QUERY_STATE = array( 'insert_id', 'rows_affected', 'num_rows', 'last_error', 'last_query', 'last_result' );

	/** Rows are kept this long after the sidecar has read them. */
	private const KEEP_DAYS   = 7;
	private const PRUNE_LIMIT = 1000;

	/** Writes one row. @return bool Whether it is there. */
	public function append( Event $event ): bool {
		global $wpdb;
		$now = ( new \DateTimeImmutable( 'now', new \DateTimeZone( 'UTC' ) ) )->format( 'Y-m-d H:i:s.v' );
		// Escaped to ASCII, so that wpdb has no reason to ask the server for the table's character set first.
		$data = (string) wp_json_encode( (object) $event->data, JSON_UNESCAPED_SLASHES );
		return $this->undisturbed(
			fn(): bool => 1 === $wpdb->query(
				$wpdb->prepare(
					'INSERT INTO %i (event_id, kind, occurred_at, actor_id, subject_type, subject_id, data, created_at) VALUES (%s, %s, %s, %d, %s, %d, %s, %s)',
					Outbox_Schema::table(),
					$event->event_id ?? Event_Id::random(),
					$event->kind,
					$now,
					$event->actor_id ?? get_current_user_id(),
					$event->subject_type,
					$event->subject_id,
					$data,
					$now
				)
			)
		);
	}

	public function has( string $event_id ): bool {
		global $wpdb;
		return $this->undisturbed(
			fn(): bool => null !== $wpdb->get_var( $wpdb->prepare( 'SELECT id FROM %i WHERE event_id = %s', Outbox_Schema::table(), $event_id ) )
		);
	}

	/**
	 * Rows the sidecar has not read, as far as known.
	 *
	 * @param int $position Highest id that was read.
	 * @return array{rows: int, oldest_age_seconds: int|null}|null Null when the table cannot be read.
	 */
	public function unread( int $position ): ?array {
		global $wpdb;
		$row = $this->undisturbed(
			fn(): ?object => $wpdb->get_row(
				$wpdb->prepare( 'SELECT COUNT(*) AS unread, TIMESTAMPDIFF(SECOND, MIN(created_at), UTC_TIMESTAMP()) AS age FROM %i WHERE id > %d', Outbox_Schema::table(), $position )
			)
		);
		if ( null === $row ) {
			return null;
		}
		return array(
			'rows'               => (int) $row->unread,
			'oldest_age_seconds' => null === $row->age ? null : (int) $row->age,
		);
	}

	/**
	 * Deletes rows that were read and are older than a week, a bounded number at a time.
	 *
	 * @return int Rows deleted.
	 */
	public function prune( int $position ): int {
		global $wpdb;
		$before = ( new \DateTimeImmutable( '-' . self::KEEP_DAYS . ' days', new \DateTimeZone( 'UTC' ) ) )->format( 'Y-m-d H:i:s' );
		return $this->undisturbed(
			fn(): int => (int) $wpdb->query(
				$wpdb->prepare( 'DELETE FROM %i WHERE id <= %d AND created_at < %s ORDER BY id LIMIT %d', Outbox_Schema::table(), $position, $before, self::PRUNE_LIMIT )
			)
		);
	}

	/**
	 * Runs a statement without printing its errors and without leaving traces in $wpdb.
	 *
	 * @template T
	 * @param callable(): T $statement
	 * @return T
	 */
	private function undisturbed( callable $statement ): mixed {
		global $wpdb;
		$before = array();
		foreach ( self::QUERY_STATE as $name ) {
			$before[ $name ] = $wpdb->$name;
		}
		$suppressed = $wpdb->suppress_errors( true );
		try {
			return $statement();
		} finally {
			$wpdb->suppress_errors( $suppressed );
			foreach ( $before as $name => $value ) {
				$wpdb->$name = $value;
			}
		}
	}
}

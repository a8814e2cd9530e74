<?php
/**
 * The way from a listener into the outbox: bounded for each request, and silent towards the shop.
 * After MAX_ROWS rows only a count is kept, written as one `events.dropped` row when the request ends.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

use Tocsin\Outbox\Event;
use Tocsin\Outbox\Outbox;

final class Recorder {

	public const MAX_ROWS = 50;

	private int $rows      = 0;
	private int $dropped   = 0;
	private bool $reported = false;

	public function __construct( private readonly Outbox $outbox ) {}

	public function record( Event $event ): void {
		if ( $this->rows >= self::MAX_ROWS ) {
			++$this->dropped;
			return;
		}
		++$this->rows;
		$this->write( $event );
	}

	/** Runs at the very end of the request, after the listeners that write late. */
	public function flush(): void {
		if ( 0 === $this->dropped ) {
			return;
		}
		$dropped       = $this->dropped;
		$this->dropped = 0;
		$this->write( new Event( 'events.dropped', data: array( 'count' => $dropped ) ) );
	}

	/** Leaves one line a request in PHP's error log. Takes a class name or a code, never a message: messages hold data. */
	public function report( string $what ): void {
		if ( $this->reported ) {
			return;
		}
		$this->reported = true;
		error_log( "Tocsin: couldn't record a store event ({$what}). The shop is not affected; see Tools > Site Health." );
	}

	private function write( Event $event ): void {
		try {
			if ( ! $this->outbox->append( $event ) ) {
				$this->report( 'outbox.not_writable' );
			}
		} catch ( \Throwable $error ) {
			$this->report( $error::class );
		}
	}
}

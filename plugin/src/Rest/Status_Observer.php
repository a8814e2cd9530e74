<?php
/**
 * Looks at status answers on their way to the browser: remembers the sidecar's place in the outbox, prunes what was read,
 * and keeps the number for the menu bubble a short while. Runs on the status route only, never on pages of the shop.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

use Tocsin\Outbox\Outbox;
use Tocsin\Outbox\Outbox_Position;
use Tocsin\Sidecar\Sidecar_Answer;

final class Status_Observer {

	public const BUBBLE_TRANSIENT = 'tocsin_open_incidents';

	/** Long enough to move between pages of wp-admin, short enough not to mislead. */
	private const BUBBLE_SECONDS = 10 * MINUTE_IN_SECONDS;

	public function __construct(
		private readonly Outbox $outbox,
		private readonly Outbox_Position $position,
	) {}

	public function observe( Sidecar_Answer $answer ): void {
		if ( 200 !== $answer->status || ! is_object( $answer->data ) ) {
			return;
		}
		$open = $answer->data->open_incidents ?? null;
		if ( is_int( $open ) && $open >= 0 ) {
			set_transient( self::BUBBLE_TRANSIENT, $open, self::BUBBLE_SECONDS );
		}
		$position = $answer->data->outbox->position ?? null;
		if ( is_int( $position ) && $position >= 0 ) {
			$this->position->remember( $position, time() );
			$this->outbox->prune( $position );
		}
	}
}

<?php
/**
 * How far the sidecar has read, as it last said in a status answer. Kept so that Site Health can tell a growing outbox
 * while the sidecar does not answer.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Outbox;

final class Outbox_Position {

	public const OPTION = 'tocsin_outbox_position';

	/** Not rewritten more often than this while nothing moves. */
	private const FRESH_SECONDS = MINUTE_IN_SECONDS;

	/** Highest id that was read; 0 when the sidecar has never said. */
	public function known(): int {
		return (int) ( $this->stored()['position'] ?? 0 );
	}

	/** When the sidecar last answered with a status (RFC 3339, UTC), or null. */
	public function seen_at(): ?string {
		$at = $this->stored()['seen_at'] ?? null;
		return is_int( $at ) ? gmdate( 'Y-m-d\TH:i:s\Z', $at ) : null;
	}

	public function remember( int $position, int $now ): void {
		$stored = $this->stored();
		if ( ( $stored['position'] ?? null ) === $position && $now - (int) ( $stored['seen_at'] ?? 0 ) < self::FRESH_SECONDS ) {
			return;
		}
		update_option(
			self::OPTION,
			array(
				'position' => $position,
				'seen_at'  => $now,
			),
			false
		);
	}

	/** @return array<string, mixed> */
	private function stored(): array {
		$stored = get_option( self::OPTION, array() );
		return is_array( $stored ) ? $stored : array();
	}
}

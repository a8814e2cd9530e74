<?php
/**
 * One row of the outbox: what happened, who did it, to what. Ids and codes only; never a name, address, secret or content
 * a customer wrote. The one exception is `signal.reported`, which carries the report a security tool sent.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Outbox;

final class Event {

	/**
	 * @param string               $kind         Such as `login.failed`; at most 64 characters.
	 * @param string               $subject_type Such as `user`, `order`; empty when there is none.
	 * @param int                  $subject_id   0 when there is none.
	 * @param array<string, mixed> $data         A few ids and codes.
	 * @param int|null             $actor_id     User who did it; null for the current user, 0 for nobody.
	 * @param string|null          $event_id     UUID; null for a fresh one.
	 */
	public function __construct(
		public readonly string $kind,
		public readonly string $subject_type = '',
		public readonly int $subject_id = 0,
		public readonly array $data = array(),
		public readonly ?int $actor_id = null,
		public readonly ?string $event_id = null,
	) {}
}

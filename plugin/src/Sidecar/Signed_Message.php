<?php
/**
 * One call to the sidecar as it is signed (docs/decisions/0002-signed-requests.md). Pure: no clock, no randomness.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Sidecar;

use Tocsin\Settings\Signing_Key;

final class Signed_Message {

	/**
	 * @param string $id        Value of `webhook-id`, fresh for each try.
	 * @param int    $timestamp Unix seconds.
	 * @param string $method    Upper case.
	 * @param string $target    Path and query exactly as sent.
	 * @param string $actor     Value of the header `tocsin-actor`.
	 * @param string $body      Raw body, empty for GET.
	 */
	public function __construct(
		public readonly string $id,
		public readonly int $timestamp,
		public readonly string $method,
		public readonly string $target,
		public readonly string $actor,
		public readonly string $body,
	) {}

	public function signature( Signing_Key $key ): string {
		return $key->sign( "{$this->id}.{$this->timestamp}.{$this->method}\n{$this->target}\n{$this->actor}\n{$this->body}" );
	}

	/** @return array<string, string> */
	public function headers( Signing_Key $key ): array {
		return array(
			'webhook-id'        => $this->id,
			'webhook-timestamp' => (string) $this->timestamp,
			'webhook-signature' => $this->signature( $key ),
			'tocsin-actor'      => $this->actor,
		);
	}
}

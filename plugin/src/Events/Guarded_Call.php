<?php
/**
 * A listener as WordPress calls it. Nothing it throws reaches the shop, and a filtered value comes back as it went in.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

final class Guarded_Call {

	public function __construct(
		public readonly Hook $hook,
		private readonly Recorder $recorder,
	) {}

	public function __invoke( mixed ...$arguments ): mixed {
		try {
			$picked = array_map( static fn( int $position ): mixed => $arguments[ $position ] ?? null, $this->hook->pick );
			( $this->hook->listener )( ...$picked );
		} catch ( \Throwable $error ) {
			$this->recorder->report( $error::class );
		}
		return $arguments[0] ?? null;
	}
}

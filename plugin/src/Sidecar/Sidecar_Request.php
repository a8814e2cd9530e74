<?php
/**
 * One call to make: method, target (path and query exactly as signed and sent), raw body, and where a file answer goes.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Sidecar;

final class Sidecar_Request {

	private const SECONDS_TO_READ     = 5;
	private const SECONDS_TO_CHANGE   = 10;
	private const SECONDS_TO_DOWNLOAD = 60;

	/** @param string|null $file Absolute path a download is streamed to; null for JSON. */
	public function __construct(
		public readonly string $method,
		public readonly string $target,
		public readonly string $body = '',
		public readonly ?string $file = null,
	) {}

	/** Seconds until wp-admin stops waiting. */
	public function timeout(): int {
		if ( null !== $this->file ) {
			return self::SECONDS_TO_DOWNLOAD;
		}
		return 'GET' === $this->method ? self::SECONDS_TO_READ : self::SECONDS_TO_CHANGE;
	}

	public function is_change(): bool {
		return 'GET' !== $this->method;
	}
}

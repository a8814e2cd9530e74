<?php
/**
 * What the sidecar answered: JSON that parses, or a problem with a code, or a file. Anything else is a Sidecar_Failure.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Sidecar;

final class Sidecar_Answer {

	/**
	 * @param int         $status       HTTP status.
	 * @param string      $content_type Media type without parameters, lower case.
	 * @param string      $body         Raw body; empty when the answer is in the file.
	 * @param mixed       $data         The decoded JSON, objects as stdClass; null for a file.
	 * @param string|null $file         Path of a streamed file.
	 * @param string      $date         The header `Date`, for comparing clocks.
	 */
	public function __construct(
		public readonly int $status,
		public readonly string $content_type,
		public readonly string $body,
		public readonly mixed $data,
		public readonly ?string $file,
		public readonly string $date,
	) {}
}

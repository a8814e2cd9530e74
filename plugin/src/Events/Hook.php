<?php
/**
 * One line of the hook table: which WordPress hook calls which method of a listener with which of its arguments.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

final class Hook {

	/**
	 * @param string         $name     Action or filter; a filter's first value is always handed on untouched.
	 * @param callable       $listener Gets the picked arguments in the order of $pick.
	 * @param int[]          $pick     Positions of the arguments that are looked at. Others, such as passwords, are never passed on.
	 * @param int            $priority As in add_filter().
	 */
	public function __construct(
		public readonly string $name,
		public readonly mixed $listener,
		public readonly array $pick = array(),
		public readonly int $priority = 10,
	) {}

	public function accepted_arguments(): int {
		return array() === $this->pick ? 1 : max( $this->pick ) + 1;
	}
}

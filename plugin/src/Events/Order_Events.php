<?php
/**
 * New orders, by id, whichever order store WooCommerce uses. WooCommerce may announce one order twice, as a draft and when
 * it is placed: the second time in one request is left out.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

use Tocsin\Outbox\Event;

final class Order_Events {

	/** @var array<int, true> */
	private array $seen = array();

	public function __construct( private readonly Recorder $recorder ) {}

	public function on_created( mixed $order_id ): void {
		$order_id = (int) $order_id;
		if ( $order_id <= 0 || isset( $this->seen[ $order_id ] ) ) {
			return;
		}
		$this->seen[ $order_id ] = true;
		$this->recorder->record( new Event( 'order.created', 'order', $order_id ) );
	}
}

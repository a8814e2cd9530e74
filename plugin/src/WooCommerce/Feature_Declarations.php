<?php
/**
 * Tells WooCommerce that Tocsin does not mind its newer order store and checkout: it reads neither.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\WooCommerce;

final class Feature_Declarations {

	private const FEATURES = array( 'custom_order_tables', 'cart_checkout_blocks' );

	public function __construct( private readonly string $main_file ) {}

	public function register(): void {
		add_action( 'before_woocommerce_init', array( $this, 'declare_features' ) );
	}

	public function declare_features(): void {
		$features = '\Automattic\WooCommerce\Utilities\FeaturesUtil';
		if ( ! is_callable( array( $features, 'declare_compatibility' ) ) ) {
			return;
		}
		foreach ( self::FEATURES as $feature ) {
			$features::declare_compatibility( $feature, $this->main_file, true );
		}
	}
}

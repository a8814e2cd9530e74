<?php
/**
 * Data taken out of the store in bulk by the exports WordPress and WooCommerce have. Never the file's address: it is a
 * key to the file.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

use Tocsin\Outbox\Event;

final class Export_Events {

	/** Analytics reports as CSV: customers, orders and the rest. */
	private const REPORT_EXPORT = '#^/wc-analytics/reports/([a-z0-9_-]{1,40})/export$#';

	public function __construct( private readonly Recorder $recorder ) {}

	public function on_wordpress_export( mixed $options ): void {
		$content = is_array( $options ) ? (string) ( $options['content'] ?? 'all' ) : 'all';
		$this->record( array( 'what' => 'wordpress', 'content' => substr( sanitize_key( $content ), 0, 40 ) ) );
	}

	public function on_personal_data_file( mixed $request_id ): void {
		$this->record( array( 'what' => 'personal_data' ), 'privacy_request', (int) $request_id );
	}

	/** The browser asks step by step; the first step is the event. Whoever may not export gets nothing from WooCommerce. */
	public function on_product_export(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- WooCommerce checks it right after; only a number is read.
		$step = (int) ( $_POST['step'] ?? 1 );
		if ( $step <= 1 && current_user_can( 'export' ) && current_user_can( 'edit_products' ) ) {
			$this->record( array( 'what' => 'products' ) );
		}
	}

	public function on_rest_answer( mixed $response, mixed $request ): void {
		if ( ! $request instanceof \WP_REST_Request || 'POST' !== $request->get_method() || is_wp_error( $response ) ) {
			return;
		}
		if ( 1 === preg_match( self::REPORT_EXPORT, $request->get_route(), $match ) ) {
			$this->record( array( 'what' => 'analytics', 'report' => $match[1] ) );
		}
	}

	/** @param array<string, string> $data */
	private function record( array $data, string $subject_type = '', int $subject_id = 0 ): void {
		$this->recorder->record( new Event( 'data.exported', $subject_type, $subject_id, $data ) );
	}
}

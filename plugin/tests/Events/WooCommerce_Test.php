<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Events;

use Tocsin\Tests\Plugin_Test_Case;
use Tocsin\Tests\Served_Site;

/** The same hooks with WooCommerce itself behind them. Skipped, and said so, on a site without it. */
final class WooCommerce_Test extends Plugin_Test_Case {

	private static ?Served_Site $site = null;

	public static function tearDownAfterClass(): void {
		self::$site?->stop();
		self::$site = null;
	}

	protected function setUp(): void {
		parent::setUp();
		// WooCommerce's own hooks need WooCommerce's own code: without it (no WOOCOMMERCE_DIR, no download) these tests are
		// counted as skipped, never as passed.
		if ( ! function_exists( 'wc_create_order' ) ) {
			self::markTestSkipped( 'WooCommerce is not active on this site.' );
		}
		self::$site ??= Served_Site::start();
	}

	public function test_a_new_order_is_one_row_with_its_id(): void {
		$order = wc_create_order( array( 'status' => 'pending' ) );
		$order->set_billing_email( 'guest@example.com' );
		$order->save();
		$order->update_status( 'processing' );
		$id = $order->get_id();
		$this->end_request();
		$rows = $this->rows();
		$order->delete( true );

		self::assertSame( array( 'order.created' ), array_column( $rows, 'kind' ) );
		self::assertSame( array( 'order', (string) $id, '{}' ), array( $rows[0]->subject_type, $rows[0]->subject_id, $rows[0]->data ) );
	}

	public function test_an_order_that_cannot_be_announced_is_still_an_order(): void {
		$throw = static function ( string $query ): string {
			if ( str_contains( $query, 'tocsin_outbox' ) ) {
				throw new \RuntimeException( 'no outbox' );
			}
			return $query;
		};
		$log = ini_set( 'error_log', '/dev/null' );
		add_filter( 'query', $throw );
		$order = wc_create_order( array( 'status' => 'pending' ) );
		remove_filter( 'query', $throw );
		ini_set( 'error_log', (string) $log );
		self::assertInstanceOf( \WC_Order::class, wc_get_order( $order->get_id() ) );
		$order->delete( true );
	}

	public function test_a_customer_who_registers_is_no_event(): void {
		$id = wc_create_new_customer( 'c' . bin2hex( random_bytes( 4 ) ) . '@example.com', '', 'a-pa55word' );
		self::assertIsInt( $id );
		$this->remove_later( $id );
		$this->end_request();
		self::assertSame( array(), $this->rows() );
	}

	public function test_a_key_made_on_the_settings_screen_is_one_row(): void {
		global $wpdb;
		$user = $this->user( 'administrator' );
		[ $headers, $nonce ] = self::$site->signed_in( $user, 'update-api-key' );
		$answer = self::$site->get(
			'/wp-admin/admin-ajax.php',
			null,
			'POST',
			http_build_query( array( 'action' => 'woocommerce_update_api_key', 'security' => $nonce, 'key_id' => 0, 'description' => 'ERP of Mara', 'user' => $user->ID, 'permissions' => 'read' ) ),
			$headers
		);
		$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE user_id = %d', "{$wpdb->prefix}woocommerce_api_keys", $user->ID ) );
		$made = json_decode( $answer['body'], true );
		self::assertTrue( $made['success'], $answer['body'] );

		$rows = $this->rows();
		self::assertSame( array( 'api_key.created' ), array_column( $rows, 'kind' ) );
		self::assertSame( (string) $user->ID, $rows[0]->actor_id );
		self::assertSame( array( 'user_id' => $user->ID, 'permissions' => 'read' ), json_decode( $rows[0]->data, true ) );
		self::assertStringNotContainsString( $made['data']['consumer_key'], (string) wp_json_encode( $rows ) );
	}

	public function test_a_product_export_is_one_row_however_many_steps_it_takes(): void {
		$user = $this->user( 'administrator' );
		[ $headers, $nonce ] = self::$site->signed_in( $user, 'wc-product-export' );
		foreach ( array( 1, 2 ) as $step ) {
			$answer = self::$site->get( '/wp-admin/admin-ajax.php', null, 'POST', http_build_query( array( 'action' => 'woocommerce_do_ajax_product_export', 'security' => $nonce, 'step' => $step, 'filename' => 'test-' . bin2hex( random_bytes( 4 ) ) . '.csv' ) ), $headers );
			self::assertTrue( json_decode( $answer['body'], true )['success'] ?? false, $answer['body'] );
		}
		self::assertSame( array( 'data.exported' ), array_column( $this->rows(), 'kind' ) );
	}

	public function test_an_analytics_export_is_one_row_with_the_report(): void {
		$answer = self::$site->get( '/?rest_route=/wc-analytics/reports/customers/export', $this->user( 'administrator' ), 'POST', '{"report_args":{}}', array( 'Content-Type' => 'application/json' ) );
		self::assertSame( 200, $answer['status'], $answer['body'] );
		self::assertSame( array( array( 'what' => 'analytics', 'report' => 'customers' ) ), array_map( static fn( object $row ): array => json_decode( $row->data, true ), $this->rows() ) );
	}
}

<?php
/**
 * `POST /wp-json/tocsin/v1/signals`: security tools report here with a signature instead of a login. The report goes into the
 * outbox, so that it is taken while the sidecar is down. A repeated webhook-id is answered the same and written once.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

use Tocsin\Outbox\Event;
use Tocsin\Outbox\Event_Id;
use Tocsin\Outbox\Outbox;
use Tocsin\Settings\Settings;

final class Signals_Route {

	private const MAX_BYTES = 16 * KB_IN_BYTES;

	public function __construct(
		private readonly Settings $settings,
		private readonly Outbox $outbox,
	) {}

	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'register_routes' ) );
	}

	public function register_routes(): void {
		register_rest_route(
			'tocsin/v1',
			'/signals',
			array(
				'methods'             => 'POST',
				'callback'            => array( $this, 'accept' ),
				'permission_callback' => array( $this, 'check_signature' ),
				'show_in_index'       => false,
			)
		);
	}

	public function check_signature( \WP_REST_Request $request ): bool|\WP_Error {
		$key = $this->settings->signal_key();
		if ( null === $key ) {
			return new \WP_Error(
				'tocsin.signal_key_not_configured',
				__( "Couldn't check who sent this: this site has no usable key for signals.", 'tocsin' ),
				array(
					'status' => 503,
					'detail' => __( 'Set TOCSIN_SIGNAL_KEY in wp-config.php (whsec_ and base64 of 24 to 64 bytes), or report to the sidecar directly.', 'tocsin' ),
				)
			);
		}
		$body = (string) $request->get_body();
		if ( strlen( $body ) > self::MAX_BYTES ) {
			return new \WP_Error(
				'request.too_large',
				__( "Couldn't accept this: the report is too large.", 'tocsin' ),
				array(
					'status'  => 413,
					'detail'  => __( 'Send what a person needs to judge it and keep the rest where it is.', 'tocsin' ),
					'context' => array(
						'bytes'   => strlen( $body ),
						'allowed' => self::MAX_BYTES,
					),
				)
			);
		}
		return Webhook_Signature::of( $request )->refusal( $key, $body, time() ) ?? true;
	}

	public function accept( \WP_REST_Request $request ): \WP_REST_Response|\WP_Error {
		$report = Signal_Report::parse( (string) $request->get_body() );
		if ( array() !== $report->errors() ) {
			return new \WP_Error(
				'request.invalid',
				__( "Couldn't accept this: the report is not in the right form.", 'tocsin' ),
				array(
					'status' => 422,
					'detail' => __( 'Mend the fields named here and send it with a new webhook-id.', 'tocsin' ),
					'errors' => $report->errors(),
				)
			);
		}
		$event_id = Event_Id::from_webhook_id( Webhook_Signature::of( $request )->id );
		if ( $this->outbox->has( $event_id ) ) {
			return $this->accepted( $event_id, true );
		}
		if ( $this->outbox->append( new Event( 'signal.reported', data: $report->fields(), actor_id: 0, event_id: $event_id ) ) ) {
			return $this->accepted( $event_id, false );
		}
		// Two deliveries at the same moment: the unique key let one of them in.
		if ( $this->outbox->has( $event_id ) ) {
			return $this->accepted( $event_id, true );
		}
		return new \WP_Error(
			'tocsin.outbox_not_writable',
			__( "Couldn't keep this report: the outbox cannot be written.", 'tocsin' ),
			array(
				'status' => 503,
				'detail' => __( 'Send it again later or report to the sidecar directly. An administrator finds the cause in Tools > Site Health.', 'tocsin' ),
			)
		);
	}

	private function accepted( string $event_id, bool $duplicate ): \WP_REST_Response {
		return new \WP_REST_Response(
			array(
				'event_id'  => $event_id,
				'duplicate' => $duplicate,
			),
			202,
			array( 'Cache-Control' => 'no-store' )
		);
	}
}

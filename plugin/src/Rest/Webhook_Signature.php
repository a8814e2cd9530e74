<?php
/**
 * Checks a Standard Webhooks signature (HMAC-SHA256 over `id.timestamp.body`). Pure: the time is handed in.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

use Tocsin\Settings\Signing_Key;

final class Webhook_Signature {

	private const TOLERANCE_SECONDS = 300;
	private const ID_PATTERN        = '/^[\x21-\x7e]{1,256}$/D';

	public function __construct(
		public readonly string $id,
		private readonly string $timestamp,
		private readonly string $signatures,
	) {}

	public static function of( \WP_REST_Request $request ): self {
		return new self( (string) $request->get_header( 'webhook-id' ), (string) $request->get_header( 'webhook-timestamp' ), (string) $request->get_header( 'webhook-signature' ) );
	}

	/** Null when the signature is good, else a coded refusal. */
	public function refusal( Signing_Key $key, string $body, int $now ): ?\WP_Error {
		if ( 1 !== preg_match( self::ID_PATTERN, $this->id ) || 1 !== preg_match( '/^[0-9]{1,12}$/D', $this->timestamp ) || '' === $this->signatures ) {
			return $this->error(
				'request.signature_missing',
				__( "Couldn't check who sent this: a signature header is missing or unreadable.", 'tocsin' ),
				__( 'Send webhook-id (1 to 256 visible characters), webhook-timestamp (Unix seconds) and webhook-signature (v1,<base64>) as Standard Webhooks describes.', 'tocsin' )
			);
		}
		if ( ! $this->is_signed_with( $key, $body ) ) {
			return $this->error(
				'request.bad_signature',
				__( "Couldn't accept this: the signature does not match.", 'tocsin' ),
				__( 'Sign id.timestamp.body with HMAC-SHA256 and the key of TOCSIN_SIGNAL_KEY, over the body exactly as it is sent.', 'tocsin' )
			);
		}
		if ( abs( $now - (int) $this->timestamp ) > self::TOLERANCE_SECONDS ) {
			return $this->error(
				'request.clock_skew',
				__( "Couldn't accept this: its timestamp is more than 300 seconds away from this server's clock.", 'tocsin' ),
				__( 'Send it again with a fresh timestamp; if that fails too, set the clocks of both machines (NTP).', 'tocsin' ),
				array( 'server_time' => $now )
			);
		}
		return null;
	}

	/** Several signatures may stand side by side while a key is changed. */
	private function is_signed_with( Signing_Key $key, string $body ): bool {
		$expected = $key->sign( "{$this->id}.{$this->timestamp}.{$body}" );
		$matches  = false;
		foreach ( explode( ' ', $this->signatures ) as $signature ) {
			$matches = hash_equals( $expected, $signature ) || $matches;
		}
		return $matches;
	}

	/** @param array<string, int> $context */
	private function error( string $code, string $title, string $detail, array $context = array() ): \WP_Error {
		return new \WP_Error(
			$code,
			$title,
			array(
				'status'  => 401,
				'detail'  => $detail,
				'context' => $context,
			)
		);
	}
}

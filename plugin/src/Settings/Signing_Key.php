<?php
/**
 * A shared secret in the form of Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Settings;

final class Signing_Key {

	private const PREFIX    = 'whsec_';
	private const MIN_BYTES = 24;
	private const MAX_BYTES = 64;

	private function __construct( private readonly string $bytes ) {}

	/** The key, or null when the text is not in the form above. */
	public static function parse( #[\SensitiveParameter] string $text ): ?self {
		if ( ! str_starts_with( $text, self::PREFIX ) ) {
			return null;
		}
		$bytes = base64_decode( substr( $text, strlen( self::PREFIX ) ), true );
		if ( false === $bytes || strlen( $bytes ) < self::MIN_BYTES || strlen( $bytes ) > self::MAX_BYTES ) {
			return null;
		}
		return new self( $bytes );
	}

	/** One signature as it stands in `webhook-signature`: `v1,<base64 of HMAC-SHA256>`. */
	public function sign( string $content ): string {
		return 'v1,' . base64_encode( hash_hmac( 'sha256', $content, $this->bytes, true ) );
	}

	/** Keeps the secret out of var_dump, print_r and error reports. */
	public function __debugInfo(): array {
		return array( 'bytes' => '(hidden)' );
	}
}

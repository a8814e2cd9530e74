<?php
/**
 * Identifiers of outbox rows: UUIDs, random for store events, derived for signals so that a repeated delivery meets its first.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Outbox;

final class Event_Id {

	/** UUID version 4. wp_generate_uuid4() is not used: it draws from a generator that is not meant for identifiers. */
	public static function random(): string {
		return self::format( random_bytes( 16 ), 4 );
	}

	/** UUID version 5 form: the same webhook-id always gives the same event id. */
	public static function from_webhook_id( string $webhook_id ): string {
		return self::format( substr( hash( 'sha256', "tocsin:signal:{$webhook_id}", true ), 0, 16 ), 5 );
	}

	private static function format( string $bytes, int $version ): string {
		$bytes[6] = chr( ( ord( $bytes[6] ) & 0x0f ) | ( $version << 4 ) );
		$bytes[8] = chr( ( ord( $bytes[8] ) & 0x3f ) | 0x80 );
		return vsprintf( '%s%s-%s-%s-%s-%s%s%s', str_split( bin2hex( $bytes ), 4 ) );
	}
}

<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Sidecar;

use PHPUnit\Framework\TestCase;
use Tocsin\Settings\Signing_Key;
use Tocsin\Sidecar\Actor;
use Tocsin\Sidecar\Signed_Message;

/** The same file is checked by the sidecar, so that the two sides cannot drift. */
final class Signed_Message_Test extends TestCase {

	public function test_signatures_equal_the_fixed_vectors(): void {
		$file = self::vectors();
		$key  = Signing_Key::parse( $file['key'] );
		self::assertNotNull( $key );
		self::assertGreaterThanOrEqual( 3, count( $file['vectors'] ) );
		foreach ( $file['vectors'] as $vector ) {
			$message = new Signed_Message( $vector['id'], $vector['timestamp'], $vector['method'], $vector['target'], $vector['actor'], $vector['body'] );
			self::assertSame( $vector['signature'], $message->signature( $key ), $vector['name'] );
		}
	}

	public function test_the_actor_is_encoded_as_in_the_vectors(): void {
		$file = self::vectors();
		self::assertSame( $file['vectors'][0]['actor'], Actor::from_fields( $file['actor_fields'] )->header );
	}

	public function test_every_signed_part_changes_the_signature(): void {
		$key   = Signing_Key::parse( self::vectors()['key'] );
		$parts = array( 'msg_a', 1, 'GET', '/v1/status', 'actor', '' );
		$first = ( new Signed_Message( ...$parts ) )->signature( $key );
		foreach ( array( 'msg_b', 2, 'POST', '/v1/health', 'other', '{}' ) as $position => $changed ) {
			$other              = $parts;
			$other[ $position ] = $changed;
			self::assertNotSame( $first, ( new Signed_Message( ...$other ) )->signature( $key ), "part {$position} is not signed" );
		}
	}

	public function test_a_dump_of_a_key_does_not_show_it(): void {
		$key = Signing_Key::parse( self::vectors()['key'] );
		self::assertStringNotContainsString( "\x01\x02\x03", print_r( $key, true ) );
	}

	private static function vectors(): array {
		return json_decode( (string) file_get_contents( dirname( __DIR__ ) . '/vectors/signed-request.json' ), true, 16, JSON_THROW_ON_ERROR );
	}
}

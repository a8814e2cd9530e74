<?php
/**
 * A strict stand-in for the sidecar, for `php -S`. It knows the rules of docs/decisions/0002-signed-requests.md on its own
 * (it shares no code with the plugin), refuses what the real one refuses, and writes down what it took.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

$folder = (string) getenv( 'TOCSIN_FAKE_DIR' );
$order  = json_decode( (string) file_get_contents( "{$folder}/order.json" ), true );
$secret = base64_decode( substr( (string) file_get_contents( "{$folder}/key" ), strlen( 'whsec_' ) ), true );
$body   = (string) file_get_contents( 'php://input' );
$method = $_SERVER['REQUEST_METHOD'];
$target = $_SERVER['REQUEST_URI'];

$problem = static function ( int $status, string $code ): never {
	http_response_code( $status );
	header( 'Content-Type: application/problem+json' );
	echo json_encode( array( 'type' => 'urn:tocsin:problem', 'title' => "Refused: {$code}.", 'status' => $status, 'code' => $code ) );
	exit;
};

if ( '/healthz' !== $target ) {
	$id        = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
	$timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
	$actor     = $_SERVER['HTTP_TOCSIN_ACTOR'] ?? '';
	$expected  = 'v1,' . base64_encode( hash_hmac( 'sha256', "{$id}.{$timestamp}.{$method}\n{$target}\n{$actor}\n{$body}", $secret, true ) );
	if ( ! in_array( $expected, explode( ' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '' ), true ) ) {
		$problem( 401, 'request.bad_signature' );
	}
	if ( abs( time() - (int) $timestamp ) > 300 ) {
		$problem( 401, 'request.clock_skew' );
	}
	if ( ! preg_match( '/^[a-z0-9_]{8,80}$/', $id ) || ! @mkdir( "{$folder}/seen-{$id}" ) ) {
		$problem( 401, 'request.replayed' );
	}
	$who = json_decode( (string) base64_decode( strtr( $actor, '-_', '+/' ), true ), true );
	if ( ! is_array( $who ) || array( 'user_id', 'login', 'email', 'name', 'capabilities' ) !== array_keys( $who ) || str_contains( $actor, '=' ) ) {
		$problem( 400, 'request.bad_actor' );
	}
	if ( 'GET' === $method && '' !== $body ) {
		$problem( 400, 'request.body_on_get' );
	}
	if ( '' !== $body && 'application/json' !== ( $_SERVER['CONTENT_TYPE'] ?? '' ) ) {
		$problem( 415, 'request.not_json' );
	}
}

file_put_contents(
	"{$folder}/taken.jsonl",
	json_encode( array( 'method' => $method, 'target' => $target, 'body' => $body, 'actor' => $who ?? null ) ) . "\n",
	FILE_APPEND | LOCK_EX
);

if ( isset( $order['seconds'] ) ) {
	sleep( $order['seconds'] );
}
http_response_code( $order['status'] ?? 200 );
foreach ( $order['headers'] ?? array( 'Content-Type: application/json' ) as $line ) {
	header( $line );
}
echo isset( $order['repeat'] ) ? str_repeat( 'x', $order['repeat'] ) : base64_decode( $order['body'] ?? base64_encode( '{"items":[],"empty":{},"big":12345678901234567890}' ) );

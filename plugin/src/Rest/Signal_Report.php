<?php
/**
 * What a security tool reports, checked field by field as `SignalReport` in sidecar/src/contract/signal.ts.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

final class Signal_Report {

	private const FIELDS     = array( 'source', 'kind', 'severity', 'title', 'detail', 'occurred_at', 'dedupe_key' );
	private const SEVERITIES = array( 'low', 'medium', 'high', 'critical' );

	/** RFC 3339 with seconds and `Z` or an offset. */
	private const TIME = '/^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/D';

	/** @var array<int, array{pointer: string, message: string}> */
	private array $errors = array();

	/** @var array<string, string|null> */
	private array $fields = array();

	private function __construct() {}

	public static function parse( string $body ): self {
		$report = new self();
		$data   = json_decode( $body, false, 8 );
		if ( ! $data instanceof \stdClass ) {
			$report->refuse( '', 'is not a JSON object' );
			return $report;
		}
		$report->check( (array) $data );
		return $report;
	}

	/** @return array<int, array{pointer: string, message: string}> Empty when the report is good. */
	public function errors(): array {
		return $this->errors;
	}

	/** @return array<string, string|null> Trimmed, with defaults, in the order of the contract. */
	public function fields(): array {
		return $this->fields;
	}

	/** @param array<string, mixed> $data */
	private function check( array $data ): void {
		foreach ( array_diff( array_map( 'strval', array_keys( $data ) ), self::FIELDS ) as $unknown ) {
			$this->refuse( '/' . substr( strtr( $unknown, array( '~' => '~0', '/' => '~1' ) ), 0, 40 ), 'is not a field of a report (allowed: ' . implode( ', ', self::FIELDS ) . ')' );
		}
		$this->text( $data, 'source', 1, 100 );
		$this->matching( $data, 'kind', '/^[a-z0-9_.-]{1,80}$/D', '1 to 80 of a-z, 0-9, dot, dash and underscore' );
		$this->matching( $data, 'severity', '/^(' . implode( '|', self::SEVERITIES ) . ')$/D', implode( ', ', self::SEVERITIES ) );
		$this->text( $data, 'title', 3, 200 );
		$this->text( $data + array( 'detail' => '' ), 'detail', 0, 5000, false );
		$this->fields['occurred_at'] = null;
		if ( isset( $data['occurred_at'] ) ) {
			$this->time( $data );
		}
		$this->fields['dedupe_key'] = null;
		if ( isset( $data['dedupe_key'] ) ) {
			$this->text( $data, 'dedupe_key', 0, 200, false );
		}
	}

	/** @param array<string, mixed> $data */
	private function text( array $data, string $name, int $least, int $most, bool $trim = true ): void {
		$value = $data[ $name ] ?? null;
		if ( ! is_string( $value ) ) {
			$this->refuse( "/{$name}", array_key_exists( $name, $data ) ? 'is not text' : 'is missing' );
			return;
		}
		$value  = $trim ? trim( $value ) : $value;
		$length = intdiv( strlen( mb_convert_encoding( $value, 'UTF-16LE', 'UTF-8' ) ), 2 );
		if ( $length < $least || $length > $most ) {
			$this->refuse( "/{$name}", "has {$length} characters (allowed: {$least} to {$most})" );
			return;
		}
		$this->fields[ $name ] = $value;
	}

	/** @param array<string, mixed> $data */
	private function matching( array $data, string $name, string $pattern, string $allowed ): void {
		$value = $data[ $name ] ?? null;
		if ( ! is_string( $value ) || 1 !== preg_match( $pattern, $value ) ) {
			$this->refuse( "/{$name}", ( array_key_exists( $name, $data ) ? 'is not one that is allowed' : 'is missing' ) . " (allowed: {$allowed})" );
			return;
		}
		$this->fields[ $name ] = $value;
	}

	/** @param array<string, mixed> $data */
	private function time( array $data ): void {
		$value = $data['occurred_at'];
		if ( ! is_string( $value ) || 1 !== preg_match( self::TIME, $value, $part ) || ! checkdate( (int) $part[2], (int) $part[3], (int) $part[1] ) ) {
			$this->refuse( '/occurred_at', 'is not a time with its offset (allowed: such as 2026-11-23T21:40:00Z)' );
			return;
		}
		$this->fields['occurred_at'] = $value;
	}

	private function refuse( string $pointer, string $message ): void {
		$this->errors[] = array(
			'pointer' => $pointer,
			'message' => $message,
		);
	}
}

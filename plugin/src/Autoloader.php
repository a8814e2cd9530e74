<?php
/**
 * Loads `Tocsin\Room\Some_Class` from `src/Room/Some_Class.php`. Nothing else is ever loaded from the disk by name.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin;

final class Autoloader {

	private const PREFIX = 'Tocsin\\';

	public function __construct( private readonly string $directory ) {}

	public function register(): void {
		spl_autoload_register( array( $this, 'load' ) );
	}

	public function load( string $class_name ): void {
		if ( ! str_starts_with( $class_name, self::PREFIX ) ) {
			return;
		}
		$file = $this->directory . '/' . str_replace( '\\', '/', substr( $class_name, strlen( self::PREFIX ) ) ) . '.php';
		if ( is_file( $file ) ) {
			require_once $file;
		}
	}
}

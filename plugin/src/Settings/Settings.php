<?php
/**
 * The only reader and writer of the plugin's settings. A constant in wp-config.php wins over the option of the same name.
 * Options are not autoloaded, so that no page of the shop reads a key.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Settings;

final class Settings {

	public const SIDECAR_URL = 'tocsin_sidecar_url';
	public const SIDECAR_KEY = 'tocsin_sidecar_key';
	public const SIGNAL_KEY  = 'tocsin_signal_key';

	/** Every option, removed at uninstall. */
	public const OPTIONS = array( self::SIDECAR_URL, self::SIDECAR_KEY, self::SIGNAL_KEY );

	public function sidecar_url(): ?Sidecar_Url {
		return Sidecar_Url::parse( $this->raw( self::SIDECAR_URL ) );
	}

	public function sidecar_key(): ?Signing_Key {
		return Signing_Key::parse( $this->raw( self::SIDECAR_KEY ) );
	}

	public function signal_key(): ?Signing_Key {
		return Signing_Key::parse( $this->raw( self::SIGNAL_KEY ) );
	}

	/** Where a setting comes from: `constant`, `option` or `none`. */
	public function origin( string $name ): string {
		if ( $this->is_constant( $name ) ) {
			return 'constant';
		}
		return '' === $this->raw( $name ) ? 'none' : 'option';
	}

	public function is_constant( string $name ): bool {
		$constant = strtoupper( $name );
		return defined( $constant ) && '' !== (string) constant( $constant );
	}

	/** Whether a setting holds something at all, usable or not. */
	public function is_set( string $name ): bool {
		return '' !== $this->raw( $name );
	}

	/** Keeps a value that was already checked; an empty one removes the setting. */
	public function save( string $name, #[\SensitiveParameter] string $value ): void {
		if ( '' === $value ) {
			delete_option( $name );
			return;
		}
		update_option( $name, $value, false );
	}

	private function raw( string $name ): string {
		if ( $this->is_constant( $name ) ) {
			return trim( (string) constant( strtoupper( $name ) ) );
		}
		$value = get_option( $name, '' );
		return is_string( $value ) ? trim( $value ) : '';
	}
}

<?php
/**
 * What a browser may know about the settings: whether they are there and usable, never a key.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Settings;

use Tocsin\Outbox\Outbox_Position;

final class Settings_State {

	public function __construct(
		private readonly Settings $settings,
		private readonly Outbox_Position $position,
	) {}

	/**
	 * For the settings screen.
	 *
	 * @return array{configured: bool, sidecar_url: array, sidecar_key: array, signal_key: array, signals_url: string, sidecar_last_answered_at: string|null}
	 */
	public function full(): array {
		$url = $this->settings->sidecar_url();
		return array(
			'configured'               => $this->is_configured(),
			'sidecar_url'              => $this->one( Settings::SIDECAR_URL, null !== $url ) + array( 'value' => $url?->origin ),
			'sidecar_key'              => $this->one( Settings::SIDECAR_KEY, null !== $this->settings->sidecar_key() ),
			'signal_key'               => $this->one( Settings::SIGNAL_KEY, null !== $this->settings->signal_key() ),
			'signals_url'              => rest_url( 'tocsin/v1/signals' ),
			'sidecar_last_answered_at' => $this->position->seen_at(),
		);
	}

	public function is_configured(): bool {
		return null !== $this->settings->sidecar_url() && null !== $this->settings->sidecar_key();
	}

	/** @return array{set: bool, usable: bool, from: string} */
	private function one( string $name, bool $usable ): array {
		return array(
			'set'    => $this->settings->is_set( $name ),
			'usable' => $usable,
			'from'   => $this->settings->origin( $name ),
		);
	}
}

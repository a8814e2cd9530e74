<?php
/**
 * Plugins switched on and off, by their file such as `akismet/akismet.php`.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Events;

use Tocsin\Outbox\Event;

final class Plugin_Events {

	public function __construct( private readonly Recorder $recorder ) {}

	public function on_activated( mixed $plugin, mixed $network_wide ): void {
		$this->record( 'plugin.activated', $plugin, $network_wide );
	}

	public function on_deactivated( mixed $plugin, mixed $network_wide ): void {
		$this->record( 'plugin.deactivated', $plugin, $network_wide );
	}

	private function record( string $kind, mixed $plugin, mixed $network_wide ): void {
		$data = array(
			'plugin'       => substr( (string) $plugin, 0, 255 ),
			'network_wide' => (bool) $network_wide,
		);
		$this->recorder->record( new Event( $kind, 'plugin', 0, $data ) );
	}
}

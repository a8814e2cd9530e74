<?php
/**
 * Takes everything back that the plugin put into WordPress, on every site.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Install;

use Tocsin\Outbox\Outbox_Position;
use Tocsin\Outbox\Outbox_Schema;
use Tocsin\Rest\Status_Observer;
use Tocsin\Settings\Settings;

final class Uninstaller {

	public function uninstall(): void {
		Sites::each( $this->uninstall_here( ... ) );
	}

	private function uninstall_here(): void {
		( new Outbox_Schema() )->drop();
		( new Capabilities() )->revoke();
		foreach ( array( ...Settings::OPTIONS, Outbox_Position::OPTION, Installer::VERSION_OPTION ) as $option ) {
			delete_option( $option );
		}
		delete_transient( Status_Observer::BUBBLE_TRANSIENT );
	}
}

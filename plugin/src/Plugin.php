<?php
/**
 * Composition root: makes every part once and lets each attach its own hooks. Decides nothing itself.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin;

use Tocsin\Admin\Menu_Page;
use Tocsin\Admin\Page_Assets;
use Tocsin\Admin\Privacy_Text;
use Tocsin\Events\Hook_Table;
use Tocsin\Events\Recorder;
use Tocsin\Health\Health_Checks;
use Tocsin\Health\Site_Health;
use Tocsin\Install\Installer;
use Tocsin\Outbox\Outbox;
use Tocsin\Outbox\Outbox_Position;
use Tocsin\Rest\Forwarder;
use Tocsin\Rest\Problem_Errors;
use Tocsin\Rest\Relayed_Output;
use Tocsin\Rest\Settings_Routes;
use Tocsin\Rest\Sidecar_Routes;
use Tocsin\Rest\Signals_Route;
use Tocsin\Rest\Status_Observer;
use Tocsin\Settings\Settings;
use Tocsin\Settings\Settings_State;
use Tocsin\Sidecar\Sidecar_Client;
use Tocsin\WooCommerce\Feature_Declarations;

final class Plugin {

	public function __construct( private readonly string $main_file ) {}

	public function register(): void {
		$settings = new Settings();
		$outbox   = new Outbox();
		$position = new Outbox_Position();
		$client   = new Sidecar_Client( $settings );
		$state    = new Settings_State( $settings, $position );
		$observer = new Status_Observer( $outbox, $position );
		$checks   = new Health_Checks( $settings, $client, $outbox, $position );

		( new Installer( $this->main_file ) )->register();
		( new Feature_Declarations( $this->main_file ) )->register();
		( new Hook_Table( new Recorder( $outbox ) ) )->register();

		( new Problem_Errors() )->register();
		( new Relayed_Output() )->register();
		( new Sidecar_Routes( new Forwarder( $client, $observer ) ) )->register();
		( new Signals_Route( $settings, $outbox ) )->register();
		( new Settings_Routes( $settings, $state ) )->register();
		( new Site_Health( $checks ) )->register();

		( new Menu_Page( new Page_Assets( $this->main_file, $state ) ) )->register();
		( new Privacy_Text() )->register();
	}
}

<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Admin;

use Tocsin\Admin\Menu_Page;
use Tocsin\Admin\Page_Assets;
use Tocsin\Outbox\Outbox_Position;
use Tocsin\Rest\Status_Observer;
use Tocsin\Settings\Settings;
use Tocsin\Settings\Settings_State;
use Tocsin\Tests\Plugin_Test_Case;

final class Menu_Page_Test extends Plugin_Test_Case {

	private string $folder;

	protected function setUp(): void {
		parent::setUp();
		// A plugin folder with a small build of its own: the real one may be built or not while this runs.
		$this->folder = sys_get_temp_dir() . '/tocsin-assets-' . bin2hex( random_bytes( 4 ) );
		mkdir( "{$this->folder}/assets", 0700, true );
		file_put_contents( "{$this->folder}/assets/index.js", '' );
		file_put_contents( "{$this->folder}/assets/index.asset.php", "<?php return array( 'dependencies' => array( 'wp-element' ), 'version' => 'abc' );" );
		file_put_contents( "{$this->folder}/assets/style-index.css", '' );
	}

	protected function tearDown(): void {
		global $menu, $submenu, $admin_page_hooks;
		array_map( 'unlink', glob( "{$this->folder}/assets/*" ) );
		rmdir( "{$this->folder}/assets" );
		rmdir( $this->folder );
		$menu             = array();
		$submenu          = array();
		$admin_page_hooks = array();
		wp_dequeue_script( 'tocsin-admin' );
		wp_deregister_script( 'tocsin-admin' );
		wp_dequeue_style( 'tocsin-admin-style-index' );
		wp_deregister_style( 'tocsin-admin-style-index' );
		parent::tearDown();
	}

	public function test_scripts_load_on_our_page_and_on_no_other(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		[ $assets, $page ] = $this->page();
		$page->add();
		foreach ( array( 'index.php', 'edit.php', 'plugins.php', 'woocommerce_page_wc-orders', 'toplevel_page_tocsin-other' ) as $other ) {
			$assets->enqueue( $other );
			self::assertFalse( wp_script_is( 'tocsin-admin' ), $other );
		}
		$assets->enqueue( 'toplevel_page_tocsin' );
		self::assertTrue( wp_script_is( 'tocsin-admin' ) );
		self::assertTrue( wp_style_is( 'tocsin-admin-style-index' ) );
		self::assertFalse( wp_style_is( 'tocsin-admin-index' ), 'a style that was not built is not asked for' );
		self::assertSame( array( 'wp-element', 'wp-i18n' ), wp_scripts()->registered['tocsin-admin']->deps );
	}

	public function test_the_page_tells_the_application_what_it_needs_and_no_secret(): void {
		$this->connect( 'https://tocsin.example.com' );
		wp_set_current_user( $this->user( 'administrator' )->ID );
		[ $assets, $page ] = $this->page();
		$page->add();
		$assets->enqueue( 'toplevel_page_tocsin' );
		$script = implode( '', array_filter( wp_scripts()->registered['tocsin-admin']->extra['before'] ) );
		self::assertMatchesRegularExpression( '/^window\.tocsinSettings = \{.*\};$/s', $script );
		$settings = json_decode( substr( $script, strlen( 'window.tocsinSettings = ' ), -1 ), true );
		self::assertSame( array( 'tocsin/v1', array( 'tocsin_view', 'tocsin_prepare', 'tocsin_manage' ), true ), array( $settings['restRoot'], $settings['capabilities'], $settings['configured'] ) );
		self::assertSame( array( 'restRoot', 'capabilities', 'userId', 'timeZone', 'locale', 'configured', 'settings', 'adminUrl', 'pageUrl', 'version' ), array_keys( $settings ) );
		self::assertStringNotContainsString( 'whsec_', $script );
	}

	public function test_a_shop_manager_is_not_told_about_the_settings(): void {
		wp_set_current_user( $this->user( 'shop_manager' )->ID );
		[ $assets, $page ] = $this->page();
		$page->add();
		$assets->enqueue( 'toplevel_page_tocsin' );
		$script = implode( '', array_filter( wp_scripts()->registered['tocsin-admin']->extra['before'] ) );
		self::assertStringContainsString( '"capabilities":["tocsin_view"]', $script );
		self::assertStringContainsString( '"settings":null', $script );
	}

	public function test_without_a_build_the_page_says_what_to_run_and_loads_nothing(): void {
		wp_set_current_user( $this->user( 'administrator' )->ID );
		unlink( "{$this->folder}/assets/index.js" );
		[ $assets, $page ] = $this->page();
		$page->add();
		$assets->enqueue( 'toplevel_page_tocsin' );
		self::assertFalse( wp_script_is( 'tocsin-admin' ) );
		$html = $this->html( $page );
		self::assertStringContainsString( 'npm run build', $html );
		self::assertStringContainsString( 'notice-error', $html );
	}

	public function test_the_page_is_an_empty_place_with_words_for_browsers_without_scripts(): void {
		[ , $page ] = $this->page();
		$html       = $this->html( $page );
		self::assertStringContainsString( '<div id="tocsin-app"></div>', $html );
		self::assertStringContainsString( '<noscript>', $html );
	}

	public function test_the_bubble_shows_what_the_last_status_said(): void {
		global $menu;
		wp_set_current_user( $this->user( 'administrator' )->ID );
		[ , $page ] = $this->page();
		$page->add();
		self::assertStringNotContainsString( 'awaiting-mod', end( $menu )[0] );
		set_transient( Status_Observer::BUBBLE_TRANSIENT, 3, 60 );
		$page->add();
		self::assertStringContainsString( 'count-3', end( $menu )[0] );
		self::assertStringContainsString( '3 open incidents', end( $menu )[0] );
	}

	public function test_the_menu_entry_needs_the_capability_to_view(): void {
		global $menu;
		wp_set_current_user( $this->user( 'administrator' )->ID );
		[ , $page ] = $this->page();
		$page->add();
		self::assertSame( array( 'tocsin_view', 'tocsin' ), array( end( $menu )[1], end( $menu )[2] ) );
	}

	/** @return array{Page_Assets, Menu_Page} */
	private function page(): array {
		$assets = new Page_Assets( "{$this->folder}/tocsin.php", new Settings_State( new Settings(), new Outbox_Position() ) );
		return array( $assets, new Menu_Page( $assets ) );
	}

	private function html( Menu_Page $page ): string {
		ob_start();
		$page->render();
		return (string) ob_get_clean();
	}
}

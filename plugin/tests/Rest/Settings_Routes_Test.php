<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Rest;

use Tocsin\Tests\Plugin_Test_Case;

final class Settings_Routes_Test extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		wp_set_current_user( $this->user( 'administrator' )->ID );
	}

	public function test_settings_are_kept_outside_the_autoloaded_options_and_no_key_comes_back(): void {
		global $wpdb;
		$response = $this->save( array( 'sidecar_url' => ' https://Tocsin.example.com:8443/ ', 'sidecar_key' => self::SIDECAR_KEY, 'signal_key' => self::SIGNAL_KEY ) );

		self::assertSame( 200, $response->get_status(), (string) wp_json_encode( $response->get_data() ) );
		$data = $this->request( 'GET', '/tocsin/v1/settings' )->get_data();
		self::assertTrue( $data['configured'] );
		self::assertSame( array( 'set' => true, 'usable' => true, 'from' => 'option', 'value' => 'https://tocsin.example.com:8443' ), $data['sidecar_url'] );
		self::assertSame( array( 'set' => true, 'usable' => true, 'from' => 'option' ), $data['sidecar_key'] );
		self::assertStringNotContainsString( 'whsec_', (string) wp_json_encode( array( $data, $response->get_data() ) ) );
		$autoloaded = $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name IN ('tocsin_sidecar_url','tocsin_sidecar_key','tocsin_signal_key') AND autoload IN ('yes','on','auto','auto-on')" );
		self::assertSame( array(), $autoloaded );
	}

	public function test_an_empty_text_removes_a_setting_and_a_missing_one_stays(): void {
		$this->connect( 'https://tocsin.example.com' );
		$data = $this->save( array( 'sidecar_key' => '' ) )->get_data();
		self::assertSame( array( false, true, false ), array( $data['sidecar_key']['set'], $data['sidecar_url']['set'], $data['configured'] ) );
	}

	/** @dataProvider bad_settings */
	public function test_bad_settings_are_refused_with_the_field_and_nothing_is_changed( mixed $given, array $pointers ): void {
		$this->connect( 'https://tocsin.example.com' );
		$response = $this->save( $given );
		self::assertSame( array( 422, 'settings.invalid' ), array( $response->get_status(), $this->code( $response ) ) );
		self::assertSame( $pointers, array_column( $response->get_data()['errors'] ?? array(), 'pointer' ) );
		self::assertSame( 'https://tocsin.example.com', get_option( 'tocsin_sidecar_url' ) );
		self::assertStringNotContainsString( 'c2hvcnQ', (string) wp_json_encode( $response->get_data() ), 'a refused key must not be repeated' );
	}

	public function bad_settings(): iterable {
		yield 'nothing' => array( array(), array() );
		yield 'unknown' => array( array( 'url' => 'x' ), array( '/url' ) );
		yield 'one good, one bad' => array( array( 'sidecar_url' => 'https://other.example.com', 'sidecar_key' => 'whsec_c2hvcnQ=' ), array( '/sidecar_key' ) );
		yield 'no text' => array( array( 'sidecar_url' => array( 'a' ) ), array( '/sidecar_url' ) );
		foreach ( array( 'ftp://a.example.com', 'tocsin.example.com', 'https://', 'https://u:p@tocsin.example.com', 'https://tocsin.example.com/api', 'https://tocsin.example.com?x=1', 'http://tocsin.example.com', 'http://8.8.8.8' ) as $url ) {
			yield $url => array( array( 'sidecar_url' => $url ), array( '/sidecar_url' ) );
		}
	}

	public function test_plain_http_is_allowed_on_private_networks(): void {
		foreach ( array( 'http://127.0.0.1:8700', 'http://localhost:8700', 'http://10.1.2.3', 'http://[::1]:8700', 'http://sidecar:8700', 'http://tocsin.internal' ) as $url ) {
			self::assertSame( 200, $this->save( array( 'sidecar_url' => $url ) )->get_status(), $url );
		}
	}

	public function test_only_who_may_manage_sees_or_changes_settings(): void {
		foreach ( array( 'shop_manager' => 403, 'customer' => 403, 'editor' => 403, 'anonymous' => 401 ) as $role => $status ) {
			wp_set_current_user( 'anonymous' === $role ? 0 : $this->user( $role )->ID );
			self::assertSame( $status, $this->request( 'GET', '/tocsin/v1/settings' )->get_status(), $role );
			self::assertSame( $status, $this->save( array( 'sidecar_key' => '' ) )->get_status(), $role );
		}
	}

	public function test_a_constant_wins_and_cannot_be_changed_from_the_browser(): void {
		$script = 'define( "TOCSIN_SIDECAR_URL", "https://fixed.example.com" ); define( "TOCSIN_SIDECAR_KEY", ' . var_export( self::SIDECAR_KEY, true ) . ' );'
			. '$_SERVER["HTTP_HOST"] = $_SERVER["SERVER_NAME"] = "localhost"; require ' . var_export( ABSPATH . 'wp-load.php', true ) . ';'
			. 'wp_set_current_user( (int) get_users( array( "role" => "administrator", "number" => 1, "fields" => "ID" ) )[0] );'
			. '$r = new WP_REST_Request( "POST", "/tocsin/v1/settings" ); $r->set_header( "content-type", "application/json" ); $r->set_body( "{\"sidecar_key\":\"\"}" );'
			. 'echo "ANSWER" . wp_json_encode( array( rest_do_request( $r )->get_data(), rest_do_request( new WP_REST_Request( "GET", "/tocsin/v1/settings" ) )->get_data() ) );';
		$output = (string) shell_exec( escapeshellarg( PHP_BINARY ) . ' -r ' . escapeshellarg( $script ) );

		[ $refusal, $settings ] = json_decode( explode( 'ANSWER', $output )[1], true );
		self::assertSame( array( 'settings.invalid', '/sidecar_key' ), array( $refusal['code'], $refusal['errors'][0]['pointer'] ) );
		self::assertSame( array( 'constant', 'https://fixed.example.com', 'constant', true ), array( $settings['sidecar_url']['from'], $settings['sidecar_url']['value'], $settings['sidecar_key']['from'], $settings['configured'] ) );
		self::assertStringNotContainsString( 'whsec_', $output );
	}

	private function save( array $settings ): \WP_REST_Response {
		return $this->request( 'POST', '/tocsin/v1/settings', array(), (string) wp_json_encode( (object) $settings ) );
	}
}

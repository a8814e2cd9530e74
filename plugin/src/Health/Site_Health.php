<?php
/**
 * Adds the checks to Tools > Site Health. Those that call the sidecar run after the page has loaded, so that a dead sidecar
 * does not hold it up.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Health;

use Tocsin\Rest\Capability_Check;

final class Site_Health {

	private const DIRECT = array( 'settings' );
	private const ASYNC  = array( 'sidecar', 'clocks', 'outbox' );

	public function __construct( private readonly Health_Checks $checks ) {}

	public function register(): void {
		add_filter( 'site_status_tests', array( $this, 'add_tests' ) );
		add_action( 'rest_api_init', array( $this, 'register_routes' ) );
	}

	/**
	 * @param array<string, array<string, mixed>> $tests
	 * @return array<string, array<string, mixed>>
	 */
	public function add_tests( array $tests ): array {
		$labels = array(
			'settings' => __( 'Tocsin: settings', 'tocsin' ),
			'sidecar'  => __( 'Tocsin: sidecar', 'tocsin' ),
			'clocks'   => __( 'Tocsin: clocks', 'tocsin' ),
			'outbox'   => __( 'Tocsin: outbox', 'tocsin' ),
		);
		foreach ( self::DIRECT as $name ) {
			$tests['direct'][ "tocsin_{$name}" ] = array(
				'label' => $labels[ $name ],
				'test'  => fn(): array => $this->run( $name ),
			);
		}
		foreach ( self::ASYNC as $name ) {
			$tests['async'][ "tocsin_{$name}" ] = array(
				'label'             => $labels[ $name ],
				'test'              => rest_url( "tocsin/v1/site-health/{$name}" ),
				'has_rest'          => true,
				'async_direct_test' => fn(): array => $this->run( $name ),
			);
		}
		return $tests;
	}

	public function register_routes(): void {
		foreach ( self::ASYNC as $name ) {
			register_rest_route(
				'tocsin/v1',
				"/site-health/{$name}",
				array(
					'methods'             => 'GET',
					'callback'            => fn(): array => $this->run( $name ),
					'permission_callback' => new Capability_Check( 'view_site_health_checks' ),
					'show_in_index'       => false,
				)
			);
		}
	}

	/** @return array<string, mixed> */
	public function run( string $name ): array {
		return $this->checks->$name()->for_site_health( "tocsin_{$name}" );
	}
}

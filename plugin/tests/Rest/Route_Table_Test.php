<?php
declare( strict_types=1 );

namespace Tocsin\Tests\Rest;

use PHPUnit\Framework\TestCase;
use Tocsin\Rest\Route_Table;

final class Route_Table_Test extends TestCase {

	public function test_the_table_equals_the_contract_of_the_sidecar(): void {
		$contract = self::contract();
		self::assertGreaterThan( 25, count( $contract ), 'the contract could not be read' );

		$ours = array();
		foreach ( Route_Table::routes() as $name => $route ) {
			$ours[ $name ] = array( $route->method, $route->path, $route->capability );
		}
		ksort( $ours );
		ksort( $contract );
		self::assertSame( $contract, $ours );
	}

	public function test_every_route_is_registered_under_its_own_path(): void {
		$registered = rest_get_server()->get_routes( 'tocsin/v1' );
		foreach ( Route_Table::routes() as $name => $route ) {
			$handlers = $registered[ '/tocsin/v1' . $route->wordpress_path() ] ?? array();
			$methods  = array_merge( ...array_map( static fn( array $handler ): array => array_keys( $handler['methods'] ), $handlers ) );
			self::assertContains( $route->method, $methods, $name );
			foreach ( $handlers as $handler ) {
				self::assertNotSame( '__return_true', $handler['permission_callback'], $name );
			}
		}
	}

	/** @return array<string, array{string, string, string}> Routes of routes.ts that the plugin may call. */
	private static function contract(): array {
		$source = (string) file_get_contents( dirname( __DIR__, 3 ) . '/sidecar/src/contract/routes.ts' );
		preg_match_all( "/^  (\w+): \{\s+method: '([A-Z]+)',\s+path: '([^']+)',\s+access: (view|prepare|manage),/m", $source, $matches, PREG_SET_ORDER );
		$routes = array();
		foreach ( $matches as $match ) {
			$routes[ $match[1] ] = array( $match[2], $match[3], "tocsin_{$match[4]}" );
		}
		return $routes;
	}
}

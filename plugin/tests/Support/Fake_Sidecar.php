<?php
/**
 * The outside end of the plugin's calls: starts fake-sidecar/router.php, tells it how to answer, reads what it took.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Tests;

final class Fake_Sidecar {

	private function __construct(
		private readonly Local_Server $server,
		private readonly string $folder,
	) {}

	public static function start( string $key ): self {
		$folder = sys_get_temp_dir() . '/tocsin-fake-' . bin2hex( random_bytes( 6 ) );
		mkdir( $folder );
		file_put_contents( "{$folder}/key", $key );
		file_put_contents( "{$folder}/order.json", '{}' );
		$router = dirname( __DIR__ ) . '/fake-sidecar/router.php';
		return new self( Local_Server::start( $folder, $router, array( 'TOCSIN_FAKE_DIR' => $folder ) ), $folder );
	}

	public function url(): string {
		return "http://127.0.0.1:{$this->server->port}";
	}

	/** How to answer from now on; any of status, headers (lines), body, repeat (so many bytes), seconds (to wait). */
	public function answer( array $order ): void {
		if ( isset( $order['body'] ) ) {
			$order['body'] = base64_encode( $order['body'] );
		}
		file_put_contents( "{$this->folder}/order.json", json_encode( (object) $order ) );
	}

	/** Requests with a good signature, oldest first; forgets them. */
	public function taken(): array {
		$file = "{$this->folder}/taken.jsonl";
		if ( ! is_file( $file ) ) {
			return array();
		}
		$taken = array_map( static fn( string $line ): array => json_decode( $line, true ), file( $file, FILE_IGNORE_NEW_LINES ) );
		unlink( $file );
		return $taken;
	}

	public function stop(): void {
		$this->server->stop();
		foreach ( glob( "{$this->folder}/*" ) as $path ) {
			is_dir( $path ) ? rmdir( $path ) : unlink( $path );
		}
		rmdir( $this->folder );
	}
}

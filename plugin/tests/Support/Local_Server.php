<?php
/**
 * A `php -S` on a free loopback port, gone when stopped. start() returns once it accepts connections.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Tests;

final class Local_Server {

	/** @var resource */
	private $process;

	private function __construct( public readonly int $port, $process ) {
		$this->process = $process;
	}

	/** @param array<string, string> $environment */
	public static function start( string $root, ?string $router, array $environment = array() ): self {
		$port    = self::free_port();
		$command = array_filter( array( PHP_BINARY, '-d', 'display_errors=0', '-d', 'log_errors=0', '-S', "127.0.0.1:{$port}", '-t', $root, $router ) );
		$process = proc_open( array_values( $command ), array( array( 'file', '/dev/null', 'r' ), array( 'file', '/dev/null', 'w' ), array( 'file', '/dev/null', 'w' ) ), $pipes, null, $environment + array( 'PHP_CLI_SERVER_WORKERS' => '4', 'PATH' => (string) getenv( 'PATH' ) ) );
		$server  = new self( $port, $process );
		$until   = microtime( true ) + 10;
		while ( ! ( $socket = @fsockopen( '127.0.0.1', $port ) ) ) {
			if ( microtime( true ) > $until ) {
				$server->stop();
				throw new \RuntimeException( 'the local server did not come up within 10 seconds' );
			}
			usleep( 20000 );
		}
		fclose( $socket );
		return $server;
	}

	public static function free_port(): int {
		$socket = stream_socket_server( 'tcp://127.0.0.1:0' );
		$port   = (int) substr( strrchr( stream_socket_get_name( $socket, false ), ':' ), 1 );
		fclose( $socket );
		return $port;
	}

	/** Ends the server and its workers, each by its own id. */
	public function stop(): void {
		if ( ! is_resource( $this->process ) ) {
			return;
		}
		$pid      = proc_get_status( $this->process )['pid'];
		$children = (string) @file_get_contents( "/proc/{$pid}/task/{$pid}/children" );
		foreach ( array_filter( explode( ' ', $children ) ) as $child ) {
			posix_kill( (int) $child, SIGKILL );
		}
		proc_terminate( $this->process, SIGKILL );
		proc_close( $this->process );
	}
}

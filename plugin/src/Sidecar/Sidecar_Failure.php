<?php
/**
 * The sidecar gave no usable answer. Each kind says what still works and what to do next.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Sidecar;

final class Sidecar_Failure extends \Exception {

	/**
	 * @param string                                $state   Value of the header `Tocsin-Sidecar`.
	 * @param int                                   $status  HTTP status for the browser.
	 * @param string                                $title   What was wrong, in one sentence.
	 * @param string                                $detail  What still works and what to do next.
	 * @param array<string, string|int|float|bool>  $context Small facts for support; no personal data.
	 */
	private function __construct(
		public readonly string $state,
		public readonly int $status,
		public readonly string $title,
		public readonly string $detail,
		public readonly array $context = array(),
	) {
		parent::__construct( "tocsin.sidecar_{$state}" );
	}

	/** Stable code, such as `tocsin.sidecar_unreachable`. */
	public function problem_code(): string {
		return $this->getMessage();
	}

	public static function not_configured(): self {
		return new self(
			'not_configured',
			503,
			__( "Couldn't ask the sidecar: this site is not connected to one.", 'tocsin' ),
			__( 'Store events and signals are still kept in the outbox. To connect, set TOCSIN_SIDECAR_URL and TOCSIN_SIDECAR_KEY in wp-config.php, or fill them in on the settings screen of Tocsin.', 'tocsin' )
		);
	}

	public static function unreachable( string $origin, string $reason ): self {
		return new self(
			'unreachable',
			503,
			/* translators: %s: address of the sidecar. */
			sprintf( __( "Couldn't reach the sidecar at %s.", 'tocsin' ), $origin ),
			self::advice( $reason ) . ' ' . __( 'Store events and signals are still kept in the outbox and are read later. If the sidecar itself runs, approved notices go on being sent, and its own console does the same job as this screen.', 'tocsin' ),
			array( 'reason' => $reason )
		);
	}

	public static function slow( string $origin, Sidecar_Request $request ): self {
		return new self(
			'slow',
			504,
			/* translators: 1: address of the sidecar, 2: number of seconds. */
			sprintf( __( 'The sidecar at %1$s did not answer within %2$d seconds.', 'tocsin' ), $origin, $request->timeout() ),
			$request->is_change()
				? __( 'The change may have been made all the same: reload the page before you try again. If it stays slow, look at the log of the sidecar or use its own console.', 'tocsin' )
				: __( 'Nothing was changed. Try again; if it stays slow, look at the log of the sidecar or use its own console.', 'tocsin' ),
			array( 'seconds' => $request->timeout() )
		);
	}

	/** @param array<string, string|int|float|bool> $context */
	public static function bad_answer( string $origin, string $reason, array $context = array() ): self {
		return new self(
			'bad_answer',
			502,
			/* translators: %s: address of the sidecar. */
			sprintf( __( "Couldn't use the answer from %s: it is not what a Tocsin sidecar sends.", 'tocsin' ), $origin ),
			__( 'Check that the address points to the sidecar itself and that no proxy in between replaces its answers. Store events and signals are still kept in the outbox. A change that was just asked for may have been made: reload the page before you try again.', 'tocsin' ),
			array( 'reason' => $reason ) + $context
		);
	}

	private static function advice( string $reason ): string {
		return match ( $reason ) {
			'blocked' => __( 'WordPress is told to block calls to other hosts: add the host of the sidecar to WP_ACCESSIBLE_HOSTS in wp-config.php.', 'tocsin' ),
			'dns'     => __( 'Its name is unknown to this server: check the address for a typing mistake.', 'tocsin' ),
			'tls'     => __( 'Its certificate is not trusted by this server: check that it is valid for this name and not expired.', 'tocsin' ),
			default   => __( 'Check that it runs and that this server may open a connection to it.', 'tocsin' ),
		};
	}
}

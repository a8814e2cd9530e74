<?php
/**
 * Four questions an administrator asks: are the settings complete, does the sidecar answer, do the clocks agree, and is the
 * outbox being read. Each answers with what to do. Something that could not be looked at is never "good".
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Health;

use Tocsin\Install\Capabilities;
use Tocsin\Outbox\Outbox;
use Tocsin\Outbox\Outbox_Position;
use Tocsin\Settings\Settings;
use Tocsin\Sidecar\Actor;
use Tocsin\Sidecar\Sidecar_Answer;
use Tocsin\Sidecar\Sidecar_Client;
use Tocsin\Sidecar\Sidecar_Failure;
use Tocsin\Sidecar\Sidecar_Request;

final class Health_Checks {

	/** Signed calls are refused from 300 seconds on; warn long before. */
	private const CLOCK_SECONDS = 60;
	/** The sidecar reads every few seconds. */
	private const UNREAD_SECONDS = 10 * MINUTE_IN_SECONDS;

	public function __construct(
		private readonly Settings $settings,
		private readonly Sidecar_Client $client,
		private readonly Outbox $outbox,
		private readonly Outbox_Position $position,
	) {}

	public function settings(): Health_Result {
		$missing = array();
		foreach ( array(
			'TOCSIN_SIDECAR_URL' => $this->settings->sidecar_url(),
			'TOCSIN_SIDECAR_KEY' => $this->settings->sidecar_key(),
			'TOCSIN_SIGNAL_KEY'  => $this->settings->signal_key(),
		) as $name => $value ) {
			if ( null === $value ) {
				$missing[] = $name;
			}
		}
		if ( array() === $missing ) {
			return Health_Result::good( __( 'Tocsin is fully set up', 'tocsin' ), __( 'The address of the sidecar and both keys are there.', 'tocsin' ) );
		}
		$only_signals = array( 'TOCSIN_SIGNAL_KEY' ) === $missing;
		/* translators: %s: names of settings. */
		$description = sprintf( __( 'Missing or not usable: %s. Set them in wp-config.php or on the settings screen of Tocsin.', 'tocsin' ), implode( ', ', $missing ) );
		return $only_signals
			? Health_Result::recommended( __( 'Tocsin cannot take signals from security tools', 'tocsin' ), $description )
			: Health_Result::critical( __( 'Tocsin is not connected to its sidecar', 'tocsin' ), $description );
	}

	public function sidecar(): Health_Result {
		try {
			$answer = $this->ask();
		} catch ( Sidecar_Failure $failure ) {
			return Health_Result::critical( __( 'The Tocsin sidecar does not answer', 'tocsin' ), "{$failure->title} {$failure->detail}" );
		}
		if ( 200 !== $answer->status ) {
			$code = is_object( $answer->data ) && is_string( $answer->data->code ?? null ) ? $answer->data->code : (string) $answer->status;
			/* translators: %s: error code. */
			return Health_Result::critical( __( 'The Tocsin sidecar refuses this site', 'tocsin' ), sprintf( __( 'It answered with %s. Check that TOCSIN_SIDECAR_KEY is the same on both sides and that the clocks agree.', 'tocsin' ), $code ) );
		}
		if ( is_object( $answer->data ) && false === ( $answer->data->ready ?? true ) ) {
			return Health_Result::recommended( __( 'The Tocsin sidecar runs but is not ready', 'tocsin' ), __( 'One of the things it depends on is not well. The health screen of Tocsin says which.', 'tocsin' ) );
		}
		return Health_Result::good( __( 'The Tocsin sidecar answers', 'tocsin' ), __( 'It was reached and accepted the call of this site.', 'tocsin' ) );
	}

	public function clocks(): Health_Result {
		try {
			$before = time();
			$answer = $this->ask();
			$after  = time();
		} catch ( Sidecar_Failure $failure ) {
			return Health_Result::recommended( __( 'The clocks of this site and the Tocsin sidecar could not be compared', 'tocsin' ), "{$failure->title} {$failure->detail}" );
		}
		$now   = is_object( $answer->data ) && is_string( $answer->data->now ?? null ) ? $answer->data->now : $answer->date;
		$other = '' === $now ? false : strtotime( $now );
		if ( false === $other ) {
			return Health_Result::recommended( __( 'The clocks of this site and the Tocsin sidecar could not be compared', 'tocsin' ), __( 'The answer of the sidecar did not say what time it has.', 'tocsin' ) );
		}
		// The answer was written at some moment between asking and receiving.
		$apart = max( 0, $before - $other, $other - $after );
		if ( $apart <= self::CLOCK_SECONDS ) {
			return Health_Result::good( __( 'The clocks of this site and the Tocsin sidecar agree', 'tocsin' ), __( 'They are less than a minute apart.', 'tocsin' ) );
		}
		/* translators: %d: number of seconds. */
		return Health_Result::critical( __( 'The clocks of this site and the Tocsin sidecar disagree', 'tocsin' ), sprintf( __( 'They are %d seconds apart; from 300 on every call is refused. Set both clocks by NTP.', 'tocsin' ), $apart ) );
	}

	public function outbox(): Health_Result {
		try {
			$this->learn_position( $this->ask() );
			$answered = true;
		} catch ( Sidecar_Failure ) {
			$answered = false;
		}
		$unread = $this->outbox->unread( $this->position->known() );
		if ( null === $unread ) {
			return Health_Result::critical( __( 'The outbox of Tocsin cannot be read', 'tocsin' ), __( 'Store events and signals are not being kept. Switch the plugin off and on again to make its table; if that does not help, check the rights of the database user.', 'tocsin' ) );
		}
		$age = $unread['oldest_age_seconds'];
		if ( null === $age || $age < self::UNREAD_SECONDS ) {
			return $answered
				? Health_Result::good( __( 'The outbox of Tocsin is being read', 'tocsin' ), __( 'No event waits for long.', 'tocsin' ) )
				: Health_Result::recommended( __( 'Nobody said lately how far the outbox of Tocsin was read', 'tocsin' ), __( 'As far as known no event waits for long, but the sidecar did not answer just now.', 'tocsin' ) );
		}
		/* translators: 1: number of events, 2: a length of time such as "3 hours". */
		$description = sprintf( __( '%1$d events wait, the oldest for %2$s. Nothing is lost, but nobody sees them: check that the sidecar runs and that its database user may read the table.', 'tocsin' ), $unread['rows'], human_time_diff( time() - $age ) );
		return Health_Result::critical( __( 'The outbox of Tocsin grows', 'tocsin' ), $description );
	}

	/**
	 * Signed for the user who looks. The weekly check runs without a user; the plugin vouches for nobody then and only knocks.
	 *
	 * @throws Sidecar_Failure
	 */
	private function ask(): Sidecar_Answer {
		if ( null === $this->settings->sidecar_key() ) {
			throw Sidecar_Failure::not_configured();
		}
		return current_user_can( Capabilities::VIEW )
			? $this->client->send( new Sidecar_Request( 'GET', '/v1/status' ), Actor::of( wp_get_current_user() ) )
			: $this->client->knock();
	}

	private function learn_position( Sidecar_Answer $answer ): void {
		$position = is_object( $answer->data ) ? ( $answer->data->outbox->position ?? null ) : null;
		if ( is_int( $position ) && $position >= 0 ) {
			$this->position->remember( $position, time() );
		}
	}
}

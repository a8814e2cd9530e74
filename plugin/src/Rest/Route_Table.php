<?php
/**
 * Every route that is forwarded to the sidecar, once. A test compares it with the sidecar's contract line by line.
 *
 * @package Tocsin
 */

declare( strict_types=1 );

namespace Tocsin\Rest;

use Tocsin\Install\Capabilities;

final class Route_Table {

	/** @return array<string, Route> By the name the contract gives them. */
	public static function routes(): array {
		$view    = Capabilities::VIEW;
		$prepare = Capabilities::PREPARE;
		$manage  = Capabilities::MANAGE;
		$page    = self::page();
		$state   = array( 'state' => self::text( 20 ) );

		return array(
			'status'                => new Route( 'GET', '/v1/status', $view, is_status: true ),
			'health'                => new Route( 'GET', '/v1/health', $manage ),
			'listIncidents'         => new Route( 'GET', '/v1/incidents', $view, $page + $state + array( 'search' => self::text( 200 ) ) ),
			'declareIncident'       => new Route( 'POST', '/v1/incidents', $prepare ),
			'readIncident'          => new Route( 'GET', '/v1/incidents/:id', $view ),
			'changeIncident'        => new Route( 'PATCH', '/v1/incidents/:id', $prepare ),
			'moveIncident'          => new Route( 'POST', '/v1/incidents/:id/transitions', $prepare ),
			'readTimeline'          => new Route( 'GET', '/v1/incidents/:id/timeline', $view, $page ),
			'storeFacts'            => new Route( 'GET', '/v1/store', $view ),
			'startPreview'          => new Route( 'POST', '/v1/previews', $prepare ),
			'readPreview'           => new Route( 'GET', '/v1/previews/:id', $prepare ),
			'setScope'              => new Route( 'PUT', '/v1/incidents/:id/scope', $prepare ),
			'freezeAudience'        => new Route( 'POST', '/v1/incidents/:id/audience', $prepare ),
			'listPeople'            => new Route( 'GET', '/v1/incidents/:id/people', $prepare, $page + self::people() ),
			'readPerson'            => new Route( 'GET', '/v1/incidents/:id/people/:number', $prepare ),
			'listHints'             => new Route( 'GET', '/v1/incidents/:id/hints', $prepare, $page + $state + array( 'kind' => self::text( 20 ) ) ),
			'decideIdentity'        => new Route( 'POST', '/v1/incidents/:id/identity-decisions', $prepare ),
			'listIdentityDecisions' => new Route( 'GET', '/v1/incidents/:id/identity-decisions', $view, $page ),
			'undoIdentityDecision'  => new Route( 'POST', '/v1/identity-decisions/:id/undo', $prepare ),
			'audienceChanges'       => new Route( 'GET', '/v1/incidents/:id/audience-changes', $prepare, $page ),
			'readDataMap'           => new Route( 'GET', '/v1/data-map', $view ),
			'startScan'             => new Route( 'POST', '/v1/data-map/scan', $prepare ),
			'mapPlace'              => new Route( 'POST', '/v1/data-map/sources', $manage ),
			'ignorePlace'           => new Route( 'POST', '/v1/data-map/ignore', $manage ),
			'listTemplates'         => new Route( 'GET', '/v1/templates', $view ),
			'previewNotice'         => new Route( 'POST', '/v1/incidents/:id/notice-preview', $prepare ),
			'setNotice'             => new Route( 'PUT', '/v1/incidents/:id/notice', $prepare ),
			'requestApproval'       => new Route( 'POST', '/v1/incidents/:id/manifest', $prepare ),
			'readManifest'          => new Route( 'GET', '/v1/manifests/:id', $view ),
			'withdrawManifest'      => new Route( 'POST', '/v1/manifests/:id/withdraw', $prepare ),
			'readDispatch'          => new Route( 'GET', '/v1/dispatches/:id', $view ),
			'listDeliveries'        => new Route( 'GET', '/v1/dispatches/:id/deliveries', $prepare, $page + $state + array( 'search' => self::text( 320 ) ) ),
			'readEvidence'          => new Route( 'GET', '/v1/evidence', $view ),
			'verifyEvidence'        => new Route( 'POST', '/v1/evidence/verify', $view ),
			'downloadBundle'        => new Route( 'GET', '/v1/evidence/bundle', $view, is_file: true ),
			'listSignals'           => new Route( 'GET', '/v1/signals', $view, $page + $state ),
			'dismissSignal'         => new Route( 'POST', '/v1/signals/:id/dismiss', $prepare ),
			'joinSignal'            => new Route( 'POST', '/v1/signals/:id/join', $prepare ),
		);
	}

	/** @return array<string, array<string, mixed>> */
	private static function page(): array {
		return array(
			'cursor' => self::text( 200 ),
			'limit'  => array(
				'type'    => 'integer',
				'minimum' => 1,
				'maximum' => 200,
			),
		);
	}

	/** @return array<string, array<string, mixed>> */
	private static function people(): array {
		return array(
			'search'         => self::text( 320 ),
			'contactability' => self::text( 20 ),
			'role'           => self::text( 20 ),
			'delivery_state' => self::text( 20 ),
			'country'        => self::text( 10 ),
		);
	}

	/** @return array<string, mixed> */
	private static function text( int $length ): array {
		return array(
			'type'      => 'string',
			'maxLength' => $length,
		);
	}
}

// One function per route of the store's API, typed from the contract. Nothing else builds a path.
import type {
	IdentityDecisionDraft,
	IgnorePlaceRequest,
	IncidentChange,
	IncidentDraft,
	IncidentTransition,
	MapPlaceRequest,
	NoticeDraft,
	ResponseOf,
	RouteName,
	Scope,
} from '@tocsin/sidecar/contract';
import type { SettingsChange, SettingsView } from './settings-view.ts';
import type { ApiRequest, QueryValue, Transport } from './transport.ts';

type Query = Record<string, QueryValue>;
type Signal = AbortSignal | undefined;

export function makeStoreApi(transport: Transport) {
	// The server checks its answers against the same schemas; checking again here would bring zod into the bundle.
	async function call<N extends RouteName>(_route: N, request: ApiRequest) {
		return (await transport.send(request)) as ResponseOf<N>;
	}
	const get = <N extends RouteName>(route: N, path: string, signal: Signal, query: Query = {}) =>
		call(route, { method: 'GET', path, query, signal });
	const post = <N extends RouteName>(route: N, path: string, body?: unknown, signal?: Signal) =>
		call(route, { method: 'POST', path, body, signal });
	const put = <N extends RouteName>(route: N, path: string, body: unknown) =>
		call(route, { method: 'PUT', path, body });

	return {
		status: (signal?: Signal) => get('status', '/status', signal),
		health: (signal?: Signal) => get('health', '/health', signal),
		storeFacts: (signal?: Signal) => get('storeFacts', '/store', signal),

		listIncidents: (query: Query, signal?: Signal) =>
			get('listIncidents', '/incidents', signal, query),
		declareIncident: (draft: IncidentDraft) => post('declareIncident', '/incidents', draft),
		readIncident: (id: string, signal?: Signal) =>
			get('readIncident', `/incidents/${id}`, signal),
		changeIncident: (id: string, change: IncidentChange) =>
			call('changeIncident', { method: 'PATCH', path: `/incidents/${id}`, body: change }),
		moveIncident: (id: string, transition: IncidentTransition) =>
			post('moveIncident', `/incidents/${id}/transitions`, transition),
		readTimeline: (id: string, query: Query, signal?: Signal) =>
			get('readTimeline', `/incidents/${id}/timeline`, signal, query),

		startPreview: (scope: Scope, signal?: Signal) =>
			post('startPreview', '/previews', scope, signal),
		readPreview: (id: string, signal?: Signal) => get('readPreview', `/previews/${id}`, signal),
		setScope: (id: string, scope: Scope) =>
			put('setScope', `/incidents/${id}/scope`, { scope }),
		freezeAudience: (id: string) => post('freezeAudience', `/incidents/${id}/audience`),
		listPeople: (id: string, query: Query, signal?: Signal) =>
			get('listPeople', `/incidents/${id}/people`, signal, query),
		readPerson: (id: string, number: number, signal?: Signal) =>
			get('readPerson', `/incidents/${id}/people/${number}`, signal),
		listHints: (id: string, query: Query, signal?: Signal) =>
			get('listHints', `/incidents/${id}/hints`, signal, query),
		decideIdentity: (id: string, draft: IdentityDecisionDraft) =>
			post('decideIdentity', `/incidents/${id}/identity-decisions`, draft),
		listIdentityDecisions: (id: string, query: Query, signal?: Signal) =>
			get('listIdentityDecisions', `/incidents/${id}/identity-decisions`, signal, query),
		undoIdentityDecision: (id: string) =>
			post('undoIdentityDecision', `/identity-decisions/${id}/undo`),
		audienceChanges: (id: string, query: Query, signal?: Signal) =>
			get('audienceChanges', `/incidents/${id}/audience-changes`, signal, query),

		readDataMap: (signal?: Signal) => get('readDataMap', '/data-map', signal),
		startScan: () => post('startScan', '/data-map/scan'),
		mapPlace: (request: MapPlaceRequest) => post('mapPlace', '/data-map/sources', request),
		ignorePlace: (request: IgnorePlaceRequest) =>
			post('ignorePlace', '/data-map/ignore', request),

		listTemplates: (signal?: Signal) => get('listTemplates', '/templates', signal),
		previewNotice: (id: string, draft: NoticeDraft, signal?: Signal) =>
			post('previewNotice', `/incidents/${id}/notice-preview`, draft, signal),
		setNotice: (id: string, draft: NoticeDraft) =>
			put('setNotice', `/incidents/${id}/notice`, draft),

		requestApproval: (id: string) => post('requestApproval', `/incidents/${id}/manifest`),
		withdrawManifest: (id: string, reason: string) =>
			post('withdrawManifest', `/manifests/${id}/withdraw`, { reason }),
		readDispatch: (id: string, signal?: Signal) =>
			get('readDispatch', `/dispatches/${id}`, signal),
		listDeliveries: (id: string, query: Query, signal?: Signal) =>
			get('listDeliveries', `/dispatches/${id}/deliveries`, signal, query),

		readEvidence: (signal?: Signal) => get('readEvidence', '/evidence', signal),
		verifyEvidence: () => post('verifyEvidence', '/evidence/verify'),
		downloadBundle: () => transport.download('/evidence/bundle'),

		listSignals: (query: Query, signal?: Signal) =>
			get('listSignals', '/signals', signal, query),
		dismissSignal: (id: string, reason: string) =>
			post('dismissSignal', `/signals/${id}/dismiss`, { reason }),
		joinSignal: (id: string, incidentId: string) =>
			post('joinSignal', `/signals/${id}/join`, { incident_id: incidentId }),

		readSettings: async (signal?: Signal) =>
			(await transport.send({ method: 'GET', path: '/settings', signal })) as SettingsView,
		changeSettings: async (change: SettingsChange) =>
			(await transport.send({
				method: 'POST',
				path: '/settings',
				body: change,
			})) as SettingsView,
	};
}

export type StoreApi = ReturnType<typeof makeStoreApi>;

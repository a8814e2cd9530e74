// Every route of the HTTP API, once: method, path, capability, messages. The server mounts from it, OpenAPI is made from it,
// the plugin's own route table is tested against it, and admin-ui takes its types from it.
import { z } from 'zod';
import {
  Audience,
  AudienceChanges,
  Hint,
  HintsQuery,
  IdentityDecision,
  IdentityDecisionDraft,
  PeopleQuery,
  Person,
  PersonRow,
} from './audience.ts';
import { DataMapPage, IgnorePlaceRequest, MapPlaceRequest, ScanSummary } from './data-map.ts';
import { DeliveriesQuery, DeliveryRow, Dispatch } from './dispatch.ts';
import { Evidence } from './evidence.ts';
import { Health, Status } from './health.ts';
import { IncidentPage } from './incident-page.ts';
import {
  Incident,
  IncidentChange,
  IncidentDraft,
  IncidentRow,
  IncidentState,
  IncidentTransition,
  TimelineEntry,
} from './incident.ts';
import { Manifest, WithdrawManifest } from './manifest.ts';
import { Notice, NoticeDraft, NoticePreview, Template } from './notice.ts';
import { Preview, SavedScope, Scope, StoreFacts } from './scope.ts';
import {
  Signal,
  SignalAccepted,
  SignalDismissal,
  SignalJoin,
  SignalReport,
  SignalsQuery,
} from './signal.ts';
import { Id, PageQuery, pageOf, type Capability } from './values.ts';

export type RouteAccess =
  /** The plugin, signed, for a WordPress user with this capability. */
  | { by: 'plugin'; capability: Capability }
  /** A security tool, by its own signed key (Standard Webhooks). */
  | { by: 'monitor' };

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** With `:name` parameters, under the API's root, such as `/v1/incidents/:id`. */
  path: string;
  access: RouteAccess;
  summary: string;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Absent for a file download. */
  response?: z.ZodType;
};

const view: RouteAccess = { by: 'plugin', capability: 'tocsin_view' };
const prepare: RouteAccess = { by: 'plugin', capability: 'tocsin_prepare' };
const manage: RouteAccess = { by: 'plugin', capability: 'tocsin_manage' };

export const IncidentsQuery = PageQuery.extend({
  state: z.union([IncidentState, z.literal('open')]).optional(),
  search: z.string().trim().max(200).optional(),
});
export const SavedScopeRequest = z.strictObject({ scope: Scope });

export const routes = {
  status: {
    method: 'GET',
    path: '/v1/status',
    access: view,
    summary: 'What the banner and the menu bubble need',
    response: Status,
  },
  health: {
    method: 'GET',
    path: '/v1/health',
    access: manage,
    summary: "The doctor's findings, worst first",
    response: Health,
  },
  listIncidents: {
    method: 'GET',
    path: '/v1/incidents',
    access: view,
    summary: 'Incidents, newest first',
    query: IncidentsQuery,
    response: pageOf(IncidentRow),
  },
  declareIncident: {
    method: 'POST',
    path: '/v1/incidents',
    access: prepare,
    summary: 'Declare an incident',
    body: IncidentDraft,
    response: Incident,
  },
  readIncident: {
    method: 'GET',
    path: '/v1/incidents/:id',
    access: view,
    summary: 'The whole incident page',
    response: IncidentPage,
  },
  changeIncident: {
    method: 'PATCH',
    path: '/v1/incidents/:id',
    access: prepare,
    summary: 'Change title, type, severity, description or times',
    body: IncidentChange,
    response: Incident,
  },
  moveIncident: {
    method: 'POST',
    path: '/v1/incidents/:id/transitions',
    access: prepare,
    summary: 'Confirm, dismiss, close or reopen',
    body: IncidentTransition,
    response: Incident,
  },
  readTimeline: {
    method: 'GET',
    path: '/v1/incidents/:id/timeline',
    access: view,
    summary: 'Every act with who and when, newest first',
    query: PageQuery,
    response: pageOf(TimelineEntry),
  },
  storeFacts: {
    method: 'GET',
    path: '/v1/store',
    access: view,
    summary: 'Payment methods, statuses and countries found in the store',
    response: StoreFacts,
  },
  startPreview: {
    method: 'POST',
    path: '/v1/previews',
    access: prepare,
    summary: 'Count who a scope comes to, without keeping anybody',
    body: Scope,
    response: Preview,
  },
  readPreview: {
    method: 'GET',
    path: '/v1/previews/:id',
    access: prepare,
    summary: 'Progress or result of a count',
    response: Preview,
  },
  setScope: {
    method: 'PUT',
    path: '/v1/incidents/:id/scope',
    access: prepare,
    summary: 'Set which data leaked; an open manifest becomes void',
    body: SavedScopeRequest,
    response: SavedScope,
  },
  freezeAudience: {
    method: 'POST',
    path: '/v1/incidents/:id/audience',
    access: prepare,
    summary: 'Resolve the scope and freeze the people; runs on, poll the incident page',
    response: Audience,
  },
  listPeople: {
    method: 'GET',
    path: '/v1/incidents/:id/people',
    access: prepare,
    summary: 'The frozen people, with personal data; leaves a trace',
    query: PeopleQuery,
    response: pageOf(PersonRow),
  },
  readPerson: {
    method: 'GET',
    path: '/v1/incidents/:id/people/:number',
    access: prepare,
    summary: 'Why is this person here; leaves a trace',
    response: Person,
  },
  listHints: {
    method: 'GET',
    path: '/v1/incidents/:id/hints',
    access: prepare,
    summary: 'People who may be one human, with personal data; leaves a trace',
    query: HintsQuery,
    response: pageOf(Hint),
  },
  decideIdentity: {
    method: 'POST',
    path: '/v1/incidents/:id/identity-decisions',
    access: prepare,
    summary: 'Merge people, keep them apart, or split one; counts from the next freeze on',
    body: IdentityDecisionDraft,
    response: IdentityDecision,
  },
  listIdentityDecisions: {
    method: 'GET',
    path: '/v1/incidents/:id/identity-decisions',
    access: view,
    summary: 'Decisions about who is one human, newest first',
    query: PageQuery,
    response: pageOf(IdentityDecision),
  },
  undoIdentityDecision: {
    method: 'POST',
    path: '/v1/identity-decisions/:id/undo',
    access: prepare,
    summary: 'Take a decision back; counts from the next freeze on',
    response: IdentityDecision,
  },
  audienceChanges: {
    method: 'GET',
    path: '/v1/incidents/:id/audience-changes',
    access: prepare,
    summary: 'Who was added and removed by the last freeze, and why; leaves a trace',
    query: PageQuery,
    response: AudienceChanges,
  },
  readDataMap: {
    method: 'GET',
    path: '/v1/data-map',
    access: view,
    summary: 'Every place with personal data: mapped, ignored or blind spot',
    response: DataMapPage,
  },
  startScan: {
    method: 'POST',
    path: '/v1/data-map/scan',
    access: prepare,
    summary: 'Scan the store now; the running scan when there is one',
    response: ScanSummary,
  },
  mapPlace: {
    method: 'POST',
    path: '/v1/data-map/sources',
    access: manage,
    summary: 'Map a place by hand: make or replace a source of your own',
    body: MapPlaceRequest,
    response: DataMapPage,
  },
  ignorePlace: {
    method: 'POST',
    path: '/v1/data-map/ignore',
    access: manage,
    summary: 'Ignore a place with a reason, or take that back',
    body: IgnorePlaceRequest,
    response: DataMapPage,
  },
  listTemplates: {
    method: 'GET',
    path: '/v1/templates',
    access: view,
    summary: 'Notice templates at the current commit',
    response: z.object({ items: z.array(Template) }),
  },
  previewNotice: {
    method: 'POST',
    path: '/v1/incidents/:id/notice-preview',
    access: prepare,
    summary: 'Render a notice for invented people',
    body: NoticeDraft,
    response: NoticePreview,
  },
  setNotice: {
    method: 'PUT',
    path: '/v1/incidents/:id/notice',
    access: prepare,
    summary: 'Set what people are told; an open manifest becomes void',
    body: NoticeDraft,
    response: Notice,
  },
  requestApproval: {
    method: 'POST',
    path: '/v1/incidents/:id/manifest',
    access: prepare,
    summary: 'Freeze people, text and plan into a manifest and ask two approvers',
    response: Manifest,
  },
  readManifest: {
    method: 'GET',
    path: '/v1/manifests/:id',
    access: view,
    summary: 'A manifest with its approvals',
    response: Manifest,
  },
  withdrawManifest: {
    method: 'POST',
    path: '/v1/manifests/:id/withdraw',
    access: prepare,
    summary: 'Withdraw a manifest before it is approved',
    body: WithdrawManifest,
    response: Manifest,
  },
  readDispatch: {
    method: 'GET',
    path: '/v1/dispatches/:id',
    access: view,
    summary: 'Counts, speed and troubles of a dispatch',
    response: Dispatch,
  },
  listDeliveries: {
    method: 'GET',
    path: '/v1/dispatches/:id/deliveries',
    access: prepare,
    summary: 'Outcome for each person, with personal data; leaves a trace',
    query: DeliveriesQuery,
    response: pageOf(DeliveryRow),
  },
  readEvidence: {
    method: 'GET',
    path: '/v1/evidence',
    access: view,
    summary: 'State of the evidence log and the last verification',
    response: Evidence,
  },
  verifyEvidence: {
    method: 'POST',
    path: '/v1/evidence/verify',
    access: view,
    summary: 'Verify the whole log now',
    response: Evidence,
  },
  downloadBundle: {
    method: 'GET',
    path: '/v1/evidence/bundle',
    access: view,
    summary: 'The evidence bundle as a zip, verifiable offline',
  },
  listSignals: {
    method: 'GET',
    path: '/v1/signals',
    access: view,
    summary: 'Signals, newest first',
    query: SignalsQuery,
    response: pageOf(Signal),
  },
  dismissSignal: {
    method: 'POST',
    path: '/v1/signals/:id/dismiss',
    access: prepare,
    summary: 'Dismiss a signal with a reason',
    body: SignalDismissal,
    response: Signal,
  },
  joinSignal: {
    method: 'POST',
    path: '/v1/signals/:id/join',
    access: prepare,
    summary: 'Join a signal to an incident',
    body: SignalJoin,
    response: Signal,
  },
  reportSignal: {
    method: 'POST',
    path: '/v1/signals',
    access: { by: 'monitor' },
    summary: 'Report a signal straight to the sidecar, WordPress not needed',
    body: SignalReport,
    response: SignalAccepted,
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
type Shape<R> = R extends { response: infer S extends z.ZodType } ? z.infer<S> : Blob;
export type ResponseOf<N extends RouteName> = Shape<(typeof routes)[N]>;

export const PathParameters = z.object({
  id: Id.optional(),
  number: z.coerce.number().int().min(0).optional(),
});

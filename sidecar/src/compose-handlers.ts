// One function for each route of the contract, over the use cases.
import type { EvidenceLog } from './adapters/evidence-files/evidence-log.ts';
import type { Handlers } from './adapters/http/handlers.ts';
import type { StorePool } from './adapters/store-database/store-pool.ts';
import { makeBundleDownload } from './compose-bundle.ts';
import { doctorChecks } from './compose-doctor.ts';
import type { OpenScan } from './compose-data-map.ts';
import type { LedgerParts } from './compose-ledger.ts';
import type { Config } from './config/load-config.ts';
import type { Evidence } from './contract/index.ts';
import type { ShopIdentity } from './domain/notice/compile-notice.ts';
import type { EvidenceIntegrator } from './runner/evidence-integrator.ts';
import type { Verification } from './runner/verification.ts';
import { audienceChanges } from './use-cases/audience-changes.ts';
import { changeIncident } from './use-cases/change-incident.ts';
import { countPreview, readPreview } from './use-cases/count-preview.ts';
import { decideIdentity } from './use-cases/decide-identity.ts';
import { declareIncident } from './use-cases/declare-incident.ts';
import { dismissSignal } from './use-cases/dismiss-signal.ts';
import { ignorePlace } from './use-cases/ignore-place.ts';
import { freezeAudience } from './use-cases/freeze-audience.ts';
import { joinSignal } from './use-cases/join-signal.ts';
import { listDeliveries } from './use-cases/list-deliveries.ts';
import { listHints } from './use-cases/list-hints.ts';
import { listIdentityDecisions } from './use-cases/list-identity-decisions.ts';
import { listIncidents } from './use-cases/list-incidents.ts';
import { listPeople } from './use-cases/list-people.ts';
import { listSignals } from './use-cases/list-signals.ts';
import { listTemplates } from './use-cases/list-templates.ts';
import { mapPlace } from './use-cases/map-place.ts';
import { moveIncident } from './use-cases/move-incident.ts';
import type { AudienceWork } from './use-cases/ports/audience-work.ts';
import type { Background } from './use-cases/ports/background.ts';
import type { Degradations } from './use-cases/ports/degradations.ts';
import type { MailProvider } from './use-cases/ports/mail-provider.ts';
import type { StoreReader } from './use-cases/ports/store-reader.ts';
import type { Templates } from './use-cases/ports/templates.ts';
import type { PreviewRegistry } from './use-cases/preview-registry.ts';
import { previewNotice } from './use-cases/preview-notice.ts';
import { readDataMap } from './use-cases/read-data-map.ts';
import { readDispatch } from './use-cases/read-dispatch.ts';
import { readIncidentPage } from './use-cases/read-incident-page.ts';
import { readManifest } from './use-cases/read-manifest.ts';
import { readPerson } from './use-cases/read-person.ts';
import { readStatus } from './use-cases/read-status.ts';
import { readStoreFacts } from './use-cases/read-store-facts.ts';
import { readTimeline } from './use-cases/read-timeline.ts';
import { receiveSignal } from './use-cases/receive-signal.ts';
import { requestApproval } from './use-cases/request-approval.ts';
import { runDoctor } from './use-cases/run-doctor.ts';
import { setNotice } from './use-cases/set-notice.ts';
import { setScope } from './use-cases/set-scope.ts';
import { undoIdentityDecision } from './use-cases/undo-identity-decision.ts';
import { startScan } from './use-cases/start-scan.ts';
import { withdrawManifest } from './use-cases/withdraw-manifest.ts';

export type ServeParts = LedgerParts & {
  config: Config;
  store: StoreReader;
  audienceWork: AudienceWork;
  pool: StorePool;
  scan: OpenScan;
  templates: Templates;
  shop: ShopIdentity;
  background: Background;
  degradations: Degradations;
  previews: PreviewRegistry;
  evidence: EvidenceIntegrator<EvidenceLog>;
  verification: Verification;
  providerOf: (name: string) => MailProvider;
  version: string;
  readiness: () => Promise<{ name: string; ok: boolean; sentence: string }[]>;
};

/** How long a request waits for a verification before it answers that it is running. */
const VERIFY_WAIT_MS = 3_000;

export function makeHandlers(parts: ServeParts): Handlers {
  const { evidenceFolder, stagingFolder } = parts.config;
  const downloadBundle = makeBundleDownload({ ...parts, evidenceFolder, stagingFolder });
  return {
    status: () => readStatus(parts),
    health: () =>
      runDoctor(
        parts,
        doctorChecks({
          ...parts,
          ledger: parts,
          store: parts.pool,
          provider: parts.providerOf('postmark'),
        }),
      ),
    listIncidents: ({ query }) => listIncidents(parts, query),
    declareIncident: ({ acting, body }) => declareIncident(parts, acting, body),
    readIncident: ({ params }) => readIncidentPage(parts, params.id),
    changeIncident: ({ acting, params, body }) =>
      changeIncident(parts, acting, { incidentId: params.id, change: body }),
    moveIncident: ({ acting, params, body }) =>
      moveIncident(parts, acting, { incidentId: params.id, ...body }),
    readTimeline: ({ params, query }) => readTimeline(parts, { incidentId: params.id, query }),
    storeFacts: () => readStoreFacts(parts),
    startPreview: ({ body }) => countPreview(parts, body),
    readPreview: ({ params }) => Promise.resolve(readPreview(parts, params.id)),
    setScope: ({ acting, params, body }) =>
      setScope(parts, acting, { incidentId: params.id, scope: body.scope }),
    freezeAudience: ({ acting, params }) =>
      freezeAudience(parts, acting, { incidentId: params.id }),
    listPeople: ({ acting, params, query }) =>
      listPeople(parts, acting, { incidentId: params.id, query }),
    readPerson: ({ acting, params }) =>
      readPerson(parts, acting, { incidentId: params.id, number: params.number }),
    listHints: ({ acting, params, query }) =>
      listHints(parts, acting, { incidentId: params.id, query }),
    decideIdentity: ({ acting, params, body }) =>
      decideIdentity(parts, acting, { incidentId: params.id, draft: body }),
    listIdentityDecisions: ({ params, query }) =>
      listIdentityDecisions(parts, { incidentId: params.id, query }),
    undoIdentityDecision: ({ acting, params }) =>
      undoIdentityDecision(parts, acting, { decisionId: params.id }),
    audienceChanges: ({ acting, params, query }) =>
      audienceChanges(parts, acting, { incidentId: params.id, query }),
    readDataMap: () => readDataMap(parts.scan),
    startScan: ({ acting }) => startScan({ ...parts.scan, background: parts.background }, acting),
    mapPlace: ({ acting, body }) => mapPlace(parts.scan, acting, body),
    ignorePlace: ({ acting, body }) => ignorePlace(parts.scan, acting, body),
    listTemplates: () => listTemplates(parts),
    previewNotice: ({ params, body }) =>
      previewNotice(parts, { incidentId: params.id, draft: body }),
    setNotice: ({ acting, params, body }) =>
      setNotice(parts, acting, { incidentId: params.id, draft: body }),
    requestApproval: ({ acting, params }) =>
      requestApproval(parts, acting, { incidentId: params.id }),
    readManifest: ({ params }) => readManifest(parts, params.id),
    withdrawManifest: ({ acting, params, body }) =>
      withdrawManifest(parts, acting, { manifestId: params.id, reason: body.reason }),
    readDispatch: ({ params }) => readDispatch(parts, params.id),
    listDeliveries: ({ acting, params, query }) =>
      listDeliveries(parts, acting, { dispatchId: params.id, query }),
    readEvidence: () => readEvidence(parts),
    verifyEvidence: async () => {
      await parts.verification.start(VERIFY_WAIT_MS);
      return readEvidence(parts);
    },
    downloadBundle: ({ acting }) => downloadBundle(acting),
    listSignals: ({ query }) => listSignals(parts, query),
    dismissSignal: ({ acting, params, body }) =>
      dismissSignal(parts, acting, { signalId: params.id, reason: body.reason }),
    joinSignal: ({ acting, params, body }) =>
      joinSignal(parts, acting, { signalId: params.id, incidentId: body.incident_id }),
    reportSignal: ({ acting, messageId, body }) =>
      receiveSignal(parts, acting, { messageId, report: body }),
  };
}

async function readEvidence(parts: ServeParts): Promise<Evidence> {
  const log = parts.evidence.log();
  const head = log.head();
  return {
    origin: log.origin,
    size: head.size,
    root: head.size === 0 ? null : head.root,
    waiting: await parts.evidence.waiting(),
    verification: parts.verification.current(),
  };
}

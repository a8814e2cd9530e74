// Freezes people, text and plan into a manifest and asks the approvers. Everything it rests on is read in the
// transaction that writes it, so that no change can slip between the check and the manifest.
import type { Kysely, Selectable } from 'kysely';
import { AudienceCounts, type Manifest, type ManifestBody } from '../contract/index.ts';
import { cannotRequestApproval } from '../domain/approval/errors.ts';
import { sealManifest, sha256Hex } from '../domain/approval/manifest-hash.ts';
import { manifestSentence } from '../domain/approval/manifest-sentence.ts';
import { makePlan } from '../domain/approval/plan.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { PlanSettings } from './ports/plan-settings.ts';
import { findFrozenAudience } from './read-audience.ts';
import { readDeciders } from './read-deciders.ts';
import { readManifest } from './read-manifest.ts';
import { readPreparers } from './read-preparers.ts';
import { requireIncident, type IncidentRecord } from './require-incident.ts';
import { voidOpenManifest } from './void-open-manifest.ts';

export type RequestApprovalDeps = Pick<Deps, 'ledger' | 'clock' | 'ids'> & { plan: PlanSettings };

type Tables = Kysely<LedgerTables>;
type Row<T extends keyof LedgerTables> = Selectable<LedgerTables[T]>;
type Basis = {
  incident: IncidentRecord;
  scope: Row<'scopes'>;
  audience: Row<'audiences'> & { root: string };
  counts: AudienceCounts;
  notice: Row<'notices'>;
};

/** An earlier open manifest of the incident becomes void. Refusals: `approval.…` codes, each with what to do next. */
export async function requestApproval(
  deps: RequestApprovalDeps,
  acting: Acting,
  { incidentId }: { incidentId: string },
): Promise<Manifest> {
  const id = await deps.ledger.transaction(async (writer) => {
    const now = deps.clock.now();
    const basis = await readBasis(writer.tables, incidentId);
    const preparers = await readPreparers(writer.tables, {
      acting,
      keys: [
        basis.scope.set_by,
        basis.audience.requested_by,
        basis.notice.set_by,
        ...(await readDeciders(writer.tables, incidentId)),
      ],
    });
    if (preparers.length === 0) {
      throw cannotRequestApproval(
        'approval.no_preparer_known',
        'nobody is named as its preparer, so it could not be kept apart from its approvers',
        'Set the scope or the notice, or ask for approval, as a named person.',
      );
    }
    await requireApprovers(writer.tables, preparers, deps.plan.approvalsRequired);
    const body = makeBody(basis, { id: deps.ids.make('man'), plan: deps.plan, now });
    await voidOpenManifest(writer, { incidentId, acting, now, reason: 'superseded' });
    await writeManifest(writer, { acting, basis, body, preparers });
    return body.manifest_id;
  });
  return readManifest(deps, id);
}

async function readBasis(tables: Tables, incidentId: string): Promise<Basis> {
  const incident = await requireIncident(tables, incidentId);
  if (incident.state !== 'confirmed') {
    throw cannotRequestApproval(
      'approval.incident_not_confirmed',
      `this incident is ${incident.state}, not confirmed`,
      'Only a confirmed incident can be notified. Confirm it first.',
    );
  }
  await requireNotSending(tables, incidentId);
  const scope = await newest(tables, 'scopes', incidentId, 'version');
  const audience = await findFrozenAudience(tables, incidentId);
  if (scope === undefined || audience === undefined || audience.root === null) {
    throw cannotRequestApproval(
      'approval.nothing_frozen',
      'no audience is frozen',
      'Set which data leaked, then freeze the people and wait until they are counted.',
    );
  }
  if (audience.scope_id !== scope.id) {
    throw cannotRequestApproval(
      'approval.audience_stale',
      'which data leaked was changed after the people were frozen',
      'Freeze the people again.',
    );
  }
  const counts = AudienceCounts.parse(JSON.parse(audience.counts_json ?? 'null'));
  if (counts.reachable === 0) {
    throw cannotRequestApproval(
      'approval.nobody_reachable',
      'none of the people has a usable address',
      'Check which data leaked; add addresses by a list if you know them.',
    );
  }
  const notice = await newest(tables, 'notices', incidentId, 'set_at');
  if (notice === undefined) {
    throw cannotRequestApproval(
      'approval.no_notice',
      'nothing says yet what people are told',
      'Choose a notice and fill in its words.',
    );
  }
  return { incident, scope, audience: { ...audience, root: audience.root }, counts, notice };
}

async function newest<T extends 'scopes' | 'notices'>(
  tables: Tables,
  table: T,
  incidentId: string,
  by: 'version' | 'set_at',
): Promise<Row<T> | undefined> {
  const rows = await tables
    .selectFrom(table as 'scopes')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy(by as 'version', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .execute();
  return rows[0] as Row<T> | undefined;
}

async function requireNotSending(tables: Tables, incidentId: string): Promise<void> {
  const sending = await tables
    .selectFrom('dispatches')
    .select('id')
    .where('incident_id', '=', incidentId)
    .where('state', 'in', ['running', 'paused'])
    .limit(1)
    .executeTakeFirst();
  if (sending === undefined) return;
  throw cannotRequestApproval(
    'approval.already_sending',
    'notices of this incident are being sent now',
    'Wait until they are out, or stop the dispatch at the console.',
  );
}

/** Distinct enrolled people who had no hand in the manifest; two records of one person count once. */
async function requireApprovers(
  tables: Tables,
  preparers: readonly string[],
  required: number,
): Promise<void> {
  const enrolled = await tables
    .selectFrom('approvers')
    .select('subject')
    .where('state', '=', 'enrolled')
    .execute();
  const free = new Set(
    enrolled.map(({ subject }) => subject).filter((subject) => !preparers.includes(subject)),
  );
  if (free.size >= required) return;
  throw cannotRequestApproval(
    'approval.too_few_approvers',
    `${free.size} of ${required} approvers are enrolled who did not prepare it`,
    'On the machine of the sidecar run: tocsin approver invite --name "…" --email "…", and hand the link to that person.',
  );
}

function makeBody(
  { incident, scope, audience, counts, notice }: Basis,
  { id, plan, now }: { id: string; plan: PlanSettings; now: Date },
): ManifestBody {
  return {
    version: 1,
    manifest_id: id,
    incident: {
      id: incident.id,
      reference: incident.reference,
      title_hash: sha256Hex(incident.title),
    },
    scope_hash: scope.hash,
    audience: {
      id: audience.id,
      root: audience.root,
      count: counts.people,
      reachable: counts.reachable,
      unreachable: counts.unreachable,
    },
    notices: [
      {
        id: notice.id,
        channel: 'email',
        language: notice.language,
        template_id: notice.template_id,
        template_blob: notice.template_blob,
        template_commit: notice.template_commit,
        values_hash: notice.values_hash,
        sample_hash: notice.sample_hash,
      },
    ],
    plan: makePlan(plan, incident.drill === 1),
    approvals_required: plan.approvalsRequired,
    prepared_at: now.toISOString(),
    expires_at: new Date(now.getTime() + plan.expiryHours * 3_600_000).toISOString(),
    drill: incident.drill === 1,
  };
}

async function writeManifest(
  writer: LedgerWriter,
  input: { acting: Acting; basis: Basis; body: ManifestBody; preparers: string[] },
): Promise<void> {
  const { acting, basis, body, preparers } = input;
  const { json, hash } = sealManifest(body);
  await writer.tables
    .insertInto('manifests')
    .values({
      id: body.manifest_id,
      incident_id: basis.incident.id,
      audience_id: basis.audience.id,
      notice_id: basis.notice.id,
      hash,
      body_json: json,
      sentence: manifestSentence({
        templateTitle: basis.notice.template_title,
        language: basis.notice.language,
        reachable: body.audience.reachable,
        unreachable: body.audience.unreachable,
        provider: body.plan.provider,
        stream: body.plan.stream,
        approvalsRequired: body.approvals_required,
      }),
      state: 'open',
      prepared_at: body.prepared_at,
      prepared_by: actorKey(acting),
      preparers_json: JSON.stringify(preparers),
      expires_at: body.expires_at,
      ended_at: null,
      void_reason: null,
    })
    .execute();
  await writer.record({
    kind: 'manifest.prepared',
    acting,
    incidentId: basis.incident.id,
    data: {
      manifest_id: body.manifest_id,
      manifest: body,
      hash,
      expires_at: body.expires_at,
      preparers,
    },
  });
}

// A manifest as the screens see it: what it says, who approved it, who still may.
import type { Kysely, Selectable } from 'kysely';
import { ManifestBody, ManifestState, type Manifest } from '../contract/index.ts';
import { manifestDamaged, manifestNotFound } from '../domain/approval/errors.ts';
import { isManifestIntact, manifestCode, sha256Hex } from '../domain/approval/manifest-hash.ts';
import { voidReasonInWords } from '../domain/approval/void-reason.ts';
import { isExpired, whyMayNotApprove } from '../domain/approval/who-may-approve.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { PlanSettings } from './ports/plan-settings.ts';

export type ManifestRecord = Selectable<LedgerTables['manifests']>;
export type ManifestDeps = Pick<Deps, 'ledger' | 'clock'> & { plan: PlanSettings };

type ApprovalRow = {
  approver_id: string;
  approver_name: string;
  subject: string;
  approved_at: string;
  evidence_seq: number;
};

/** Throws `approval.manifest_not_found`. */
export async function readManifest(deps: ManifestDeps, id: string): Promise<Manifest> {
  return viewManifest(deps, await requireManifest(deps.ledger.tables, id));
}

/** The newest manifest of an incident in whatever state, or null when approval was never asked for. */
export async function readCurrentManifest(
  deps: ManifestDeps,
  incidentId: string,
): Promise<Manifest | null> {
  const row = await deps.ledger.tables
    .selectFrom('manifests')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('prepared_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : viewManifest(deps, row);
}

export async function requireManifest(
  tables: Kysely<LedgerTables>,
  id: string,
): Promise<ManifestRecord> {
  const row = await tables
    .selectFrom('manifests')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw manifestNotFound();
  return row;
}

/** The body behind the hash; throws `approval.manifest_damaged` when the stored text is not what was hashed. */
export function readManifestBody(row: ManifestRecord): ManifestBody {
  if (!isManifestIntact({ json: row.body_json, hash: row.hash })) throw manifestDamaged();
  return ManifestBody.parse(JSON.parse(row.body_json));
}

/** What the rule of who may approve asks about a manifest. */
export async function readApprovalFacts(
  tables: Kysely<LedgerTables>,
  row: ManifestRecord,
): Promise<{
  state: string;
  expiresAt: string;
  preparers: string[];
  approvals: { approverId: string; subject: string }[];
}> {
  const approvals = await readApprovals(tables, row.id);
  return {
    state: row.state,
    expiresAt: row.expires_at,
    preparers: JSON.parse(row.preparers_json) as string[],
    approvals: approvals.map(({ approver_id, subject }) => ({ approverId: approver_id, subject })),
  };
}

async function viewManifest(deps: ManifestDeps, row: ManifestRecord): Promise<Manifest> {
  const { tables } = deps.ledger;
  const body = readManifestBody(row);
  const facts = await readApprovalFacts(tables, row);
  const now = deps.clock.now();
  const approvers = await tables
    .selectFrom('approvers')
    .selectAll()
    .where('state', '=', 'enrolled')
    .orderBy('name')
    .execute();
  const hasSender = sha256Hex(deps.plan.from) === body.plan.from_hash;
  return {
    id: row.id,
    hash: row.hash,
    code: manifestCode(row.hash),
    state: isExpired(facts, now) ? 'expired' : ManifestState.parse(row.state),
    body,
    sentence: row.sentence,
    from: hasSender ? deps.plan.from : 'another sender than is configured now',
    prepared_by: await readActorName(tables, row.prepared_by),
    approvals: (await readApprovals(tables, row.id)).map((approval) => ({
      approver_name: approval.approver_name,
      approver_id: approval.approver_id,
      approved_at: approval.approved_at,
      evidence_seq: approval.evidence_seq,
    })),
    can_approve: approvers
      .filter((approver) => whyMayNotApprove({ manifest: facts, approver, now }) === null)
      .map((approver) => approver.name),
    console_url: `${deps.plan.consoleOrigin}/console/manifests/${row.id}`,
    void_reason: voidReasonInWords(row.void_reason),
  };
}

async function readApprovals(
  tables: Kysely<LedgerTables>,
  manifestId: string,
): Promise<ApprovalRow[]> {
  return tables
    .selectFrom('approvals')
    .innerJoin('approvers', 'approvers.id', 'approvals.approver_id')
    .select([
      'approvals.approver_id',
      'approvers.name as approver_name',
      'approvers.subject',
      'approvals.approved_at',
      'approvals.evidence_seq',
    ])
    .where('approvals.manifest_id', '=', manifestId)
    .orderBy('approvals.evidence_seq')
    .execute();
}

async function readActorName(tables: Kysely<LedgerTables>, key: string): Promise<string> {
  const row = await tables
    .selectFrom('actors')
    .select('name')
    .where('id', '=', key)
    .executeTakeFirst();
  return row?.name ?? key;
}

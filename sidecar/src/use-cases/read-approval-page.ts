// The approval page: the manifest in full, what people will read, and whether this approver may approve.
import { AudienceCounts, RenderedNotice, type ApprovalPage } from '../contract/index.ts';
import { refusalTitle, planChanged } from '../domain/approval/errors.ts';
import { isPlanCurrent } from '../domain/approval/plan.ts';
import { whyMayNotApprove } from '../domain/approval/who-may-approve.ts';
import type { SignedIn } from './console-session.ts';
import { readDispatch } from './read-dispatch.ts';
import {
  readApprovalFacts,
  readManifest,
  readManifestBody,
  requireManifest,
  type ManifestDeps,
  type ManifestRecord,
} from './read-manifest.ts';
import { requireIncident } from './require-incident.ts';

export async function readApprovalPage(
  deps: ManifestDeps,
  { approver }: SignedIn,
  { manifestId }: { manifestId: string },
): Promise<ApprovalPage> {
  const { tables } = deps.ledger;
  const row = await requireManifest(tables, manifestId);
  const manifest = await readManifest(deps, manifestId);
  const incident = await requireIncident(tables, row.incident_id);
  const audience = await tables
    .selectFrom('audiences')
    .select('counts_json')
    .where('id', '=', row.audience_id)
    .executeTakeFirstOrThrow();
  const notice = await tables
    .selectFrom('notices')
    .select('sample_json')
    .where('id', '=', row.notice_id)
    .executeTakeFirstOrThrow();
  const dispatch = await tables
    .selectFrom('dispatches')
    .select('id')
    .where('manifest_id', '=', manifestId)
    .executeTakeFirst();
  return {
    manifest,
    incident: {
      reference: incident.reference,
      title: incident.title,
      description: incident.description,
    },
    counts: AudienceCounts.parse(JSON.parse(audience.counts_json ?? 'null')),
    samples: readSamples(notice.sample_json),
    refusal: await findRefusal(deps, row, { ...approver, state: 'enrolled' }),
    dispatch: dispatch === undefined ? null : await readDispatch(deps, dispatch.id),
  };
}

async function findRefusal(
  deps: ManifestDeps,
  row: ManifestRecord,
  approver: { id: string; subject: string; state: string },
): Promise<ApprovalPage['refusal']> {
  const manifest = await readApprovalFacts(deps.ledger.tables, row);
  const code = whyMayNotApprove({ manifest, approver, now: deps.clock.now() });
  if (code !== null) return { code, title: refusalTitle(code) };
  if (isPlanCurrent(readManifestBody(row), deps.plan)) return null;
  const changed = planChanged();
  return { code: changed.code, title: changed.message };
}

/** One rendered sample, or a list of them. */
function readSamples(json: string): RenderedNotice[] {
  const value: unknown = JSON.parse(json);
  return RenderedNotice.array().parse(Array.isArray(value) ? value : [value]);
}

// Opens what a run needs, from the approved manifest and what was frozen with it, and refuses when they no longer agree.
import { ManifestBody } from '../contract/index.ts';
import { isManifestIntact, sha256Hex } from '../domain/approval/manifest-hash.ts';
import { canonicalHash } from '../domain/evidence/canonical-json.ts';
import { makeCommitmentRoot } from '../domain/evidence/commitment.ts';
import { gitBlobId } from '../domain/notice/git-blob-id.ts';
import { compileStoredNotice } from '../domain/notice/stored-notice.ts';
import type { DispatchJob } from './claim-batch.ts';
import type { DeliveryDeps } from './ports/delivery-deps.ts';
import { unlockIncident } from './unlock-incident.ts';

export type OpenedJob =
  | { ok: true; job: DispatchJob }
  /** Something is not what two people approved. Nothing may be sent; `sentence` says what and what to do. */
  | { ok: false; code: string; sentence: string };

const PAGE = 5_000;

type OpenDeps = Pick<DeliveryDeps, 'ledger' | 'vault' | 'settings'>;

/** Checks hash, sender, notice and people against the manifest, whatever changed them since the approvals. */
export async function openDispatchJob(deps: OpenDeps, dispatchId: string): Promise<OpenedJob> {
  const row = await deps.ledger.tables
    .selectFrom('dispatches')
    .innerJoin('manifests', 'manifests.id', 'dispatches.manifest_id')
    .innerJoin('notices', 'notices.id', 'dispatches.notice_id')
    .select([
      'dispatches.incident_id',
      'dispatches.audience_id',
      'dispatches.provider',
      'manifests.body_json',
      'manifests.hash',
      'notices.id as notice_id',
      'notices.template_id',
      'notices.language',
      'notices.template_source',
      'notices.values_json',
      'notices.sample_hash',
    ])
    .where('dispatches.id', '=', dispatchId)
    .executeTakeFirstOrThrow();
  const body = ManifestBody.parse(JSON.parse(row.body_json));
  const approved = body.notices.find((notice) => notice.id === row.notice_id);
  const values = JSON.parse(row.values_json) as Record<string, string>;
  if (
    !isManifestIntact({ json: row.body_json, hash: row.hash }) ||
    body.plan.provider !== row.provider
  ) {
    return refuse('dispatch.manifest_changed', 'The approved manifest was changed in the ledger.');
  }
  const isSameText =
    approved?.template_blob === gitBlobId(Buffer.from(row.template_source, 'utf8')) &&
    approved.values_hash === canonicalHash(values) &&
    approved.sample_hash === row.sample_hash;
  if (!isSameText) {
    return refuse(
      'dispatch.text_changed',
      'The text in the ledger is not the one that was approved.',
    );
  }
  if (sha256Hex(deps.settings.from) !== body.plan.from_hash) {
    return refuse(
      'dispatch.sender_changed',
      'The configured sender is not the one that was approved. Set postmark.from back to it.',
    );
  }
  if ((await rootOf(deps, row.audience_id)) !== body.audience.root) {
    return refuse(
      'dispatch.people_changed',
      'The frozen people are not the ones that were approved.',
    );
  }
  return {
    ok: true,
    job: {
      dispatchId,
      incidentId: row.incident_id,
      audienceId: row.audience_id,
      provider: row.provider,
      stream: body.plan.stream,
      batchSize: body.plan.batch_size,
      concurrency: body.plan.concurrency,
      vault: await unlockIncident(deps, row.incident_id),
      notice: compileStoredNotice({
        templateId: row.template_id,
        language: row.language,
        source: row.template_source,
        values,
      }),
    },
  };
}

function refuse(code: string, sentence: string): OpenedJob {
  return {
    ok: false,
    code,
    sentence: `${sentence} Sending is paused; resume it at the console once mended.`,
  };
}

/** The Merkle root over the stored commitments, in pages. */
async function rootOf(deps: OpenDeps, audienceId: string): Promise<string> {
  const root = makeCommitmentRoot();
  let after = -1;
  for (;;) {
    const rows = await deps.ledger.tables
      .selectFrom('people')
      .select(['number', 'commitment'])
      .where('audience_id', '=', audienceId)
      .where('number', '>', after)
      .orderBy('number')
      .limit(PAGE)
      .execute();
    for (const row of rows) root.add(row.commitment);
    if (rows.length < PAGE) return root.root();
    after = rows.at(-1)?.number ?? after;
  }
}

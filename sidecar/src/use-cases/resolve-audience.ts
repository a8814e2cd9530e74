// Resolves one requested audience: reads the shop, writes the people, freezes them.
//
// On disk while it runs: an audience `resolving` with some of its people. A last transaction makes it `frozen` with root,
// counts and evidence together. A crash before that leaves `resolving`, which the next start turns into `failed` and
// empties (abandon-audiences.ts); a failure does the same at once, or later when the ledger does not take it just then. No reader takes people of an audience not frozen.
import type { Audience } from '../contract/audience.ts';
import { Scope } from '../contract/scope.ts';
import { makeAudienceTally } from '../domain/audience/audience-tally.ts';
import { CodedError, isCoded } from '../domain/coded-error.ts';
import { makeCommitmentRoot } from '../domain/evidence/commitment.ts';
import { failAudience } from './abandon-audiences.ts';
import { finishAudience } from './finish-audience.ts';
import type { Acting } from './ports/acting.ts';
import type { AudienceStages } from './ports/audience-stage.ts';
import type { Deps } from './ports/deps.ts';
import type { StoreReader } from './ports/store-reader.ts';
import type { IncidentVault } from './ports/vault.ts';
import { viewAudience, type AudienceRecord } from './read-audience.ts';
import { resolvePeople } from './resolve-people.ts';
import { sealPerson, type SealedPersonRow } from './seal-person.ts';
import { stageShop } from './stage-shop.ts';
import { unlockIncident } from './unlock-incident.ts';
import { writePeople } from './write-people.ts';

export type ResolveDeps = Deps & { store: StoreReader; stages: AudienceStages };

/** People written in one transaction: small enough that other writers never wait long. */
const BATCH = 1_000;
/** Rows between two notes of progress. */
const PROGRESS_ROWS = 20_000;

/** Frozen or failed when it returns. A fault that is not coded makes it failed too, and is thrown for the log. */
export async function resolveAudience(
  deps: ResolveDeps,
  acting: Acting,
  { audienceId }: { audienceId: string },
): Promise<Audience> {
  const audience = await requireAudience(deps, audienceId);
  try {
    await resolveAndFreeze(deps, acting, audience);
  } catch (error) {
    await failAudience(deps, audienceId, problemOf(error)).catch((fault: unknown) => {
      throw notEnded(error, fault);
    });
    if (!isCoded(error)) throw error;
  }
  return viewAudience(await requireAudience(deps, audienceId));
}

async function resolveAndFreeze(
  deps: ResolveDeps,
  acting: Acting,
  audience: AudienceRecord,
): Promise<void> {
  const vault = await unlockIncident(deps, audience.incident_id);
  const { scope, scopeHash } = await openScope(deps, vault, audience.scope_id);
  const stage = deps.stages.open();
  try {
    const shop = await stageShop(deps, {
      scope,
      stage,
      vault,
      keepValues: true,
      onRows: makeProgress(deps, audience.id),
    });
    const tally = makeAudienceTally();
    const root = makeCommitmentRoot();
    let batch: SealedPersonRow[] = [];
    for await (const resolved of resolvePeople({ stage, vault, basis: shop.basis, sealed: true })) {
      const row = sealPerson(vault, { audienceId: audience.id, number: root.count(), resolved });
      tally.add(resolved.plan);
      root.add(row.person.commitment);
      batch.push(row);
      if (batch.length < BATCH) continue;
      await writePeople(deps.ledger, batch);
      batch = [];
    }
    await writePeople(deps.ledger, batch);
    await finishAudience(deps, acting, {
      audience,
      scopeHash,
      root: root.root(),
      counts: tally.counts(shop.facts),
      about: shop.about,
      rowsRead: shop.rowsRead,
    });
  } finally {
    stage.close();
  }
}

async function openScope(
  deps: ResolveDeps,
  vault: IncidentVault,
  scopeId: string,
): Promise<{ scope: Scope; scopeHash: string }> {
  const row = await deps.ledger.tables
    .selectFrom('scopes')
    .select(['sealed', 'hash'])
    .where('id', '=', scopeId)
    .executeTakeFirstOrThrow();
  const text = vault.open(row.sealed, `scope:${scopeId}`);
  return { scope: Scope.parse(JSON.parse(text)), scopeHash: row.hash };
}

function makeProgress(deps: ResolveDeps, audienceId: string): (rows: number) => Promise<void> {
  let noted = 0;
  return async (rows) => {
    if (rows - noted < PROGRESS_ROWS && noted !== 0) return;
    noted = rows;
    await deps.ledger.tables
      .updateTable('audiences')
      .set({ rows_read: rows })
      .where('id', '=', audienceId)
      .where('state', '=', 'resolving')
      .execute();
  };
}

async function requireAudience(deps: ResolveDeps, id: string): Promise<AudienceRecord> {
  const row = await deps.ledger.tables
    .selectFrom('audiences')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw new CodedError({
    code: 'audience.not_found',
    category: 'not_found',
    message: "couldn't find this audience",
    detail: 'Freeze the people of the incident again.',
  });
}

/** The ledger did not take the failure: `sweepAudiences` ends the audience as soon as it does. */
function notEnded(error: unknown, fault: unknown): CodedError {
  return new CodedError({
    code: 'audience.not_ended',
    category: 'internal',
    message: `couldn't write down that the people could not be frozen (${problemOf(error).code}); it is tried again by itself`,
    cause: fault,
  });
}

function problemOf(error: unknown): { code: string; title: string } {
  if (isCoded(error)) return { code: error.code, title: error.message };
  return {
    code: 'audience.failed',
    title: "couldn't freeze the people: the sidecar met a fault of its own",
  };
}

// Resolves one requested audience: reads the shop, writes the people, freezes them.
//
// On disk while it runs: an audience `resolving` with some of its people. A last transaction makes it `frozen` with root,
// counts and evidence together. A crash before that leaves `resolving`, which the next start turns into `failed` and
// empties (abandon-audiences.ts); a failure does the same at once, or later when the ledger does not take it just then. No reader takes people of an audience not frozen.
import type { Audience } from '../contract/audience.ts';
import { Scope } from '../contract/scope.ts';
import { CodedError, isCoded } from '../domain/coded-error.ts';
import { failAudience } from './abandon-audiences.ts';
import { finishAudience } from './finish-audience.ts';
import { makeConflictHints } from './gateway-hints.ts';
import type { Acting } from './ports/acting.ts';
import type { AudienceStages } from './ports/audience-stage.ts';
import type { Deps } from './ports/deps.ts';
import type { PeopleComposers } from './ports/people-composer.ts';
import type { SourceCatalogue } from './ports/source-catalogue.ts';
import type { StoreReader } from './ports/store-reader.ts';
import type { IncidentVault } from './ports/vault.ts';
import { composersHere, makePeople } from './make-people.ts';
import { viewAudience, type AudienceRecord } from './read-audience.ts';
import { readIdentity } from './read-identity.ts';
import { groupPeople } from './resolve-people.ts';
import { stageShop } from './stage-shop.ts';
import { requireIncidentKey } from './unlock-incident.ts';
import { writeHints, writePersonIds, writeTerms } from './write-people.ts';

export type ResolveDeps = Deps & {
  store: StoreReader;
  stages: AudienceStages;
  sources: SourceCatalogue;
  /** Where people are made; in this very thread when it is left out. */
  composers?: PeopleComposers;
};

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
  const wrappedKey = await requireIncidentKey(deps, audience.incident_id);
  const vault = deps.vault.unlock(wrappedKey);
  const composers = deps.composers ?? composersHere(deps.vault, deps.stages);
  const { scope, scopeHash } = await openScope(deps, vault, audience.scope_id);
  const sources = await deps.sources.sourcesFor(scope.sources);
  const { identity, bounced } = await readIdentity(deps.ledger.tables, vault, audience.incident_id);
  const stage = deps.stages.open();
  try {
    const shop = await stageShop(deps, {
      scope,
      sources,
      identity,
      bounced,
      stage,
      vault,
      keepValues: true,
      onRows: makeProgress(deps, audience.id),
    });
    const conflicts = makeConflictHints();
    const { basis } = shop;
    await groupPeople({ stage, vault, identity, ...shop }, conflicts.expect);
    const composer = composers.open({
      wrappedKey,
      basis,
      named: conflicts.owners(),
      rows: stage.size(),
    });
    try {
      const root = await makePeople(deps.ledger, {
        stage,
        vault,
        composer,
        audienceId: audience.id,
        met: conflicts.met,
      });
      if (stage.countSharedChoices() > 0) throw groupedWrongly();
      await writePersonIds(deps.ledger, audience.id, stage.personIds());
      await writeTerms(deps.ledger, audience.id, stage.terms());
      const hints = await writeHints(deps.ledger, audience.id, [stage.hints(), conflicts.hints()]);
      await finishAudience(deps, acting, {
        audience,
        scopeHash,
        root,
        counts: { ...(await composer.counts(shop.facts)), hints },
        about: shop.about,
        rowsRead: shop.rowsRead,
      });
    } finally {
      await composer.close();
    }
  } finally {
    stage.close();
  }
}

/** The guard behind rule 6 of the person rule: rather nobody frozen than somebody told twice. */
function groupedWrongly(): CodedError {
  return new CodedError({
    code: 'audience.address_twice',
    category: 'internal',
    message: "couldn't freeze the people: two of them would be written to at one address",
    detail:
      'Nothing was kept. This is a fault of the sidecar; report it with the counts of the preview.',
  });
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

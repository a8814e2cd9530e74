// Who was added and removed by the last freeze, and why. Leaves a trace.
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { AudienceChanges } from '../contract/audience.ts';
import type { PageQuery } from '../contract/values.ts';
import { CodedError } from '../domain/coded-error.ts';
import { countKept, findChanges, type AudiencePair, type Change } from './compare-audiences.ts';
import { noteViewing } from './note-viewing.ts';
import { openPeople, type OpenedPerson } from './open-people.ts';
import { checkCursor } from './page-of-rows.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';
import { requireFrozenAudience, type AudienceRecord } from './read-audience.ts';
import { unlockIncident } from './unlock-incident.ts';

type Tables = Kysely<LedgerTables>;
type Frozen = { id: string; frozen_at: string; people: number };

/**
 * With nothing frozen before there is nothing to compare: `before` is null and all figures are 0. Throws
 * `audience.not_frozen`, `audience.not_comparable`, `page.bad_cursor`, `incident.erased`.
 */
export async function audienceChanges(
  deps: Pick<Deps, 'ledger' | 'clock' | 'vault'>,
  acting: Acting,
  { incidentId, query }: { incidentId: string; query: z.output<typeof PageQuery> },
): Promise<AudienceChanges> {
  const { tables } = deps.ledger;
  const vault = await unlockIncident(deps, incidentId);
  const cursor = checkCursor(query.cursor, /^[0-9a-f]{32}$/);
  const newest = await requireFrozenAudience(tables, incidentId);
  const after = await viewFrozen(tables, newest);
  const earlier = await findFrozenBefore(tables, newest);
  if (earlier === undefined) {
    return { before: null, after, added: 0, removed: 0, kept: 0, items: [], next_cursor: null };
  }
  const before = await viewFrozen(tables, earlier);
  const pair = { before: before.id, after: after.id };
  await requireKeys(tables, [before, after]);
  const kept = newest.kept_people ?? (await keepCount(tables, pair));
  const found = await findChanges(tables, pair, { after: cursor, limit: query.limit + 1 });
  const shown = found.slice(0, query.limit);
  const items = await openChanges(tables, vault, { pair, shown });
  await noteViewing(deps, acting, {
    incidentId,
    of: after.id,
    count: items.length,
    purpose: 'changes',
  });
  return {
    before,
    after,
    added: after.people - kept,
    removed: before.people - kept,
    kept,
    items,
    next_cursor: found.length > shown.length ? (shown.at(-1)?.personId ?? null) : null,
  };
}

async function openChanges(
  tables: Tables,
  vault: IncidentVault,
  { pair, shown }: { pair: AudiencePair; shown: readonly Change[] },
): Promise<AudienceChanges['items']> {
  const open = (change: Change['change'], audienceId: string) =>
    openPeople(tables, vault, {
      audienceId,
      numbers: shown.filter((one) => one.change === change).map(({ number }) => number),
    });
  const people: Record<Change['change'], ReadonlyMap<number, OpenedPerson>> = {
    added: await open('added', pair.after),
    removed: await open('removed', pair.before),
  };
  return shown.flatMap(({ change, number }) => {
    const person = people[change].get(number);
    if (person === undefined) return [];
    return [{ change, person: person.row, reasons: [...person.record.reasons] }];
  });
}

function findFrozenBefore(
  tables: Tables,
  newest: AudienceRecord,
): Promise<AudienceRecord | undefined> {
  return tables
    .selectFrom('audiences')
    .selectAll()
    .where('incident_id', '=', newest.incident_id)
    .where('state', '=', 'superseded')
    .where('frozen_at', 'is not', null)
    .orderBy('frozen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** People are numbered from 0 without gaps, so the last number tells how many there are. */
async function viewFrozen(tables: Tables, { id, frozen_at: at }: AudienceRecord): Promise<Frozen> {
  const last = await tables
    .selectFrom('people')
    .select('number')
    .where('audience_id', '=', id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { id, frozen_at: at ?? '', people: last === undefined ? 0 : last.number + 1 };
}

/** Two frozen audiences never change: what they have in common is counted once and kept. */
async function keepCount(tables: Tables, pair: AudiencePair): Promise<number> {
  const kept = await countKept(tables, pair);
  await tables
    .updateTable('audiences')
    .set({ kept_people: kept })
    .where('id', '=', pair.after)
    .execute();
  return kept;
}

/** Without keys everybody would look removed and added. */
async function requireKeys(tables: Tables, audiences: readonly Frozen[]): Promise<void> {
  for (const { id, people } of audiences) {
    if (people === 0) continue;
    const key = await tables
      .selectFrom('people_keys')
      .select('number')
      .where('audience_id', '=', id)
      .limit(1)
      .executeTakeFirst();
    if (key !== undefined) continue;
    throw new CodedError({
      code: 'audience.not_comparable',
      category: 'conflict',
      message: "couldn't compare: an earlier version of the sidecar froze one of the two audiences",
      detail:
        'It kept nothing to know people again by. Freeze the people twice to compare from then on.',
    });
  }
}

// People who may be one human, for a reviewer to look at. Leaves a trace.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely, Selectable } from 'kysely';
import type { Hint, HintsQuery } from '../contract/audience.ts';
import type { Page } from '../contract/values.ts';
import { makeStanding, type IdentityState } from '../domain/audience/identity-decisions.ts';
import { findPeopleById } from './find-people-by-id.ts';
import { noteViewing } from './note-viewing.ts';
import { openPeople } from './open-people.ts';
import { checkCursor, pageOfRows } from './page-of-rows.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';
import { requireFrozenAudience } from './read-audience.ts';
import { readStandingDecisions } from './read-effective-decisions.ts';
import { unlockIncident } from './unlock-incident.ts';

export type ListHints = { incidentId: string; query: HintsQuery };

type Tables = Kysely<LedgerTables>;
type FoundHint = {
  id: number;
  kind: Hint['kind'];
  size: number;
  numbers: number[];
  state: IdentityState;
};

/** Hints read between two turns of the event loop. */
const CHUNK = 2_000;

/**
 * In the order of the audience. A hint's state is what the decisions make of the people it lists, so that it changes with
 * each decision though the audience does not. Throws `audience.not_frozen`, `page.bad_cursor`, `incident.erased`.
 */
export async function listHints(
  deps: Pick<Deps, 'ledger' | 'clock' | 'vault'>,
  acting: Acting,
  { incidentId, query }: ListHints,
): Promise<Page<Hint>> {
  const { tables } = deps.ledger;
  const vault = await unlockIncident(deps, incidentId);
  const audience = await requireFrozenAudience(tables, incidentId);
  const after = Number(checkCursor(query.cursor, /^\d{1,15}$/) ?? -1);
  const stateOf = await makeStateOf(tables, vault, { incidentId, audienceId: audience.id });
  const found: FoundHint[] = [];
  let total = 0;
  for await (const hint of readHints(tables, {
    audienceId: audience.id,
    kind: query.kind,
    stateOf,
  })) {
    if (query.state !== undefined && hint.state !== query.state) continue;
    total += 1;
    if (hint.id > after && found.length <= query.limit) found.push(hint);
  }
  const people = await openPeople(tables, vault, {
    audienceId: audience.id,
    numbers: found.slice(0, query.limit).flatMap(({ numbers }) => numbers),
  });
  const page = pageOfRows({
    rows: found,
    limit: query.limit,
    total,
    keyOf: ({ id }) => String(id),
    itemOf: ({ id, kind, size, numbers, state }): Hint => ({
      id: String(id),
      kind,
      size,
      state,
      people: numbers.flatMap((number) => people.get(number)?.row ?? []),
    }),
  });
  await noteViewing(deps, acting, {
    incidentId,
    of: audience.id,
    count: people.size,
    purpose: 'hints',
  });
  return page;
}

/** Every hint of one kind, or of all. The whole list is a few numbers a row; only what is shown is opened. */
async function* readHints(
  tables: Tables,
  of: {
    audienceId: string;
    kind: Hint['kind'] | undefined;
    stateOf: (numbers: readonly number[]) => IdentityState;
  },
): AsyncGenerator<FoundHint> {
  let last = -1;
  for (;;) {
    const rows: Selectable<LedgerTables['hints']>[] = await tables
      .selectFrom('hints')
      .selectAll()
      .where('audience_id', '=', of.audienceId)
      .$if(of.kind !== undefined, (query) => query.where('kind', '=', of.kind ?? ''))
      .where('id', '>', last)
      .orderBy('id')
      .limit(CHUNK)
      .execute();
    for (const { id, kind, size, people_json: people } of rows) {
      const numbers = JSON.parse(people) as number[];
      yield { id, kind: kind as Hint['kind'], size, numbers, state: of.stateOf(numbers) };
    }
    last = rows.at(-1)?.id ?? last;
    if (rows.length < CHUNK) return;
    await nextTurn();
  }
}

/** Only people whom a decision names need their ids looked up; all others stand for themselves. */
async function makeStateOf(
  tables: Tables,
  vault: IncidentVault,
  { incidentId, audienceId }: { incidentId: string; audienceId: string },
): Promise<(numbers: readonly number[]) => IdentityState> {
  const decisions = await readStandingDecisions(tables, vault, incidentId);
  const named = [...new Set(decisions.flatMap(({ people }) => people))];
  const idOf = new Map<number, string>();
  for (const [id, number] of await findPeopleById(tables, audienceId, named)) idOf.set(number, id);
  if (idOf.size === 0) return () => 'open';
  const standing = makeStanding(decisions);
  return (numbers) =>
    numbers.some((number) => idOf.has(number))
      ? standing(numbers.map((number) => idOf.get(number) ?? `nobody ${number}`))
      : 'open';
}

// One page of the frozen people, opened. Leaves a trace.
import { sql, type Kysely } from 'kysely';
import { roleBit } from '../domain/audience/person-roles.ts';
import type { PeopleQuery, PersonRow } from '../contract/audience.ts';
import type { Page } from '../contract/values.ts';
import { noteViewing } from './note-viewing.ts';
import { openPersonRecord } from './open-person.ts';
import { readCursor, readSearch } from './people-search.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';
import { requireFrozenAudience } from './read-audience.ts';
import { unlockIncident } from './unlock-incident.ts';
import { viewPersonRow } from './view-person-row.ts';

export type ListPeople = { incidentId: string; query: PeopleQuery };
type ViewDeps = Pick<Deps, 'ledger' | 'clock' | 'vault'>;

/** Throws `audience.not_frozen`, `people.search_needs_whole_value`, `page.bad_cursor`, `incident.erased`. */
export async function listPeople(
  deps: ViewDeps,
  acting: Acting,
  { incidentId, query }: ListPeople,
): Promise<Page<PersonRow>> {
  const { tables } = deps.ledger;
  const vault = await unlockIncident(deps, incidentId);
  const audience = await requireFrozenAudience(tables, incidentId);
  const dispatchId = await findDispatch(tables, audience.id);
  const after = readCursor(query.cursor);
  const matching = filterPeople({ tables, vault, query, audienceId: audience.id, dispatchId });
  const { total } = await matching
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .select(['p.number', 'p.sealed', 'd.state as delivery_state'])
    .where('p.number', '>', after)
    .orderBy('p.number')
    .limit(query.limit + 1)
    .execute();
  const shown = rows.slice(0, query.limit);
  const items = shown.map((row) =>
    viewPersonRow(openPersonRecord(vault, { audienceId: audience.id, ...row }), row.delivery_state),
  );
  const of = audience.id;
  await noteViewing(deps, acting, { incidentId, of, count: items.length, purpose: 'list' });
  const last = items.at(-1);
  const more = rows.length > items.length && last !== undefined;
  return { items, next_cursor: more ? String(last.number) : null, total };
}

type Filter = {
  tables: Kysely<LedgerTables>;
  vault: IncidentVault;
  query: PeopleQuery;
  audienceId: string;
  dispatchId: string | null;
};

function filterPeople({ tables, vault, query, audienceId, dispatchId }: Filter) {
  let people = tables
    .selectFrom('people as p')
    .leftJoin('deliveries as d', (join) =>
      join
        .onRef('d.ordinal', '=', 'p.number')
        // A dispatch that is not there matches nothing: everybody stays in the list without a state.
        .on('d.dispatch_id', '=', dispatchId ?? '')
        .on('d.channel', '=', 'email'),
    )
    .where('p.audience_id', '=', audienceId);
  if (query.contactability !== undefined) {
    people = people.where('p.contactability', '=', query.contactability);
  }
  if (query.role !== undefined) {
    const bit = roleBit(query.role);
    people = people.where(sql<boolean>`(p.roles & ${bit}) <> 0`);
  }
  if (query.country !== undefined) people = people.where('p.country', '=', query.country);
  if (query.delivery_state !== undefined) {
    people = people.where('d.state', '=', query.delivery_state);
  }
  if (query.search !== undefined && query.search !== '') {
    const term = vault.index(readSearch(query.search));
    people = people.where('p.number', 'in', (e) =>
      e
        .selectFrom('people_terms as t')
        .select('t.number')
        .where('t.audience_id', '=', audienceId)
        .where('t.term', '=', term),
    );
  }
  return people;
}

/** The newest dispatch of this audience, or null while nothing is being sent. */
export async function findDispatch(
  tables: Kysely<LedgerTables>,
  audienceId: string,
): Promise<string | null> {
  const row = await tables
    .selectFrom('dispatches')
    .select('id')
    .where('audience_id', '=', audienceId)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

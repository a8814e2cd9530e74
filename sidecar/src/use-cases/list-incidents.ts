// Incidents, newest first, with all that a line of the table shows.
import { sql, type ExpressionBuilder, type Kysely } from 'kysely';
import type { z } from 'zod';
import type { IncidentRow, IncidentsQuery, Page } from '../contract/index.ts';
import { nextStepOf } from '../domain/incident/next-step.ts';
import { checkCursor, pageOfRows } from './page-of-rows.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { readActors } from './read-actors.ts';
import { readStepFacts } from './read-step-facts.ts';
import { viewIncident } from './view-incident.ts';

type Query = z.output<typeof IncidentsQuery>;

/** `search`: part of title or reference, in any letter case. Throws `page.bad_cursor`. */
export async function listIncidents(
  deps: Pick<Deps, 'ledger'>,
  query: Query,
): Promise<Page<IncidentRow>> {
  const { tables } = deps.ledger;
  const after = checkCursor(query.cursor, /^inc_[0-9a-z]{10,40}$/);
  const { total } = await tables
    .selectFrom('incidents')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where((row) => isWanted(row, query))
    .executeTakeFirstOrThrow();
  const rows = await tables
    .selectFrom('incidents')
    .selectAll()
    .where((row) => isWanted(row, query))
    .$if(after !== null, (selected) => selected.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const actorOf = await readActors(
    tables,
    rows.map((row) => row.created_by),
  );
  const facts = await readStepFacts(tables, rows);
  return pageOfRows({
    rows,
    limit: query.limit,
    total,
    keyOf: (row) => row.id,
    itemOf: (row) => {
      const known = facts.get(row.id);
      return {
        ...viewIncident(row, actorOf),
        people: known?.people ?? null,
        next_step: known === undefined ? 'none' : nextStepOf(known),
      };
    },
  });
}

/** Incidents that are not closed or dismissed. */
export async function countOpenIncidents(tables: Kysely<LedgerTables>): Promise<number> {
  const { count } = await tables
    .selectFrom('incidents')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', 'not in', ['closed', 'dismissed'])
    .executeTakeFirstOrThrow();
  return count;
}

function isWanted(row: ExpressionBuilder<LedgerTables, 'incidents'>, { state, search }: Query) {
  const conditions = [];
  if (state === 'open') conditions.push(row('state', 'not in', ['closed', 'dismissed']));
  else if (state !== undefined) conditions.push(row('state', '=', state));
  if (search !== undefined && search !== '') {
    // instr, not LIKE: % and _ in what somebody searches for mean themselves.
    const sought = search.toLowerCase();
    conditions.push(
      row.or([
        sql<boolean>`instr(lower(${sql.ref('title')}), ${sought}) > 0`,
        sql<boolean>`instr(lower(${sql.ref('reference')}), ${sought}) > 0`,
      ]),
    );
  }
  return row.and(conditions);
}

// One page of a dispatch's deliveries: the outcome for each person. Leaves a trace, since it shows people.
import {
  DeliveryState,
  type DeliveriesQuery,
  type DeliveryRow,
  type Page,
} from '../contract/index.ts';
import { noteViewing } from './note-viewing.ts';
import { openPersonRecord } from './open-person.ts';
import { readCursor, readSearch } from './people-search.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { IncidentVault } from './ports/vault.ts';
import { requireDispatch, type DispatchRecord } from './read-dispatch.ts';
import { unlockIncident } from './unlock-incident.ts';

type ListDeps = Pick<Deps, 'ledger' | 'clock' | 'vault'>;

/** Throws `dispatch.not_found`, `people.search_needs_whole_value`, `page.bad_cursor`, `incident.erased`. */
export async function listDeliveries(
  deps: ListDeps,
  acting: Acting,
  { dispatchId, query }: { dispatchId: string; query: DeliveriesQuery },
): Promise<Page<DeliveryRow>> {
  const dispatch = await requireDispatch(deps.ledger.tables, dispatchId);
  const vault = await unlockIncident(deps, dispatch.incident_id);
  const matching = filterDeliveries(deps, { dispatch, vault, query });
  const { total } = await matching
    .select((row) => row.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .select([
      'd.ordinal',
      'd.state',
      'd.reason',
      'd.attempts',
      'd.provider_message_id',
      'd.changed_at',
      'p.sealed',
    ])
    .where('d.ordinal', '>', readCursor(query.cursor))
    .orderBy('d.ordinal')
    .limit(query.limit + 1)
    .execute();
  const items = rows.slice(0, query.limit).map(({ sealed, state, ...row }): DeliveryRow => {
    const record = openPersonRecord(vault, {
      audienceId: dispatch.audience_id,
      number: row.ordinal,
      sealed,
    });
    return { ...row, name: record.name, email: record.email, state: DeliveryState.parse(state) };
  });
  await noteViewing(deps, acting, {
    incidentId: dispatch.incident_id,
    of: dispatch.id,
    count: items.length,
    purpose: 'outcomes',
  });
  const last = items.at(-1);
  const more = rows.length > items.length && last !== undefined;
  return { items, next_cursor: more ? String(last.ordinal) : null, total };
}

function filterDeliveries(
  deps: ListDeps,
  {
    dispatch,
    vault,
    query,
  }: { dispatch: DispatchRecord; vault: IncidentVault; query: DeliveriesQuery },
) {
  let deliveries = deps.ledger.tables
    .selectFrom('deliveries as d')
    .innerJoin('people as p', (join) =>
      join.onRef('p.number', '=', 'd.ordinal').on('p.audience_id', '=', dispatch.audience_id),
    )
    .where('d.dispatch_id', '=', dispatch.id);
  if (query.state !== undefined) deliveries = deliveries.where('d.state', '=', query.state);
  if (query.search !== undefined && query.search !== '') {
    const term = vault.index(readSearch(query.search));
    deliveries = deliveries.where('d.ordinal', 'in', (people) =>
      people
        .selectFrom('people_terms as t')
        .select('t.number')
        .where('t.audience_id', '=', dispatch.audience_id)
        .where('t.term', '=', term),
    );
  }
  return deliveries;
}

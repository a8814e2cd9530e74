// What was noted beside the rows, sorted and grouped while it is read: gateway ids, search terms, hints.
import type { DatabaseSync } from 'node:sqlite';
import type { HintKind } from '../../domain/audience/hint-keys.ts';
import type { Owner } from '../../domain/audience/staged-row.ts';
import type { SharedGatewayId } from '../../use-cases/ports/audience-stage.ts';
import { SHARED_GATEWAYS } from './stage-statements.ts';
import { numberFrom, ownerFrom } from './stage-values.ts';

const PAGE = 5_000;
/** A kind's place in this list is what the stage keeps. */
export const HINT_KINDS: readonly HintKind[] = [
  'phone',
  'loose_address',
  'name_postcode',
  'gateway_id',
];
/** People named of one hint; a group larger than that is no pair to compare. */
const MOST_NAMED = 20;

export function* sharedGatewayIds(db: DatabaseSync): Iterable<SharedGatewayId> {
  let key: unknown = null;
  let owners = new Set<Owner>();
  let names = new Set<string>();
  const group = (): SharedGatewayId => ({ owners: [...owners], names: names.size });
  for (const row of db.prepare(SHARED_GATEWAYS).all()) {
    if (row['key'] !== key) {
      if (owners.size > 1) yield group();
      key = row['key'];
      owners = new Set();
      names = new Set();
    }
    owners.add(ownerFrom(row['owner']));
    if (typeof row['name'] === 'string' && row['name'] !== '') names.add(row['name']);
  }
  if (owners.size > 1) yield group();
}

export function* personIdPages(db: DatabaseSync): Iterable<{ personId: string; number: number }[]> {
  let page: { personId: string; number: number }[] = [];
  for (const row of db.prepare('SELECT id, number FROM person_ids ORDER BY id').iterate()) {
    page.push({ personId: String(row['id']), number: numberFrom(row['number']) });
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

export function* termPages(db: DatabaseSync): Iterable<{ term: string; number: number }[]> {
  let page: { term: string; number: number }[] = [];
  for (const row of db.prepare('SELECT DISTINCT term, number FROM terms ORDER BY 1, 2').iterate()) {
    page.push({ term: String(row['term']), number: numberFrom(row['number']) });
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

export function* hintGroups(
  db: DatabaseSync,
): Iterable<{ kind: HintKind; numbers: number[]; size: number }> {
  let at = '';
  let kind: HintKind = 'phone';
  let numbers: number[] = [];
  let size = 0;
  for (const row of db.prepare('SELECT kind, key, number FROM hints ORDER BY 1, 2, 3').iterate()) {
    const here = `${String(row['kind'])}:${String(row['key'])}`;
    if (here !== at) {
      if (size > 1) yield { kind, numbers, size };
      at = here;
      kind = HINT_KINDS[numberFrom(row['kind'])] ?? 'phone';
      numbers = [];
      size = 0;
    }
    size += 1;
    if (numbers.length < MOST_NAMED) numbers.push(numberFrom(row['number']));
  }
  if (size > 1) yield { kind, numbers, size };
}

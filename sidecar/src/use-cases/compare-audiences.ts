// Two frozen audiences of one incident, person by person, in the order of their keys. Both lists lie sorted in the ledger, so
// that any part of them is compared by itself: memory and the time of one statement do not grow with the audience.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { BlindKey } from '../domain/audience/staged-row.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

type Tables = Kysely<LedgerTables>;
export type AudiencePair = { readonly before: string; readonly after: string };

export type Change = {
  readonly change: 'added' | 'removed';
  readonly personId: BlindKey;
  /** In the audience he is in. */
  readonly number: number;
};

/** Keys of one audience compared between two turns of the event loop. */
const PART = 5_000;

/** Keys above `from` up to and with `to`; to the end when `to` is null. */
type Range = { readonly from: Uint8Array; readonly to: Uint8Array | null };

/** How many people are in both. */
export async function countKept(tables: Tables, pair: AudiencePair): Promise<number> {
  let kept = 0;
  for await (const range of parts(tables, pair, new Uint8Array(0))) {
    const { both } = await within(tables, pair.after, range)
      .innerJoin('people_keys as other', (join) =>
        join
          .onRef('other.person_key', '=', 'k.person_key')
          .on('other.audience_id', '=', pair.before),
      )
      .select((select) => select.fn.countAll<number>().as('both'))
      .executeTakeFirstOrThrow();
    kept += both;
  }
  return kept;
}

/** The next changes behind a key, ascending, at most `limit`. */
export async function findChanges(
  tables: Tables,
  pair: AudiencePair,
  { after, limit }: { after: BlindKey | null; limit: number },
): Promise<Change[]> {
  const found: Change[] = [];
  const start = new Uint8Array(Buffer.from(after ?? '', 'hex'));
  for await (const range of parts(tables, pair, start)) {
    const added = await missing(tables, range, { in: pair.after, but: pair.before, limit });
    const removed = await missing(tables, range, { in: pair.before, but: pair.after, limit });
    const here = [
      ...added.map((person): Change => ({ change: 'added', ...person })),
      ...removed.map((person): Change => ({ change: 'removed', ...person })),
    ];
    found.push(...here.sort((one, other) => (one.personId < other.personId ? -1 : 1)));
    if (found.length >= limit) return found.slice(0, limit);
  }
  return found;
}

/** Parts of the keys, ascending, none with more than `PART` keys of either audience. */
async function* parts(
  tables: Tables,
  pair: AudiencePair,
  start: Uint8Array,
): AsyncGenerator<Range> {
  let from = start;
  for (;;) {
    const ends = [
      await keyAhead(tables, pair.before, from),
      await keyAhead(tables, pair.after, from),
    ].filter((end) => end !== null);
    const to = ends.sort((one, other) => Buffer.compare(one, other))[0] ?? null;
    yield { from, to };
    if (to === null) return;
    from = to;
    await nextTurn();
  }
}

async function keyAhead(
  tables: Tables,
  audienceId: string,
  from: Uint8Array,
): Promise<Uint8Array | null> {
  const row = await within(tables, audienceId, { from, to: null })
    .select('k.person_key')
    .orderBy('k.person_key')
    .limit(1)
    .offset(PART - 1)
    .executeTakeFirst();
  return row?.person_key ?? null;
}

async function missing(
  tables: Tables,
  range: Range,
  of: { in: string; but: string; limit: number },
): Promise<{ personId: BlindKey; number: number }[]> {
  const rows = await within(tables, of.in, range)
    .select(['k.person_key', 'k.number'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('people_keys as other')
            .select('other.number')
            .whereRef('other.person_key', '=', 'k.person_key')
            .where('other.audience_id', '=', of.but),
        ),
      ),
    )
    .orderBy('k.person_key')
    .limit(of.limit)
    .execute();
  return rows.map(({ person_key: key, number }) => ({
    personId: Buffer.from(key).toString('hex'),
    number,
  }));
}

function within(tables: Tables, audienceId: string, { from, to }: Range) {
  return tables
    .selectFrom('people_keys as k')
    .where('k.audience_id', '=', audienceId)
    .where('k.person_key', '>', from)
    .$if(to !== null, (query) => query.where('k.person_key', '<=', to ?? from));
}

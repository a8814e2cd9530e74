// Sources whose values are key/value rows: WordPress's meta tables, tables of pairs such as answers of a form, and options.
// All rows of one owner are one row of a source.
import { isLiteral } from '../../domain/data-map/key-pattern.ts';
import type { RowOwner } from '../../domain/data-map/row-mentions.ts';
import type { SourcePage } from '../../use-cases/ports/store-reader.ts';
import { escapedList, keyCondition } from './key-condition.ts';
import { rawOf } from './read-table-sources.ts';
import {
  gather,
  gatheredOf,
  membersOf,
  missed,
  slotsByKey,
  startGathering,
  toPages,
  type Gathered,
  type Members,
  type Slot,
} from './source-members.ts';
import type { SourceReading } from './source-reading.ts';
import { quoteName, type StoreCell } from './store-pool.ts';
import { readLongValue, valueSql } from './stored-values.ts';
import { textSql, type TableLayout } from './table-layout.ts';
import { idOf, textOf } from './text-cell.ts';
import { walkRows } from './walk-rows.ts';

export type OwnerTest = (owner: string, member: number) => RowOwner | null;

export type KeyedRows = {
  readonly table: TableLayout;
  /** Columns. */
  readonly owner: string;
  readonly name: string;
  readonly value: string;
  /** Only rows of these owners. */
  readonly only?: readonly number[] | undefined;
  /** Asked once for each page; null when a source leaves the owner's rows out. */
  readonly owners: (ids: readonly string[]) => Promise<OwnerTest>;
};

/** Places in the rows below. */
const AT = { owner: 0, name: 1, value: 2, long: 3, id: 4 } as const;

export async function* readKeyedSources(
  reading: SourceReading,
  rows: KeyedRows,
  members: Members,
): AsyncGenerator<SourcePage> {
  const { run, tables } = reading;
  const { table, owner, name, value, only } = rows;
  const slotOf = slotsByKey(members, tables.prefix);
  const keys = members.sources.flatMap(({ fields }) => fields.map(({ key = '' }) => key));
  const condition = keyCondition(quoteName(name), keys, {
    prefix: tables.prefix,
    inNetwork: reading.inNetwork,
  });
  const expression = valueSql(table, value, wishOf(members, name));
  const id = table.indexes.find((index) => index.name === 'PRIMARY')?.columns;
  const idColumn = id?.length === 1 ? (id[0]?.name ?? null) : null;
  const walk = {
    table,
    key: owner,
    select: [
      textSql(table, name),
      expression.value,
      expression.long,
      idColumn === null ? '0' : quoteName(idColumn),
    ].join(', '),
    where: condition === null ? null : { ...condition, column: name },
    only,
  };
  for await (const page of walkRows(run, walk)) {
    // WordPress shows the value that was written first.
    page.sort((a, b) => idOf(a[AT.id]) - idOf(b[AT.id]));
    const byOwner = new Map<string, Gathered>();
    for (const row of page) {
      const slot = slotOf(textOf(row[AT.name]));
      if (slot === null) continue;
      const key = textOf(row[AT.owner]);
      const into = byOwner.get(key) ?? startGathering();
      byOwner.set(key, into);
      for (const member of membersOf(slot)) gatheredOf(into, member).rows += 1;
      if (row[AT.long] !== 1) gather(into, slot, rawOf(row[AT.value], slot.encoded));
      else await gatherLong(reading, { table, value, idColumn, slot, into, row });
    }
    const ownerOf = await rows.owners([...byOwner.keys()]);
    yield* toPages(
      members,
      [...byOwner].map(([key, gathered]) => ({
        gathered,
        ownerOf: (member) => ownerOf(key, member),
      })),
    );
  }
}

async function gatherLong(
  { run }: SourceReading,
  input: {
    table: TableLayout;
    value: string;
    idColumn: string | null;
    slot: Slot;
    into: Gathered;
    row: readonly StoreCell[];
  },
): Promise<void> {
  const { table, value, idColumn, slot, into, row } = input;
  const raw =
    idColumn === null
      ? null
      : await readLongValue(run, { table, column: value, key: idColumn, at: row[AT.id] ?? null });
  if (raw === null) missed(into, slot);
  else gather(into, slot, raw);
}

/** Values of keys that are only asked whether they are there stay where they are, unless a pattern may want them. */
function wishOf(members: Members, name: string): { encoded: boolean; heldOnly: string } {
  const wishes = members.sources.flatMap(({ fields }, member) =>
    fields.map(({ key = '' }, field) => ({ key, slot: members.slot([{ member, field }]) })),
  );
  const read = wishes.filter(({ slot }) => !slot.heldOnly).map(({ key }) => key);
  const held = wishes.filter(({ slot }) => slot.heldOnly).map(({ key }) => key);
  const keys = held.filter((key) => isLiteral(key) && !read.includes(key));
  return {
    encoded: wishes.some(({ slot }) => slot.encoded),
    heldOnly:
      keys.length === 0 || !read.every(isLiteral)
        ? ''
        : `${quoteName(name)} IN (${escapedList(keys)})`,
  };
}

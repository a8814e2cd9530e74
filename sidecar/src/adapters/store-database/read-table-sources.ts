// Sources whose rows are rows of a table. Sources of the same rows are read in one walk.
import type { Source, SourceLink } from '../../contract/data-map.ts';
import type { RowOwner } from '../../domain/data-map/row-mentions.ts';
import type { SourcePage } from '../../use-cases/ports/store-reader.ts';
import { readLinked, type LinkedRow } from './linked-rows.ts';
import {
  gather,
  gatheredOf,
  missed,
  slotsByColumn,
  startGathering,
  toPages,
  type Members,
} from './source-members.ts';
import type { SourceReading } from './source-reading.ts';
import { ownerFrom, readCustomers } from './source-owners.ts';
import { readLongValue, valueSql } from './stored-values.ts';
import { quoteName, type StoreCell } from './store-pool.ts';
import { hasColumn, indexOn, textSql, type TableLayout } from './table-layout.ts';
import { textOf } from './text-cell.ts';
import { walkRows, type RowWalk } from './walk-rows.ts';

type TableSource = Source & { readonly place: { readonly kind: 'table' } };

/** All with the same table, key and row limits. */
export async function* readTableSources(
  reading: SourceReading,
  table: TableLayout,
  members: Members,
): AsyncGenerator<SourcePage> {
  const sources = members.sources.filter(
    (source): source is TableSource => source.place.kind === 'table',
  );
  const [first] = sources;
  if (first === undefined) return;
  const { place } = first;
  const columns = columnsOf(table, sources);
  const slots = [...slotsByColumn(members)].filter(([column]) => hasColumn(table, column));
  const values = slots.map(([column, slot]) =>
    valueSql(table, column, { encoded: slot.encoded, heldOnly: slot.heldOnly ? '1' : '' }),
  );
  const select = [
    quoteName(place.key),
    ...columns.map((column) => textSql(table, column)),
    ...values.flatMap(({ value, long }) => [value, long]),
  ].join(', ');
  const { run } = reading;
  for (const walk of walksOf(reading, table, { sources, select })) {
    for await (const page of walkRows(run, walk)) {
      const rows = page.filter((row) => isWanted(place, columns, row));
      const links = await linksOf(reading, { sources, columns, rows });
      const gathered = [];
      for (const row of rows) {
        const into = startGathering();
        sources.forEach((_source, member) => (gatheredOf(into, member).rows = 1));
        for (const [at, [column, slot]] of slots.entries()) {
          const cell = 2 + columns.length + 2 * at;
          if (row[cell + 1] !== 1) {
            gather(into, slot, rawOf(row[cell], slot.encoded));
            continue;
          }
          const long = { table, column, key: place.key, at: row[1] ?? null };
          const raw = await readLongValue(run, long);
          if (raw === null) missed(into, slot);
          else gather(into, slot, raw);
        }
        gathered.push({
          gathered: into,
          ownerOf: (member: number): RowOwner | null => {
            const source = sources[member];
            return source === undefined ? null : ownerIn(source, { row, columns, links });
          },
        });
      }
      yield* toPages(members, gathered);
    }
  }
}

/** Bytes as they are where they are decoded; else text. */
export function rawOf(cell: StoreCell | undefined, encoded: boolean): string | Uint8Array | null {
  if (cell === null || cell === undefined) return null;
  return encoded && cell instanceof Uint8Array ? cell : textOf(cell);
}

function isWanted(
  place: TableSource['place'],
  columns: readonly string[],
  row: readonly StoreCell[],
): boolean {
  const { rows } = place;
  if (rows === undefined) return true;
  return rows.values.includes(textOf(row[2 + columns.indexOf(rows.column)]));
}

/** Columns wanted besides the fields', of those the table has. */
function columnsOf(table: TableLayout, sources: readonly TableSource[]): string[] {
  const wanted = sources.flatMap(({ place, link, date }) => [
    place.rows?.column,
    link.user_id,
    link.order_id,
    link.order_text,
    link.customer_id,
    link.session_key,
    link.via?.column,
    date?.column,
  ]);
  return [...new Set(wanted.filter((column) => column !== undefined))].filter((column) =>
    hasColumn(table, column),
  );
}

/** One walk over all rows; when only some are asked for, one for each way that leads to them by index. */
function walksOf(
  { only }: SourceReading,
  table: TableLayout,
  { sources, select }: { sources: readonly TableSource[]; select: string },
): RowWalk[] {
  const [first] = sources;
  if (first === undefined) return [];
  const { place } = first;
  const where =
    place.rows === undefined
      ? null
      : {
          sql: `${quoteName(place.rows.column)} IN (?)`,
          values: [place.rows.values],
          column: place.rows.column,
        };
  const primary = table.indexes.find(({ name }) => name === 'PRIMARY')?.columns[0]?.name;
  const whole = { table, key: primary ?? place.key, select, where };
  if (only === undefined) return [whole];
  const way = onlyWay(sources);
  if (way === null || indexOn(table, way.column) === null) return [whole];
  return [
    { ...whole, key: way.column, only: way.kind === 'order_id' ? only.orderIds : only.userIds },
  ];
}

/** The one column by which all these sources are linked; null when a row may belong to somebody in another way. */
function onlyWay(
  sources: readonly TableSource[],
): { kind: 'order_id' | 'user_id'; column: string } | null {
  const ways = new Map<string, { kind: 'order_id' | 'user_id'; column: string }>();
  for (const { link, fields } of sources) {
    const kinds = Object.keys(link) as (keyof SourceLink)[];
    const [kind] = kinds;
    if (kinds.length !== 1 || (kind !== 'order_id' && kind !== 'user_id')) return null;
    if (fields.some(({ part }) => part === 'email')) return null;
    const column = link[kind];
    if (column !== undefined) ways.set(`${kind} ${column}`, { kind, column });
  }
  const [way] = ways.values();
  return ways.size === 1 && way !== undefined ? way : null;
}

function ownerIn(
  source: TableSource,
  { row, columns, links }: { row: readonly StoreCell[]; columns: readonly string[]; links: Links },
): RowOwner {
  const cell = (column: string | undefined): StoreCell => {
    const at = column === undefined ? -1 : columns.indexOf(column);
    return at < 0 ? null : (row[2 + at] ?? null);
  };
  const linked = links.via.get(source.id)?.get(textOf(cell(source.link.via?.column)));
  return ownerFrom(textOf(row[1]), source, cell, links.customers, linked);
}

type Links = {
  /** For each source with a `via`. */
  readonly via: ReadonlyMap<string, ReadonlyMap<string, LinkedRow>>;
  readonly customers: ReadonlyMap<string, LinkedRow>;
};

async function linksOf(
  { run, table }: SourceReading,
  input: {
    sources: readonly TableSource[];
    columns: readonly string[];
    rows: readonly (readonly StoreCell[])[];
  },
): Promise<Links> {
  const { sources, columns, rows } = input;
  const via = new Map<string, ReadonlyMap<string, LinkedRow>>();
  for (const { id, link, place } of sources) {
    const other = link.via === undefined ? null : table(link.via.table, place.scope);
    if (link.via === undefined || other === null) continue;
    const at = 2 + columns.indexOf(link.via.column);
    via.set(
      id,
      await readLinked(
        run,
        other,
        link.via,
        rows.map((row) => textOf(row[at])),
      ),
    );
  }
  const cells = new Map(rows.map((row, place) => [place, row.slice(2, 2 + columns.length)]));
  return { via, customers: await readCustomers({ run, table }, sources, columns, cells) };
}

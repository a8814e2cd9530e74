// The index that would spare a statement the reading of a whole table, and the statement that adds it while the shop goes
// on. Only said: nothing here runs anything.
import { STANDARD_INDEXES, type WantedIndex } from './standard-indexes.ts';
import { columnsCompared } from './statement-plan.ts';
import { quoteName } from './store-pool.ts';
import { indexOn, type TableLayout } from './table-layout.ts';

/** Characters of a text: 191 of four bytes are the 767 bytes that every row format of InnoDB takes. */
const PREFIX_CHARACTERS = 191;
const WITHOUT_LENGTH = /^(?:tiny|medium|long)?(?:text|blob)$/;

export type Advised = {
  readonly layout: TableLayout;
  /** The table's name without prefix. */
  readonly bareName: string;
  /** Characters of text columns, by name in lower case. */
  readonly lengths: ReadonlyMap<string, number>;
};

/** An index the table lacks: to walk it by, or for the columns the statement compares. Null when none would serve. */
export function adviseIndex(table: Advised, sql: string, walkedBy = ''): WantedIndex | null {
  const { layout, bareName } = table;
  const key = walkedBy.toLowerCase();
  if (layout.columns.has(key) && indexOn(layout, key) === null) return named(table, [key]);
  const compared = columnsCompared(sql, layout.name).filter(({ column }) =>
    layout.columns.has(column),
  );
  const first = (wanted: WantedIndex): string => wanted.columns[0]?.name ?? '';
  const missing = (STANDARD_INDEXES[bareName] ?? []).filter(
    (wanted) =>
      indexOn(layout, first(wanted)) === null &&
      wanted.columns.every(({ name }) => layout.columns.has(name)),
  );
  for (const { column } of compared) {
    const standard = missing.find((wanted) => first(wanted) === column);
    if (standard !== undefined) return fitting(table, standard);
  }
  // Equal before range: entries behind a column compared by range are not found by the next column.
  const inOrder = [
    ...compared.filter(({ equal }) => equal),
    ...compared.filter(({ equal }) => !equal),
  ];
  const lacking = inOrder.filter(({ column }) => indexOn(layout, column) === null);
  const lead = lacking[0];
  if (lead !== undefined) return named(table, [lead.column]);
  // Each column alone has an index, and none of them is narrow enough.
  const both = inOrder.slice(0, 2).map(({ column }) => column);
  return both.length === 2 && indexOn(layout, ...both) === null ? named(table, both) : null;
}

/** One of those WordPress and WooCommerce make, by its name. */
export function standardIndex(table: Advised, name: string): WantedIndex | null {
  const wanted = (STANDARD_INDEXES[table.bareName] ?? []).find((index) => index.name === name);
  return wanted === undefined ? null : fitting(table, wanted);
}

function named(table: Advised, columns: readonly string[]): WantedIndex {
  const name = `tocsin_${columns.join('_')}`.slice(0, 64);
  return fitting(table, {
    name,
    columns: columns.map((column) => ({ name: column, prefix: null })),
  });
}

/** Long texts by their first characters. */
function fitting({ layout, lengths }: Advised, wanted: WantedIndex): WantedIndex {
  return {
    name: wanted.name,
    columns: wanted.columns.map(({ name, prefix }) => {
      if (WITHOUT_LENGTH.test(layout.columns.get(name)?.type ?? ''))
        return { name, prefix: prefix ?? PREFIX_CHARACTERS };
      const length = lengths.get(name) ?? 0;
      const most = Math.min(length, prefix ?? PREFIX_CHARACTERS);
      return { name, prefix: most < length ? most : null };
    }),
  };
}

/** InnoDB builds an index while rows are written; other engines copy the table and let nobody write meanwhile. */
export function addsOnline(layout: TableLayout): boolean {
  return layout.engine.toLowerCase() === 'innodb';
}

/** One line of SQL. The server refuses it when it cannot do it as it says, instead of locking the shop out. */
export function addIndexSql(layout: TableLayout, wanted: WantedIndex): string {
  const columns = wanted.columns
    .map(({ name, prefix }) => quoteName(name) + (prefix === null ? '' : `(${prefix})`))
    .join(', ');
  const how = addsOnline(layout) ? 'ALGORITHM=INPLACE, LOCK=NONE' : 'ALGORITHM=COPY, LOCK=SHARED';
  return `ALTER TABLE ${layout.quoted} ADD INDEX ${quoteName(wanted.name)} (${columns}), ${how};`;
}

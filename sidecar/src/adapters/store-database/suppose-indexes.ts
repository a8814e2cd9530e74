// The shop's tables with the indexes they should have. A reading that finds no index for a narrow question asks no such
// question and reads everything instead: only where it may suppose the index does its statement show, with the table and
// the columns it is over.
import { STANDARD_INDEXES } from './standard-indexes.ts';
import type { StoreTables } from './store-tables.ts';
import { indexOn, type TableLayout } from './table-layout.ts';

export function supposeIndexes(tables: StoreTables): StoreTables {
  return {
    ...tables,
    layout: (name) => {
      const layout = tables.layout(name);
      return layout === null ? null : withStandardIndexes(layout, name);
    },
  };
}

/** Behind those that are there, so that a reading takes an index that is really there if it can. */
function withStandardIndexes(layout: TableLayout, bareName: string): TableLayout {
  const missing = (STANDARD_INDEXES[bareName] ?? []).filter(({ columns }) => {
    const names = columns.map(({ name }) => name);
    return names.every((name) => layout.columns.has(name)) && indexOn(layout, ...names) === null;
  });
  return missing.length === 0 ? layout : { ...layout, indexes: [...layout.indexes, ...missing] };
}

// What is said of a place when its sample is over.
import type { DataClass } from '../../contract/scope.ts';
import type { SourceField } from '../../contract/data-map.ts';
import type { PlaceClassifier } from './classify/place-verdict.ts';
import { placeId, type SeenPlace } from './found-place.ts';
import type { PlaceAsk } from './place-state.ts';
import type { ScanTable } from './scan-table.ts';

export type OpenPlace = {
  readonly ask: PlaceAsk;
  /** Takes all values. */
  readonly whole: PlaceClassifier;
  /** Takes the values at paths that no source names. */
  readonly rest: PlaceClassifier;
  readonly fields: readonly SourceField[];
  readonly known: boolean;
  readonly encodings: Set<string>;
  /** Rows with a value. */
  filled: number;
};

/** Key/value rows whose owner is a person's order, account or comment. */
const OWNED =
  /(?:^|_)(?:wc_orders_meta|usermeta|commentmeta|woocommerce_order_itemmeta|woocommerce_payment_tokenmeta)$/i;
const OPTIONS = /(?:options|sitemeta)$/i;

export function closePlace(
  table: ScanTable,
  place: OpenPlace,
  links: SeenPlace['links'],
): readonly SeenPlace[] {
  const verdict = place.whole.verdict();
  const encrypted = verdict.opaque !== null && leadsToPerson(table, place.ask, links);
  const matching = Math.max(verdict.rowsMatching, encrypted ? verdict.opaque.rows : 0);
  const isPlace = verdict.classes.length > 0 && (!place.known || place.filled > 0);
  const shared = {
    ...place.ask,
    table: table.name,
    rowsEstimated: table.rows,
    tableKey: tableKey(table),
    links,
  };
  const found: SeenPlace[] = [];
  if (isPlace || (encrypted && !place.known)) {
    found.push({
      ...shared,
      id: placeId({ ...shared, rest: false }),
      rest: false,
      seen: verdict.classes,
      encodings: [...place.encodings, ...(encrypted ? ['encrypted'] : [])],
      paths: verdict.paths,
      foundBy: [...new Set([...verdict.foundBy, ...(encrypted ? ['encrypted'] : [])])],
      rowsSampled: verdict.rowsSampled,
      rowsMatching: matching,
    });
  }
  const other = place.known ? place.rest.verdict() : null;
  if (other !== null && other.classes.length > 0) {
    found.push({
      ...shared,
      id: placeId({ ...shared, rest: true }),
      rest: true,
      seen: other.classes,
      encodings: [...place.encodings],
      paths: other.paths,
      foundBy: other.foundBy,
      rowsSampled: other.rowsSampled,
      rowsMatching: other.rowsMatching,
    });
  }
  return found;
}

/** What cannot be read matters where a row is somebody's: elsewhere it is a secret of the software. */
function leadsToPerson(table: ScanTable, { parent }: PlaceAsk, links: SeenPlace['links']): boolean {
  if (OWNED.test(table.canonical) || /(?:^|_)sessions?$/i.test(table.canonical)) return true;
  if (/postmeta$/i.test(table.canonical)) return parent === 'shop_order';
  return !OPTIONS.test(table.canonical) && links.length > 0;
}

/** Keys that hold an address or IP themselves. */
export function placesOfKeys(
  table: ScanTable,
  keys: ReadonlyMap<string, { classes: readonly DataClass[]; rows: number }>,
): SeenPlace[] {
  const column = table.pairs?.name;
  if (column === undefined) return [];
  return [...keys].map(([key, { classes, rows }]) => {
    const ask = { prefix: table.prefix, canonical: table.canonical, column, key, parent: '' };
    return {
      ...ask,
      table: table.name,
      id: placeId({ ...ask, table: table.name, rest: false }),
      rest: false,
      seen: classes,
      encodings: ['plain'],
      paths: [],
      foundBy: ['key'],
      rowsSampled: rows,
      rowsMatching: rows,
      rowsEstimated: table.rows,
      tableKey: tableKey(table),
      links: [],
    };
  });
}

function tableKey({ key }: ScanTable): string | null {
  const [first, second] = key;
  return first === undefined || second !== undefined ? null : first;
}

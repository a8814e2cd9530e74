// One table of the shop, row by row, to the places in it that hold personal data. Values pass through and are gone.
import type { DataClass } from '../../contract/scope.ts';
import type { Catalogue } from './catalogue.ts';
import type { PlaceClassifier, RowContext, SampledPlace } from './classify/place-verdict.ts';
import { decodeValue, type Decoded, type Leaf } from './decode-value.ts';
import { closePlace, placesOfKeys, type OpenPlace } from './close-place.ts';
import { foldKey } from './fold-key.ts';
import type { SeenPlace } from './found-place.ts';
import {
  CANDIDATE_VALUES,
  isAddress,
  linkCandidates,
  type CandidateColumn,
  type NumberMatches,
} from './link-candidates.ts';
import { coversPath, leastClasses } from './path-coverage.ts';
import { classesOf, fieldsOf, isOperatorsOwn, sourcesAt, type PlaceAsk } from './place-state.ts';
import type { ScanTable } from './scan-table.ts';

export type SampledRow = {
  /** Of key/value rows, as stored; '' in other tables. */
  readonly key: string;
  /** Post or comment type; '' where rows have none. */
  readonly type: string;
  /** By column; null and '' are values that are not there. */
  readonly values: ReadonlyMap<string, string | Uint8Array | null>;
};

export type SurveyInput = {
  readonly table: ScanTable;
  readonly catalogue: Catalogue;
  readonly makeClassifier: (place: SampledPlace) => PlaceClassifier;
  /** True for addresses of the shop itself: in options they are the operator's data. */
  readonly isOperators: (value: string) => boolean;
};

export interface TableSurvey {
  addRow(row: SampledRow): void;
  /** Columns that may link a row to a person, to be compared with the numbers of users and orders; [] when not needed. */
  candidates(): readonly CandidateColumn[];
  finish(matches: NumberMatches): readonly SeenPlace[];
}

const OPTIONS = /(?:options|sitemeta)$/i;
const ORDER_TYPE = /^shop_(?:order|subscription)/;

export function makeTableSurvey(input: SurveyInput): TableSurvey {
  const { table } = input;
  const places = new Map<string, OpenPlace | null>();
  const keyNames = new Map<string, { classes: readonly DataClass[]; rows: number }>();
  const columns = new Map<string, { values: Set<string>; addresses: number }>();

  function openPlace(ask: PlaceAsk): OpenPlace | null {
    const name = JSON.stringify([ask.column, ask.key, ask.parent]);
    const known = places.get(name);
    if (known !== undefined) return known;
    const matches = sourcesAt(input.catalogue, ask);
    const about = {
      table: ask.canonical,
      column: ask.column,
      key: ask.key,
      columns: table.columns,
    };
    const opened: OpenPlace | null = isOperatorsOwn(matches)
      ? null
      : {
          ask,
          whole: input.makeClassifier({ ...about, known: classesOf(matches) }),
          rest: input.makeClassifier(about),
          fields: fieldsOf(matches.filter(({ source }) => source.yields !== 'staff')),
          known: matches.length > 0,
          encodings: new Set(),
          filled: 0,
        };
    places.set(name, opened);
    return opened;
  }

  function addValue(column: string, raw: string | Uint8Array | null, row: FoldedRow): void {
    const place = openPlace({
      prefix: table.prefix,
      canonical: table.canonical,
      column,
      key: column === table.pairs?.value ? row.key : '',
      parent: row.parent,
    });
    if (place === null) return;
    const decoded = raw === null || raw.length === 0 ? null : decodeValue(raw);
    const leaves = decoded === null ? [] : customersOwn(decoded.leaves);
    if (leaves.length > 0) place.filled += 1;
    if (decoded !== null) noteEncodings(place, decoded);
    place.whole.addRow(leaves, row.context);
    if (place.known) {
      place.rest.addRow(
        leaves.filter(({ path, value }) => !coversPath(place.fields, path, leastClasses(value))),
        row.context,
      );
    }
  }

  function customersOwn(leaves: readonly Leaf[]): readonly Leaf[] {
    if (!OPTIONS.test(table.canonical)) return leaves;
    return leaves.filter(({ value }) => !input.isOperators(value));
  }

  return {
    addRow: (sampled) => {
      const folded = foldKey(sampled.key);
      if (folded.classes.length > 0) {
        const seen = keyNames.get(folded.key)?.rows ?? 0;
        keyNames.set(folded.key, { classes: folded.classes, rows: seen + 1 });
      }
      const row = {
        key: folded.key,
        parent: parentOf(table, sampled.type),
        context: contextOf(sampled),
      };
      for (const column of table.values) {
        const raw = sampled.values.get(column) ?? null;
        addValue(column, raw, row);
        if (typeof raw === 'string' && raw !== '') noteCandidate(columns, column, raw);
      }
    },
    candidates: () => (table.pairs === null ? [...columns].map(candidate) : []),
    finish: (matches) => {
      const opened = [...places.values()].filter((place) => place !== null);
      // A tax number can end in digits that are some order's: what is personal data itself links to nothing.
      const personal = new Set(
        opened
          .filter(({ whole }) => whole.verdict().classes.some((name) => name !== 'email'))
          .map(({ ask }) => ask.column),
      );
      const fit = [...columns].filter(([column]) => !personal.has(column)).map(candidate);
      const links = table.pairs === null ? linkCandidates(fit, matches) : [];
      return [
        ...opened.flatMap((place) => closePlace(table, place, links)),
        ...placesOfKeys(table, keyNames),
      ];
    },
  };
}

type FoldedRow = { key: string; parent: string; context: RowContext };

function candidate([column, { values, addresses }]: [
  string,
  { values: Set<string>; addresses: number },
]): CandidateColumn {
  return { column, values: [...values], addresses };
}

function noteCandidate(
  columns: Map<string, { values: Set<string>; addresses: number }>,
  column: string,
  value: string,
): void {
  const seen = columns.get(column) ?? { values: new Set<string>(), addresses: 0 };
  columns.set(column, seen);
  if (value.length > 320 || seen.values.size >= CANDIDATE_VALUES || seen.values.has(value)) return;
  seen.values.add(value);
  if (isAddress(value)) seen.addresses += 1;
}

function noteEncodings({ encodings }: OpenPlace, decoded: Decoded): void {
  if (encodings.size >= 6) return;
  if (decoded.encodings.length === 0) encodings.add('plain');
  for (const chain of decoded.encodings) encodings.add(chain);
}

/** All kinds of orders are one type: the catalogue reads their rows alike. */
function parentOf({ type }: ScanTable, found: string): string {
  if (type === null) return '';
  if (ORDER_TYPE.test(found)) return 'shop_order';
  return found === '' ? 'comment' : found;
}

function contextOf({ values, type }: SampledRow): RowContext {
  for (const [column, value] of values) {
    if (!/country/i.test(column) || typeof value !== 'string' || !/^[A-Z]{2}$/.test(value))
      continue;
    return { country: value, ...(type === '' ? {} : { parent: type }) };
  }
  return type === '' ? {} : { parent: type };
}

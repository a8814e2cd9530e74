// From what rows showed to what a place holds.
import type { DataClass } from '../../../contract/scope.ts';
import type { FoundBy } from './finding.ts';
import type { PlaceVerdict } from './place-verdict.ts';

export type Trace = {
  readonly path: string;
  readonly dataClass: DataClass;
  readonly by: FoundBy;
  readonly detector: string;
  rows: number;
  readonly variety: number;
  /** Up to `variety` values, in memory only, to see that they differ. */
  readonly different: Set<string>;
};

type Gathered = {
  readonly traces: ReadonlyMap<string, Trace>;
  /** Rows with a value, by path. */
  readonly filledAt: ReadonlyMap<string, number>;
  /** Ids of traces, by filled row. */
  readonly matches: readonly ReadonlySet<string>[];
  readonly known: readonly DataClass[];
  readonly sampled: number;
  readonly opaque: PlaceVerdict['opaque'];
  /** How a path may be told now that all were seen. */
  readonly tell: (path: string) => string;
};

const ORDER: readonly DataClass[] = [
  'name',
  'email',
  'postal_address',
  'phone',
  'date_of_birth',
  'national_id',
  'tax_id',
  'government_id',
  'financial_account',
  'payment_card',
  'payment_card_partial',
  'payment_token',
  'financial_access_code',
  'credentials',
  'credentials_hash',
  'account_secret',
  'health',
  'biometric',
  'ip_address',
  'device',
  'location',
  'order_history',
  'wallet',
  'free_text',
];

/** Shapes that chance makes: so many of the filled rows of a path must have them. Others count from one in twenty on. */
const SHARE: Readonly<Record<string, number>> = {
  ip: 0.5,
  phone: 0.3,
  'text-email': 0.01,
  'text-phone': 0.01,
};
const USUAL_SHARE = 0.05;
const FOUND_BY = { key: 'key', value: 'value', text: 'unlinked_text' } as const;

export function verdictOver(gathered: Gathered): PlaceVerdict {
  const { traces, known, sampled, matches } = gathered;
  const counting = [...traces].filter(([, trace]) => counts(trace, gathered));
  const ids = new Set(counting.map(([id]) => id));
  const held = counting.map(([, trace]) => trace);
  const classes = new Set<DataClass>([...known, ...held.map(({ dataClass }) => dataClass)]);
  const foundBy = new Set(held.map(({ by }) => FOUND_BY[by]));
  return {
    classes: ORDER.filter((dataClass) => classes.has(dataClass)),
    foundBy: [
      ...(known.length > 0 ? ['known_source'] : []),
      ...Object.values(FOUND_BY).filter((by) => foundBy.has(by)),
      ...(gathered.opaque === null ? [] : ['encrypted']),
    ],
    findings: held.map(({ dataClass, by, detector, rows }) => ({ dataClass, by, detector, rows })),
    paths: [...new Set(held.map(({ path }) => gathered.tell(path)))]
      .filter((path) => path !== '')
      .sort()
      .slice(0, 20),
    rowsSampled: sampled,
    rowsMatching: matches.filter(
      (matched) => known.length > 0 || [...matched].some((id) => ids.has(id)),
    ).length,
    opaque: gathered.opaque,
  };
}

function counts(trace: Trace, { filledAt }: Gathered): boolean {
  if (trace.different.size < trace.variety) return false;
  const filled = filledAt.get(trace.path) ?? 1;
  return trace.rows >= filled * (SHARE[trace.detector] ?? USUAL_SHARE);
}

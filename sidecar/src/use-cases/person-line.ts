// One person as a line of `tocsin resolve`.
import type { ContactPoint, Reason } from '../contract/audience.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';

export type PersonLine = Omit<PersonRecord, 'v' | 'number'> & {
  readonly contact_points: readonly ContactPoint[];
  readonly reasons: readonly Reason[];
  /** What tied rows to this person besides their own ids, each once, with how many rows it tied. */
  readonly merge_reasons: readonly (Pick<Reason, 'via' | 'strength'> & { readonly rows: number })[];
};

/** A row that names its person by itself was not merged into him. */
const BY_ITSELF: ReadonlySet<Reason['via']> = new Set(['account', 'order', 'row', 'listed']);

export function personLine({ v: _v, number: _number, ...person }: PersonRecord): PersonLine {
  const merges = new Map<string, Pick<Reason, 'via' | 'strength'> & { rows: number }>();
  for (const { via, strength } of person.reasons) {
    if (BY_ITSELF.has(via)) continue;
    const merge = merges.get(`${via} ${strength}`) ?? { via, strength, rows: 0 };
    merge.rows += 1;
    merges.set(`${via} ${strength}`, merge);
  }
  return { ...person, merge_reasons: [...merges.values()] };
}

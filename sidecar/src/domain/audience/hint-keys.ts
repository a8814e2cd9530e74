// What makes two people look like one without being sure: the same phone number, addresses that differ by plus tags or
// dots, the same full name at the same postcode. Such people stay apart until a reviewer says otherwise.
import type { Hint } from '../../contract/audience.ts';
import { foldAddress } from './fold-address.ts';
import type { PersonPlan } from './compose-person.ts';
import type { NoteList } from './note-lists.ts';
import { foldedName, foldText } from './shipping-contact.ts';
import { makeShortHash } from './short-hash.ts';
import type { RowValues } from './staged-row.ts';

export type HintKind = Hint['kind'];

/** At most this many terms of each kind for one person: a person with more orders has said enough. */
const MOST = 8;

/** Notes the terms of people, those of one person each once. Equal terms of two people are a hint. */
export function makeHintNotes(
  seed: number,
): (notes: NoteList, plan: PersonPlan, number: number) => void {
  const hash = makeShortHash(seed);
  return (notes, plan, number) => {
    const terms = hintTerms(plan);
    for (const kind of READ) {
      for (const term of terms[kind]) notes.addHint(kind, hash(term), number);
    }
  };
}

/** Kinds that are read from a person's rows. */
const READ = ['phone', 'loose_address', 'name_postcode'] as const;
type HintTerms = Record<(typeof READ)[number], Set<string>>;

function hintTerms({ accountRows, orderRows, otherRows }: PersonPlan): HintTerms {
  const terms: HintTerms = {
    phone: new Set(),
    loose_address: new Set(),
    name_postcode: new Set(),
  };
  const add = (kind: keyof HintTerms, term: string | null): void => {
    if (term !== null && terms[kind].size < MOST) terms[kind].add(term);
  };
  let last: RowValues | null = null;
  for (const rows of [accountRows, orderRows, otherRows]) {
    for (const { values } of rows) {
      if (values === null) continue;
      // Most rows of a person say the same again.
      if (last?.phone !== values.phone || last.postal.country !== values.postal.country) {
        add('phone', phoneTerm(values.phone, values.postal.country));
      }
      for (const [place, email] of values.emails.entries()) {
        if (last?.emails[place] !== email) add('loose_address', looseAddress(email));
      }
      if (!sameName(last, values)) {
        add('name_postcode', namePostcode(values, values.postal.postcode));
      }
      last = values;
    }
  }
  return terms;
}

function sameName(last: RowValues | null, values: RowValues): boolean {
  return (
    last?.lastName === values.lastName &&
    last.firstName === values.firstName &&
    last.postal.postcode === values.postal.postcode
  );
}

/** The last nine digits: national and international spellings of one number agree on them. */
function phoneTerm(phone: string, country: string): string | null {
  if (phone === '') return null;
  const digits = phone.replace(/\D/gu, '');
  if (digits.length < 7 || /^(\d)\1*$/u.test(digits) || '01234567890123456789'.includes(digits)) {
    return null;
  }
  if (digits.length >= 9) return digits.slice(-9);
  return `${country.trim().toUpperCase()}${digits}`;
}

/** Without what stands behind a plus, and without dots. Null when there is no address. */
function looseAddress(email: string): string | null {
  const folded = foldAddress(email);
  const at = folded.lastIndexOf('@');
  if (at < 1) return null;
  const [before = ''] = folded.slice(0, at).split('+');
  const local = before.replaceAll('.', '');
  return local === '' ? null : `${local}${folded.slice(at)}`;
}

function namePostcode(
  name: { readonly firstName: string; readonly lastName: string },
  postcode: string,
): string | null {
  if (name.firstName.trim() === '' || name.lastName.trim() === '') return null;
  const place = foldText(postcode).replaceAll(' ', '');
  return place === '' ? null : `${foldedName(name)}|${place}`;
}

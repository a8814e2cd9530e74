// What makes two people look like one without being sure: the same phone number, addresses that differ by plus tags or
// dots, the same full name at the same postcode. Such people stay apart until a reviewer says otherwise.
import type { Hint } from '../../contract/audience.ts';
import { foldAddress } from './fold-address.ts';
import type { PersonPlan } from './compose-person.ts';
import { foldedName, foldText } from './shipping-contact.ts';

export type HintKind = Hint['kind'];

/** At most this many terms of each kind for one person: a person with more orders has said enough. */
const MOST = 8;

/** Terms of one person, each once. Equal terms of two people are a hint. */
export function hintTerms(plan: PersonPlan): [HintKind, string][] {
  const found = new Map<string, [HintKind, string]>();
  const add = (kind: HintKind, term: string | null): void => {
    if (term === null || found.size >= MOST * 3) return;
    found.set(`${kind}:${term}`, [kind, term]);
  };
  for (const rows of [plan.accountRows, plan.orderRows, plan.otherRows]) {
    for (const { values } of rows) {
      if (values === null) continue;
      add('phone', phoneTerm(values.phone, values.postal.country));
      for (const email of values.emails) add('loose_address', looseAddress(email));
      add('name_postcode', namePostcode(values, values.postal.postcode));
    }
  }
  return [...found.values()];
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

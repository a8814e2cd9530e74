// How people are found in a list: by one whole address or one order number, since everything else is sealed; and paged.
import { foldAddress } from '../domain/audience/fold-address.ts';
import { addressTerm, orderNumberTerm } from '../domain/audience/person-keys.ts';
import { CodedError } from '../domain/coded-error.ts';

/** The term to look up in `people_terms`. Throws `people.search_needs_whole_value`. */
export function readSearch(search: string): string {
  const number = /^#?(\d{1,15})$/.exec(search.trim())?.[1];
  if (number !== undefined) return orderNumberTerm(Number(number));
  if (search.includes('@')) return addressTerm(foldAddress(search));
  throw new CodedError({
    code: 'people.search_needs_whole_value',
    category: 'invalid',
    message: "couldn't search: people are found by one whole e-mail address or one order number",
    detail: 'Names cannot be searched: they are stored encrypted.',
    fields: [{ pointer: '/search', message: 'must be a whole e-mail address or an order number' }],
  });
}

/** The number after which the page begins; -1 for the first. Throws `page.bad_cursor`. */
export function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return -1;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new CodedError({
    code: 'page.bad_cursor',
    category: 'invalid',
    message: "couldn't turn the page: the cursor is not one of this list",
    detail: 'Begin again without a cursor.',
    fields: [{ pointer: '/cursor', message: 'must be the next_cursor of the page before' }],
  });
}

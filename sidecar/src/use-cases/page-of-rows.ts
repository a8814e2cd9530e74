// Pages by key: the cursor is the key of the last row shown, so rows that come or go meanwhile neither repeat nor hide others.
import type { Page } from '../contract/index.ts';
import { CodedError } from '../domain/coded-error.ts';

/** The page made of `limit` + 1 rows: the one too many says that there is more. */
export function pageOfRows<Row, Item>(input: {
  rows: readonly Row[];
  limit: number;
  total: number;
  keyOf: (row: Row) => string;
  itemOf: (row: Row) => Item;
}): Page<Item> {
  const shown = input.rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(input.itemOf),
    next_cursor: input.rows.length > input.limit && last !== undefined ? input.keyOf(last) : null,
    total: input.total,
  };
}

/** The cursor when it has the form of one, or `page.bad_cursor`. */
export function checkCursor(cursor: string | undefined, form: RegExp): string | null {
  if (cursor === undefined) return null;
  if (form.test(cursor)) return cursor;
  throw new CodedError({
    code: 'page.bad_cursor',
    category: 'invalid',
    message: "couldn't turn the page: the cursor is not one this list gave out",
    detail: 'Begin again without a cursor, and take next_cursor of each answer as it is.',
    fields: [{ pointer: '/cursor', message: 'must be next_cursor of the page before' }],
  });
}

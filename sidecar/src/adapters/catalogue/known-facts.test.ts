// The catalogue against the list of places that was collected from the plugins' sources, where that list is at hand.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { isLeftOut, SHIPPED } from './test-catalogue.ts';

const FACTS = join(
  process.env['TOCSIN_SHARED'] ?? join(import.meta.dirname, '../../../../../shared'),
  'facts/store-sources.json',
);
const Facts = z.array(
  z.object({
    source: z.string(),
    table: z.string(),
    owner: z.string(),
    fields: z.array(z.object({ column_or_meta_key: z.string(), pii_class: z.string() })),
  }),
);

/** The list names some places in words. */
const IN_WORDS: Readonly<Record<string, readonly string[]>> = {
  'order meta': ['wc_orders_meta'],
  'usermeta + order meta + order items': [
    'usermeta',
    'wc_orders_meta',
    'woocommerce_order_itemmeta',
  ],
  '{prefix}wc_orders (or posts)': ['wc_orders_meta'],
  '(none local)': ['options'],
};
/** Tables of keys and values: the list names keys there, elsewhere columns. */
const KEY_VALUE =
  /^(?:user|post|comment|gf_entry_|wc_orders_|wc_order_fulfillment_|woocommerce_order_item|woocommerce_payment_token)meta$|^options$/;
/** Flags and links to other rows are no personal data. */
const NOT_PERSONAL = ['META', 'LINK'];
/** `table.column` in the name of a field, for a source that stands for several tables. */
const SEVERAL_TABLES = '{prefix}mailpoet_*';

test(
  'every place on the list is in the catalogue, or left out with a reason',
  { skip: !existsSync(FACTS) },
  () => {
    const facts = Facts.parse(JSON.parse(readFileSync(FACTS, 'utf8')));
    const missing = facts
      .filter(({ table }) => !table.startsWith('(files)'))
      .flatMap(({ source, table, fields }) =>
        fields
          .filter(({ pii_class }) => !NOT_PERSONAL.includes(pii_class))
          .filter(({ column_or_meta_key: name }) => !isKnown(table, name))
          .map(({ column_or_meta_key }) => `${source} ${column_or_meta_key}`),
      );
    assert.deepEqual(missing, []);
  },
);

test('files on the list are in the catalogue too', { skip: !existsSync(FACTS) }, () => {
  const facts = Facts.parse(JSON.parse(readFileSync(FACTS, 'utf8')));
  const paths = SHIPPED.sources.flatMap(({ place }) => (place.kind === 'file' ? [place.path] : []));
  const names = facts
    .filter(({ source }) => source === 'files.wc')
    .flatMap(({ fields }) => fields.map(({ column_or_meta_key }) => column_or_meta_key));
  assert.notEqual(names.length, 0);
  assert.deepEqual(
    names.filter((name) => !paths.includes(`uploads/${name}`)),
    [],
  );
});

function isKnown(table: string, name: string): boolean {
  if (table === SEVERAL_TABLES) {
    const [bare = '', column = ''] = name.split('.');
    return column === ''
      ? SHIPPED.sources.some(({ place }) => 'table' in place && place.table === `mailpoet_${bare}`)
      : isPlace(`mailpoet_${bare}`, column, '');
  }
  const tables = IN_WORDS[table] ?? [table.replace(/^\{(?:base_)?prefix\}/, '')];
  const key = keyOf(name);
  return tables.some((bare) =>
    KEY_VALUE.test(bare)
      ? isPlace(bare, bare === 'options' ? 'option_value' : 'meta_value', key)
      : isPlace(bare, name.replace(/^session_value\..*/, 'session_value'), ''),
  );
}

function isPlace(table: string, column: string, key: string): boolean {
  return (
    SHIPPED.find({ prefix: 'wp_', table: `wp_${table}`, column, key }).length > 0 ||
    isLeftOut(table, column, key)
  );
}

/** A key as a shop with the prefix `wp_` writes it: `{…}` and `*` stand for anything. */
function keyOf(name: string): string {
  return name
    .replace(/\[\].*$/, '')
    .replace('{blog_prefix}', 'wp_')
    .replace('{p}', 'wp')
    .replace(/\{[^}]*\}/g, '7a')
    .replaceAll('*', 'x');
}

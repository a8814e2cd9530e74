import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isCoded } from '../../domain/coded-error.ts';
import { READ_BY_CODE } from '../../domain/data-map/catalogue.ts';
import { loadOwnSources, loadShippedCatalogue, readCatalogueFile } from './load-catalogue.ts';
import { isLeftOut, NOT_MAPPED, SHIPPED } from './test-catalogue.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-catalogue-'));
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** The worked example of docs/data-map.md. */
const ACME_YAML =
  /```yaml\n(version: 1\n[\s\S]*?)```/.exec(
    readFileSync(join(import.meta.dirname, '../../../../docs/data-map.md'), 'utf8'),
  )?.[1] ?? '';

test('the shipped files are all sound, and are read once', () => {
  const files = loadShippedCatalogue();
  assert.equal(loadShippedCatalogue(), files);
  assert.deepEqual(
    files.flatMap(({ sources }) => sources).length,
    new Set(SHIPPED.sources.map(({ id }) => id)).size,
  );
});

test('sources that code of their own reads are in the catalogue and yield people', () => {
  for (const id of READ_BY_CODE) assert.equal(SHIPPED.source(id)?.yields, 'people', id);
});

/** The areas that a store's data map must cover, each by a place in it. */
const AREAS: readonly (readonly [area: string, table: string, column: string, key: string])[] = [
  ['WordPress core', 'users', 'user_email', ''],
  ['address books', 'usermeta', 'meta_value', 'billing_email'],
  ['HPOS orders', 'wc_orders', 'billing_email', ''],
  ['HPOS addresses', 'wc_order_addresses', 'first_name', ''],
  ['legacy orders', 'posts', 'post_excerpt', ''],
  ['legacy addresses', 'postmeta', 'meta_value', '_billing_email'],
  ['lookups', 'wc_customer_lookup', 'email', ''],
  ['sessions', 'woocommerce_sessions', 'session_value', ''],
  ['payment tokens', 'woocommerce_payment_tokens', 'token', ''],
  ['saved cards', 'woocommerce_payment_tokenmeta', 'meta_value', 'last4'],
  ['download permissions', 'woocommerce_downloadable_product_permissions', 'user_email', ''],
  ['download log', 'wc_download_log', 'user_ip_address', ''],
  ['comments and order notes', 'comments', 'comment_content', ''],
  ['coupons', 'postmeta', 'meta_value', '_used_by'],
  ['API keys', 'woocommerce_api_keys', 'consumer_secret', ''],
  ['webhooks', 'wc_webhooks', 'secret', ''],
  ['Action Scheduler', 'actionscheduler_actions', 'args', ''],
  ['privacy requests', 'posts', 'post_title', ''],
  ['log table', 'woocommerce_log', 'message', ''],
  ['options and transients', 'options', 'option_value', '_transient_wc_report_customers_1a'],
];

for (const [area, table, column, key] of AREAS) {
  test(`the catalogue covers ${area}`, () => {
    const found = SHIPPED.find({ prefix: 'wp_', table: `wp_${table}`, column, key });
    assert.notEqual(found.length, 0);
  });
}

test('every kind of software has families, and every role has sources', () => {
  assert.deepEqual([...new Set(SHIPPED.families.map(({ kind }) => kind))].sort(), [
    'community',
    'core',
    'crm',
    'custom',
    'forms',
    'gateway',
    'security',
    'shop',
    'subscriptions',
  ]);
  const roles = SHIPPED.sources.flatMap(({ role, fields }) => [
    role,
    ...fields.map((field) => field.role),
  ]);
  assert.equal(new Set(roles.filter((role) => role !== undefined)).size, 7);
});

test('a field of the checkout that a merchant made up is left out with a reason, and is not mapped', () => {
  for (const { tables, keys } of NOT_MAPPED.keys) {
    for (const table of tables) {
      for (const pattern of keys) {
        const key = pattern.replaceAll('*', 'acme/field');
        const found = SHIPPED.find({
          prefix: 'wp_',
          table: `wp_${table}`,
          column: 'meta_value',
          key,
        });
        assert.deepEqual(found, [], `${table} ${key}`);
        assert.equal(isLeftOut(table, 'meta_value', key), true);
      }
    }
  }
});

test('tables that are left out with a reason are not mapped', () => {
  const mapped = SHIPPED.sources.flatMap(({ place }) =>
    place.kind === 'table' || place.kind === 'pairs' ? [place.table] : [],
  );
  assert.deepEqual(
    NOT_MAPPED.tables.flatMap(({ tables }) => tables).filter((table) => mapped.includes(table)),
    [],
  );
});

test('without the setting there are no own sources', () => {
  assert.deepEqual(loadOwnSources(null, []), []);
});

test('an own file is read as YAML and as JSON', () => {
  const [source] = loadOwnSources(write('own.yaml', ACME_YAML), ['acme']);
  assert.equal(source?.id, 'own.acme-payers');
  assert.deepEqual(source.link, { order_text: 'order_ref' });
  const file = write('own.json', { version: 1, sources: [source] });
  assert.deepEqual(loadOwnSources(file, ['acme']), [source]);
});

function faultsOf(work: () => unknown): { message: string; pointers: string[] } {
  let caught: unknown;
  try {
    work();
  } catch (error) {
    caught = error;
  }
  assert.ok(isCoded(caught, 'data_map.bad_catalogue'));
  return { message: caught.message, pointers: caught.fields.map(({ pointer }) => pointer) };
}

test('an own file with a decryptor that is not configured is refused with file and place', () => {
  const path = write('undecrypted.yaml', ACME_YAML);
  const { message, pointers } = faultsOf(() => loadOwnSources(path, ['other']));
  assert.deepEqual(pointers, ['/sources/0/fields/1/encoding/0', '/sources/0/fields/2/encoding/0']);
  assert.match(message, /undecrypted\.yaml.*no decryptor acme.*other/);
});

test('an own file with unknown words is refused with file and place', () => {
  const path = write('words.yaml', ACME_YAML.replace('role: payer', 'role: debtor'));
  assert.deepEqual(faultsOf(() => loadOwnSources(path, ['acme'])).pointers, ['/sources/0/role']);
});

test('one id twice in an own file is refused', () => {
  const [source] = loadOwnSources(write('once.yaml', ACME_YAML), ['acme']);
  const path = write('twice.json', { version: 1, sources: [source, source] });
  assert.deepEqual(faultsOf(() => loadOwnSources(path, ['acme'])).pointers, ['/sources/1/id']);
});

test('a file that is missing or not well formed is refused by its name', () => {
  assert.match(faultsOf(() => loadOwnSources(join(folder, 'none.yaml'), [])).message, /none\.yaml/);
  const broken = write('broken.json', '{"version": 1,');
  assert.match(faultsOf(() => loadOwnSources(broken, [])).message, /broken\.json/);
});

test('a shipped file whose source names another family is refused', () => {
  const [file] = loadShippedCatalogue();
  const path = write('other-family.json', { ...file, family: { ...file?.family, id: 'other' } });
  const { pointers } = faultsOf(() => readCatalogueFile(path));
  assert.equal(pointers[0], '/sources/0/family');
});

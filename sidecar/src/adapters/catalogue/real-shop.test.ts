// The catalogue against the database of a shop that WooCommerce filled itself, where a dump of it is at hand.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Source } from '../../contract/data-map.ts';
import { startTestServer, type TestServer } from '../store-database/test-shop.ts';
import { isLeftOut, NOT_MAPPED, SHIPPED } from './test-catalogue.ts';

const DUMP = join(
  process.env['TOCSIN_SHARED'] ?? join(import.meta.dirname, '../../../../../shared'),
  'stores/woocommerce-11.0.1.sql.gz',
);
const skip = !existsSync(DUMP);
/** The shop's own gateway and its checks of identity, which nobody but the operator knows. */
const UNKNOWN = /acme/;
/**
 * Values that show personal data whatever the key: an address, an international phone number, an IP address that is not
 * the host of the shop's own URLs.
 */
const PERSONAL = [
  String.raw`[^@[:space:]"]+@[a-z0-9.-]+\\.[a-z]{2,}`,
  String.raw`\\+[0-9][0-9 ]{8,}`,
  String.raw`(^|[^0-9./])[0-9]{1,3}(\\.[0-9]{1,3}){3}($|[^0-9.])`,
];

/** Columns of names of values, which are words of software. */
const KEYS = new Set(['meta_key', 'option_name']);

let server: TestServer;
let shop: Connection;
const columns = new Map<string, Set<string>>();
/** A regular expression of MariaDB for personal values, with the family names of the shop's people. */
let personal = '';

before(async () => {
  if (skip) return;
  server = await startTestServer();
  const root = await server.connect();
  await root.query('CREATE DATABASE real_shop');
  await root.end();
  execFileSync('sh', [
    '-c',
    `zcat "$1" | mariadb --no-defaults -h127.0.0.1 -P${server.port} -uroot real_shop`,
    'sh',
    DUMP,
  ]);
  shop = await server.connect('real_shop');
  for (const { t, c } of await rows<{ t: string; c: string }>(
    'SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE()',
  )) {
    const name = t.replace(/^wp_/, '');
    columns.set(name, (columns.get(name) ?? new Set()).add(c));
  }
  const names = await rows<{ name: string }>(
    "SELECT DISTINCT last_name AS name FROM wp_wc_order_addresses WHERE last_name REGEXP '^[A-Za-z]{4,}$'",
  );
  assert.notEqual(names.length, 0);
  personal = [...PERSONAL, ...names.map(({ name }) => `(^|[^a-z])${name}($|[^a-z])`)].join('|');
});

after(async () => {
  if (skip) return;
  await shop.end();
  await server.stop();
});

async function rows<T>(sql: string): Promise<T[]> {
  const [found] = await shop.query<(RowDataPacket & T)[]>(sql);
  return found;
}

test(
  'every table is known or left out with a reason, but for the gateway of its own',
  { skip },
  () => {
    const left = NOT_MAPPED.tables.flatMap(({ tables }) => tables);
    const known = SHIPPED.sources.flatMap(tablesOf);
    const others = [...columns.keys()].filter(
      (table) => !known.includes(table) && !left.includes(table),
    );
    assert.deepEqual(others, ['acme_payers']);
  },
);

test('every column that a source names is there', { skip }, () => {
  const wrong = SHIPPED.sources.flatMap((source) => {
    const [table = ''] = tablesOf(source);
    const there = columns.get(table);
    if (there === undefined || !('table' in source.place)) return [];
    return columnsOf(source)
      .filter((column) => !there.has(column))
      .map((column) => `${source.id} ${column}`);
  });
  assert.deepEqual(wrong, []);
});

test('every column and key with personal data is found in the catalogue', { skip }, async () => {
  const unknown: string[] = [];
  let known = 0;
  for (const [table, names] of columns) {
    for (const column of names) {
      if (KEYS.has(column)) continue;
      for (const { key, parent } of await personalKeys(table, column)) {
        const found = SHIPPED.find({ prefix: 'wp_', table: `wp_${table}`, column, key, ...parent });
        if (found.length > 0) known += 1;
        else if (!isLeftOut(table, column, key)) {
          unknown.push([table, column, key, parent.parent ?? ''].join(' ').trim());
        }
      }
    }
  }
  assert.deepEqual(
    unknown.filter((place) => !UNKNOWN.test(place)),
    [],
  );
  assert.deepEqual([...new Set(unknown.map((place) => place.split(' ')[0]))].sort(), [
    'acme_payers',
    'postmeta',
    'usermeta',
    'wc_orders_meta',
  ]);
  assert.ok(known > 30, `${known} places`);
});

type Met = { key: string; parent: { parent?: string } };

/** Keys under which a column holds personal data, with the type of post or comment they belong to. */
async function personalKeys(table: string, column: string): Promise<Met[]> {
  const [key, from] = keyAndRows(table);
  const found = await rows<{ k: string; p: string | null }>(
    `SELECT DISTINCT ${key} FROM ${from} WHERE CAST(x.\`${column}\` AS CHAR) REGEXP '${personal}'`,
  );
  return found.map(({ k, p }) => ({ key: k, parent: p === null ? {} : { parent: p } }));
}

function keyAndRows(table: string): [key: string, from: string] {
  if (table === 'postmeta') {
    return [
      'x.meta_key AS k, p.post_type AS p',
      'wp_postmeta x JOIN wp_posts p ON p.ID = x.post_id',
    ];
  }
  if (table === 'options') return ['x.option_name AS k, NULL AS p', 'wp_options x'];
  if (table === 'posts') return ["'' AS k, x.post_type AS p", 'wp_posts x'];
  if (table === 'comments') return ["'' AS k, x.comment_type AS p", 'wp_comments x'];
  if (columns.get(table)?.has('meta_key') === true) {
    return ['x.meta_key AS k, NULL AS p', `wp_${table} x`];
  }
  return ["'' AS k, NULL AS p", `wp_${table} x`];
}

function tablesOf({ place }: Source): string[] {
  if (place.kind === 'table' || place.kind === 'pairs') return [place.table];
  if (place.kind === 'option') return ['options'];
  if (place.kind === 'file') return [];
  return {
    order: ['wc_orders_meta', 'postmeta'],
    user: ['usermeta'],
    post: ['postmeta'],
    comment: ['commentmeta'],
    order_item: ['woocommerce_order_itemmeta'],
    payment_token: ['woocommerce_payment_tokenmeta'],
  }[place.of];
}

/** Every column a table source reads of its own table. */
function columnsOf({ place, link, date, fields }: Source): string[] {
  const { via, ...direct } = link;
  const own = place.kind === 'table' ? [place.key, ...(place.rows ? [place.rows.column] : [])] : [];
  return [
    ...own,
    ...Object.values(direct).filter((column) => column !== undefined),
    ...(via === undefined ? [] : [via.column]),
    ...(date === null ? [] : [date.column]),
    ...fields.flatMap(({ column }) => (column === undefined ? [] : [column])),
  ];
}

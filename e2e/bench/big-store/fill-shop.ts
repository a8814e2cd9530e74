// Fills one shop by statements that make rows from numbers, inside the server: a million customers in minutes.
import { readFile } from 'node:fs/promises';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { fillAccountMeta, fillAccounts } from './account-rows.ts';
import {
  countPeople,
  fillAddresses,
  fillOrders,
  fillPayloads,
  fillPlaceholders,
} from './order-rows.ts';
import { wordpressTables } from './wordpress-tables.ts';

const SCHEMA = new URL('../../stack/woocommerce-schema.sql', import.meta.url);

/** How many people the shop holds, by the rules its rows were made with. */
export type ShopFacts = {
  readonly customers: number;
  /** All of them, the administrator not counted. */
  readonly everyone: number;
  /** Those of the last 30 days' orders of one gateway. */
  readonly narrow: number;
  readonly seconds: number;
};

export async function fillShop(
  connection: Connection,
  input: { database: string; prefix: string; customers: number; log: (line: string) => void },
): Promise<ShopFacts> {
  const { database, prefix, customers, log } = input;
  const started = performance.now();
  await connection.query(
    `CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`,
  );
  await connection.query(`USE ${database}`);
  await connection.query("SET SESSION sql_mode = ''");
  for (const table of wordpressTables(prefix)) await connection.query(table);
  await connection.query((await readFile(SCHEMA, 'utf8')).replaceAll('{prefix}', prefix));
  await connection.query(options(prefix));
  // Lets the server sort the indexes of an empty table and write each once, instead of row by row.
  await connection.query('SET SESSION unique_checks = 0, foreign_key_checks = 0');
  const parts = {
    accounts: fillAccounts(prefix, customers),
    'their meta': fillAccountMeta(prefix, customers),
    orders: fillOrders(prefix, customers),
    addresses: fillAddresses(prefix, customers),
    'gateway values': fillPayloads(prefix, customers),
    'placeholder posts': fillPlaceholders(prefix, customers),
  };
  for (const [name, statement] of Object.entries(parts)) {
    const from = performance.now();
    await connection.query(statement);
    log(`built ${database}: ${name}, ${seconds(from).toFixed(1)} s`);
  }
  await connection.query(
    `ANALYZE TABLE ${['users', 'usermeta', 'posts', 'wc_orders', 'wc_order_addresses', 'wc_orders_meta'].map((name) => prefix + name).join(', ')}`,
  );
  return { customers, ...(await count(connection, customers)), seconds: seconds(started) };
}

function options(prefix: string): string {
  return `INSERT INTO ${prefix}options (option_name, option_value) VALUES ('siteurl', 'http://shop.example.com'),
    ('home', 'http://shop.example.com'), ('active_plugins', 'a:0:{}'), ('woocommerce_version', '11.0.1'),
    ('woocommerce_custom_orders_table_enabled', 'yes'), ('woocommerce_custom_orders_table_data_sync_enabled', 'no')`;
}

async function count(
  connection: Connection,
  customers: number,
): Promise<Pick<ShopFacts, 'everyone' | 'narrow'>> {
  const [rows] = await connection.query<RowDataPacket[]>(countPeople(customers));
  const of = (scope: string, what: string): number =>
    Number(rows.find((row) => row['scope'] === scope)?.[what] ?? Number.NaN);
  return {
    everyone: customers + of('guests', 'buyers') + of('all', 'recipients') + of('all', 'payers'),
    narrow: of('narrow', 'buyers') + of('narrow', 'recipients') + of('narrow', 'payers'),
  };
}

function seconds(from: number): number {
  return (performance.now() - from) / 1000;
}

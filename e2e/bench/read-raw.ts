// The yardstick: the rows and columns that people are made of, read through mysql2 by pages of the primary key, on one
// connection, and thrown away.
import type { RowDataPacket } from 'mysql2/promise';
import { connectTo, type DatabaseLogin } from '../stack/database-server.ts';

const PAGE = 5_000;

/** Primary key and columns. */
const TABLES: readonly { table: string; key: string; columns: string }[] = [
  {
    table: 'users',
    key: 'ID',
    columns: "ID, user_email, user_registered, display_name, user_pass <> '' AS has_pass",
  },
  { table: 'usermeta', key: 'umeta_id', columns: 'umeta_id, user_id, meta_key, meta_value' },
  {
    table: 'wc_orders',
    key: 'id',
    columns: `id, type, status, customer_id, billing_email, date_created_gmt, payment_method, ip_address,
      user_agent <> '' AS has_agent, customer_note <> '' AS has_note`,
  },
  {
    table: 'wc_order_addresses',
    key: 'id',
    columns: `id, order_id, address_type, first_name, last_name, company, address_1, address_2, city, state, postcode,
      country, email, phone`,
  },
  { table: 'wc_orders_meta', key: 'id', columns: 'id, order_id, meta_key, meta_value' },
];

export type RawReading = {
  readonly rows: number;
  /** On the wire. */
  readonly bytes: number;
  readonly seconds: number;
  /** Processor seconds of this process meanwhile. */
  readonly cpuSeconds: number;
};

export async function readRaw(login: DatabaseLogin, prefix: string): Promise<RawReading> {
  const connection = await connectTo(login);
  try {
    const started = performance.now();
    const before = process.cpuUsage();
    let rows = 0;
    for (const { table, key, columns } of TABLES) {
      for (let after: unknown = 0; ;) {
        const [page] = await connection.query<RowDataPacket[]>(
          `SELECT ${columns} FROM ${prefix}${table} WHERE ${key} > ? ORDER BY ${key} LIMIT ${PAGE}`,
          [after],
        );
        rows += page.length;
        if (page.length < PAGE) break;
        after = (page.at(-1)?.[key] ?? Number.MAX_SAFE_INTEGER) as unknown;
      }
    }
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(before);
    return { rows, bytes: receivedBy(connection), seconds, cpuSeconds: (user + system) / 1e6 };
  } finally {
    await connection.end();
  }
}

/** The driver's socket, which its types do not show. */
function receivedBy(connection: object): number {
  const inner = 'connection' in connection ? connection.connection : null;
  const stream =
    typeof inner === 'object' && inner !== null && 'stream' in inner ? inner.stream : null;
  return typeof stream === 'object' && stream !== null && 'bytesRead' in stream
    ? Number(stream.bytesRead)
    : 0;
}

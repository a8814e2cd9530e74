// Bulk inserts: collects rows per table and sends them as large multi-row statements, one in flight
// while the next is put together.
import type { Connection } from 'mysql2/promise';

export type SqlValue = string | number | null;

const FLUSH_BYTES = 700_000;
const COMMIT_EVERY = 40;

export class TableWriter {
  readonly #connection: Connection;
  readonly #prefix: string;
  readonly #pending = new Map<string, { head: string; rows: string[]; size: number }>();
  #inFlight: Promise<unknown> = Promise.resolve();
  #statements = 0;

  constructor(connection: Connection, prefix: string) {
    this.#connection = connection;
    this.#prefix = prefix;
  }

  /** Takes the connection for itself: no autocommit until finish(). */
  async begin(): Promise<void> {
    await this.#connection.query(
      // Strict, so that a value that does not fit is an error and not a silently shorter truth.
      `SET autocommit = 0, unique_checks = 0, foreign_key_checks = 0,
           sql_mode = 'STRICT_TRANS_TABLES'`,
    );
  }

  /** The columns of a table must be the same in every call. */
  add(table: string, row: Readonly<Record<string, SqlValue>>): void {
    let pending = this.#pending.get(table);
    if (pending === undefined) {
      const columns = Object.keys(row).map((name) => `\`${name}\``);
      const head = `INSERT INTO \`${this.#prefix}${table}\` (${columns.join(',')}) VALUES `;
      pending = { head, rows: [], size: 0 };
      this.#pending.set(table, pending);
    }
    const text = `(${Object.values(row).map(sqlLiteral).join(',')})`;
    pending.rows.push(text);
    pending.size += text.length;
  }

  /** Call between people: sends what has grown large enough. */
  async flushFull(): Promise<void> {
    for (const pending of this.#pending.values()) {
      if (pending.size >= FLUSH_BYTES) await this.#send(pending);
    }
  }

  /** Sends everything and commits. */
  async finish(): Promise<void> {
    for (const pending of this.#pending.values()) {
      if (pending.rows.length > 0) await this.#send(pending);
    }
    await this.#inFlight;
    await this.#connection.query('COMMIT');
  }

  async #send(pending: { head: string; rows: string[]; size: number }): Promise<void> {
    const statement = pending.head + pending.rows.join(',');
    pending.rows = [];
    pending.size = 0;
    await this.#inFlight;
    this.#statements += 1;
    const commits = this.#statements % COMMIT_EVERY === 0;
    this.#inFlight = this.#connection
      .query(statement)
      .then(() => (commits ? this.#connection.query('COMMIT') : undefined));
    // A failure is thrown by the next await; until then it must not count as unhandled.
    this.#inFlight.catch(() => {});
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\u001a': '\\Z',
  "'": "\\'",
  '\\': '\\\\',
};

function sqlLiteral(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  // eslint-disable-next-line no-control-regex -- these are the very characters to escape
  return `'${value.replace(/[\0\n\r\u001a'\\]/g, (sign) => ESCAPES[sign] ?? sign)}'`;
}

// The addresses each stream will not send to, kept in SQLite. Postmark keeps one list per stream.

import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type SuppressionReason = 'HardBounce' | 'SpamComplaint' | 'ManualSuppression';
export type SuppressionOrigin = 'Recipient' | 'Customer' | 'Admin';

/** `at` is milliseconds since 1970; `email` is lower case. */
export interface Suppression {
  readonly email: string;
  readonly reason: SuppressionReason;
  readonly origin: SuppressionOrigin;
  readonly at: number;
}

export class SuppressionList {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #find: StatementSync;
  #size: number;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare('INSERT OR IGNORE INTO suppressions VALUES (?, ?, ?, ?, ?)');
    this.#find = database.prepare('SELECT reason FROM suppressions WHERE stream = ? AND email = ?');
    this.#size = Number(database.prepare('SELECT count(*) AS n FROM suppressions').get()?.n ?? 0);
  }

  /** Adds an address; an address that is already listed keeps its first reason. */
  add(stream: string, suppression: Suppression): void {
    const { email, reason, origin, at } = suppression;
    const { changes } = this.#insert.run(stream, email.toLowerCase(), reason, origin, at);
    this.#size += Number(changes);
  }

  /** Removes an address. False when it may not be removed: Postmark keeps spam complaints for good. */
  remove(stream: string, email: string): boolean {
    const reason = this.#find.get(stream, email.toLowerCase())?.reason;
    if (reason === 'SpamComplaint') return false;
    const { changes } = this.#database
      .prepare('DELETE FROM suppressions WHERE stream = ? AND email = ?')
      .run(stream, email.toLowerCase());
    this.#size -= Number(changes);
    return true;
  }

  /** Which of these addresses (as given) are suppressed on this stream. */
  findSuppressed(stream: string, addresses: readonly string[]): string[] {
    // Most runs have no suppressions at all; the look-up per message would cost for nothing.
    if (this.#size === 0) return [];
    return addresses.filter((email) => this.#find.get(stream, email.toLowerCase()) !== undefined);
  }

  /** All suppressions of a stream, oldest first. */
  list(stream: string): Suppression[] {
    return this.#database
      .prepare(
        'SELECT email, reason, origin, at FROM suppressions WHERE stream = ? ORDER BY at, email',
      )
      .all(stream)
      .map((row) => ({
        email: String(row.email),
        reason: row.reason as SuppressionReason,
        origin: row.origin as SuppressionOrigin,
        at: Number(row.at),
      }));
  }
}

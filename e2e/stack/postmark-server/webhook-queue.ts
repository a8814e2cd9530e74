// The webhook events still to be posted, in SQLite: a receiver that is down for an hour costs disk, not memory,
// and a restart of the server goes on where it was.

import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type WebhookEvent = 'Delivery' | 'Bounce' | 'SpamComplaint';

/** One event to post. `attempt` counts from 0; times are milliseconds since 1970. */
export interface WebhookJob {
  readonly id: number;
  readonly seq: number;
  readonly event: WebhookEvent;
  readonly recipient: string;
  readonly bounceId: number | null;
  readonly traceId: string;
  readonly attempt: number;
}

export class WebhookQueue {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #due: StatementSync;
  readonly #take: StatementSync;
  readonly #remove: StatementSync;
  readonly #postpone: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#insert = database.prepare(
      'INSERT INTO webhook_queue VALUES (NULL, ?, ?, ?, ?, ?, 0, ?, 0)',
    );
    this.#due = database.prepare(
      'SELECT * FROM webhook_queue WHERE taken = 0 AND due_at <= ? ORDER BY due_at, id LIMIT ?',
    );
    this.#take = database.prepare('UPDATE webhook_queue SET taken = 1 WHERE id = ?');
    this.#remove = database.prepare('DELETE FROM webhook_queue WHERE id = ?');
    this.#postpone = database.prepare(
      'UPDATE webhook_queue SET taken = 0, attempt = attempt + 1, due_at = ? WHERE id = ?',
    );
    // Jobs that were under way when the process ended: nobody knows whether they arrived, so they go again.
    database.exec('UPDATE webhook_queue SET taken = 0 WHERE taken = 1');
  }

  /** Adds one event, once per due time; the copies share a trace id. */
  add(job: Omit<WebhookJob, 'id' | 'traceId' | 'attempt'>, dueTimes: readonly number[]): void {
    const traceId = randomUUID();
    for (const due of dueTimes) {
      this.#insert.run(job.seq, job.event, job.recipient, job.bounceId, traceId, Math.ceil(due));
    }
  }

  /** Up to `limit` jobs that are due, marked as taken. */
  take(now: number, limit: number): WebhookJob[] {
    const jobs = this.#due.all(now, limit).map((row) => ({
      id: Number(row.id),
      seq: Number(row.seq),
      event: row.event as WebhookEvent,
      recipient: String(row.recipient),
      bounceId: row.bounce_id === null ? null : Number(row.bounce_id),
      traceId: String(row.trace_id),
      attempt: Number(row.attempt),
    }));
    for (const job of jobs) this.#take.run(job.id);
    return jobs;
  }

  remove(id: number): void {
    this.#remove.run(id);
  }

  /** Gives a job back, to be tried once more at `due`. */
  postpone(id: number, due: number): void {
    this.#postpone.run(Math.ceil(due), id);
  }

  /** When the next job that is not taken is due. */
  nextDue(): number | undefined {
    const row = this.#database
      .prepare('SELECT min(due_at) AS due FROM webhook_queue WHERE taken = 0')
      .get();
    return typeof row?.due === 'number' ? row.due : undefined;
  }

  /** All events not yet posted or given up, those under way included. */
  size(): number {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM webhook_queue').get()?.n ?? 0);
  }
}

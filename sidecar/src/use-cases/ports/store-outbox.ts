// The plugin's outbox in the shop's database, read and never written.

export type OutboxRow = {
  id: number;
  eventId: string;
  kind: string;
  /** RFC 3339, UTC; null when the row holds no date that exists. */
  occurredAt: string | null;
  actorUserId: number;
  subjectType: string;
  subjectId: number;
  /** JSON text; null when it is longer than anything the plugin writes. */
  data: string | null;
};

export type OutboxQuestion = {
  /** Highest row number read so far. */
  after: number;
  /** Row numbers below `after` that were not there yet. */
  gaps: readonly number[];
  limit: number;
};

export type OutboxAnswer = {
  /** Rows beyond `after`, by number, at most `limit`. */
  rows: readonly OutboxRow[];
  /** Rows of `gaps` that are there now. */
  late: readonly OutboxRow[];
  /** Highest row number in the table; 0 when it is empty. */
  highest: number;
  /** Event id of the row numbered `after`; null when it is not there (pruned, or never). */
  eventIdAtAfter: string | null;
};

export interface StoreOutbox {
  /** Throws `outbox.table_missing` before the plugin made its table, and `store.…` when the shop cannot be read. */
  ask(question: OutboxQuestion): Promise<OutboxAnswer>;
}

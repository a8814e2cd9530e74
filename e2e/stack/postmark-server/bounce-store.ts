// Bounces and spam complaints, kept in SQLite, one row each, tied to the message they answer.

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { StoredMessage } from './message-store.ts';
import { timestamp } from './timestamp.ts';

export type BounceType = 'HardBounce' | 'SoftBounce' | 'SpamComplaint';

/** `at` is milliseconds since 1970. */
export interface BounceRecord {
  readonly id: number;
  readonly seq: number;
  readonly type: BounceType;
  readonly email: string;
  readonly at: number;
}

// Type codes from postmark@5.1.0 dist/client/models/bounces/Bounce.d.ts.
const KINDS = {
  HardBounce: {
    TypeCode: 1,
    Name: 'Hard bounce',
    Description:
      'The server was unable to deliver your message (ex: unknown user, mailbox not found).',
    Details: 'smtp;550 5.1.1 The email account that you tried to reach does not exist.',
    Inactive: true,
    CanActivate: true,
  },
  SoftBounce: {
    TypeCode: 4096,
    Name: 'Soft bounce',
    Description:
      'Unable to temporarily deliver message (i.e. mailbox full, account disabled, exceeds quota, out of disk space).',
    Details: 'smtp;452 4.2.2 The email account that you tried to reach is over quota.',
    Inactive: false,
    CanActivate: true,
  },
  SpamComplaint: {
    TypeCode: 100001,
    Name: 'Spam complaint',
    Description: 'The subscriber explicitly marked this message as spam.',
    Details: 'Test spam complaint details',
    Inactive: true,
    CanActivate: false,
  },
} as const;

export class BounceStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Stores a bounce and returns its ID. */
  add(bounce: Omit<BounceRecord, 'id'>): number {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO bounces (seq, type, email, at) VALUES (?, ?, ?, ?)')
      .run(bounce.seq, bounce.type, bounce.email, bounce.at);
    return Number(lastInsertRowid);
  }

  find(id: number): BounceRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM bounces WHERE id = ?').get(id);
    return row && readBounce(row);
  }

  /** Newest first; `search` filters by SQL over `bounces` joined to `messages`. */
  search(
    conditions: readonly { readonly sql: string; readonly values: readonly (string | number)[] }[],
    page: { readonly count: number; readonly offset: number },
  ): { total: number; bounces: BounceRecord[] } {
    const where = conditions.map(({ sql }) => `AND ${sql}`).join(' ');
    const values = conditions.flatMap((condition) => [...condition.values]);
    const from = `FROM bounces JOIN messages ON messages.seq = bounces.seq WHERE true ${where}`;
    const total = this.#database.prepare(`SELECT count(*) AS n ${from}`).get(...values);
    const rows = this.#database
      .prepare(`SELECT bounces.* ${from} ORDER BY bounces.id DESC LIMIT ? OFFSET ?`)
      .all(...values, page.count, page.offset);
    return { total: Number(total?.n ?? 0), bounces: rows.map(readBounce) };
  }

  /** The bounces of one message, oldest first. */
  ofMessage(seq: number): BounceRecord[] {
    return this.#database
      .prepare('SELECT * FROM bounces WHERE seq = ? ORDER BY id')
      .all(seq)
      .map(readBounce);
  }
}

/** A bounce as Postmark's API and webhooks show it. */
export function describeBounce(bounce: BounceRecord, message: StoredMessage, serverId: number) {
  return {
    RecordType: bounce.type === 'SpamComplaint' ? 'SpamComplaint' : 'Bounce',
    ID: bounce.id,
    Type: bounce.type,
    ...KINDS[bounce.type],
    Tag: message.Tag,
    MessageID: message.MessageID,
    ServerID: serverId,
    Email: bounce.email,
    From: message.From,
    BouncedAt: timestamp(bounce.at),
    DumpAvailable: false,
    Subject: message.Subject,
    MessageStream: message.MessageStream,
  };
}

function readBounce(row: Record<string, SQLOutputValue>): BounceRecord {
  return {
    id: Number(row.id),
    seq: Number(row.seq),
    type: row.type as BounceType,
    email: String(row.email),
    at: Number(row.at),
  };
}

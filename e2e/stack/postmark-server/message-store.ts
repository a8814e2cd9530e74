// Keeps every accepted message in SQLite and answers questions about them. Rows are read a page at a
// time, so memory does not grow with the number of messages.

import { randomUUID } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Address } from './address-list.ts';
import type { CheckedMessage } from './check-draft.ts';
import type { Attachment } from './message-draft.ts';

/** An accepted message without its content. `at` is milliseconds since 1970. */
export interface MessageSummary {
  readonly seq: number;
  readonly MessageID: string;
  readonly at: number;
  readonly From: string;
  readonly To: readonly Address[];
  readonly Cc: readonly Address[];
  readonly Bcc: readonly Address[];
  /** Addresses the message goes to: To, Cc and Bcc without the inactive ones. */
  readonly Recipients: readonly string[];
  readonly Subject: string;
  readonly MessageStream: string;
  readonly Tag: string;
  readonly TrackOpens: boolean;
  readonly TrackLinks: string;
  readonly Metadata: Readonly<Record<string, string>>;
  readonly AttachmentNames: readonly string[];
}

/** An accepted message with its content. Bodies are '' when `keepBodies` is false. */
export interface StoredMessage extends MessageSummary {
  readonly Headers: readonly { readonly Name: string; readonly Value: string }[];
  readonly Attachments: readonly Attachment[];
  readonly TextBody: string;
  readonly HtmlBody: string;
}

/** One condition of a search: SQL over `messages` with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

const SUMMARY = `seq, id, at, sender, recipients, subject, stream, tag, track_opens, track_links,
  metadata, attachment_names`;
const PAGE = 500;

export class MessageStore {
  readonly #database: DatabaseSync;
  readonly #keepBodies: boolean;
  readonly #insertMessage: StatementSync;
  readonly #insertRecipient: StatementSync;
  readonly #insertMetadata: StatementSync;

  constructor(database: DatabaseSync, keepBodies: boolean) {
    this.#database = database;
    this.#keepBodies = keepBodies;
    this.#insertMessage = database.prepare(
      `INSERT INTO messages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#insertRecipient = database.prepare(
      'INSERT OR IGNORE INTO message_recipients VALUES (?, ?)',
    );
    this.#insertMetadata = database.prepare('INSERT INTO message_metadata VALUES (?, ?, ?)');
  }

  /** Stores one message; call inside a transaction. */
  add(message: CheckedMessage, at: number): { seq: number; id: string } {
    const { draft } = message;
    const id = randomUUID();
    const lists = [message.to, message.cc, message.bcc, message.recipients];
    const { lastInsertRowid } = this.#insertMessage.run(
      id,
      at,
      draft.From,
      JSON.stringify(lists),
      draft.Subject,
      message.stream,
      draft.Tag,
      draft.TrackOpens ? 1 : 0,
      draft.TrackLinks,
      JSON.stringify(draft.Metadata),
      JSON.stringify(draft.Attachments.map(({ Name }) => Name)),
      JSON.stringify(draft.Headers),
      this.#keepBodies ? JSON.stringify(draft.Attachments) : '[]',
      this.#keepBodies ? draft.TextBody : '',
      this.#keepBodies ? draft.HtmlBody : '',
    );
    const seq = Number(lastInsertRowid);
    for (const recipient of message.recipients) {
      this.#insertRecipient.run(recipient.toLowerCase(), seq);
    }
    for (const [name, value] of Object.entries(draft.Metadata)) {
      this.#insertMetadata.run(name.toLowerCase(), value, seq);
    }
    return { seq, id };
  }

  /** How many messages meet all conditions. */
  count(conditions: readonly Condition[] = []): number {
    const row = this.#database
      .prepare(`SELECT count(*) AS n FROM messages ${where(conditions)}`)
      .get(...values(conditions));
    return Number(row?.n ?? 0);
  }

  /** Newest first. */
  search(conditions: readonly Condition[], count: number, offset: number): MessageSummary[] {
    return this.#database
      .prepare(
        `SELECT ${SUMMARY} FROM messages ${where(conditions)} ORDER BY seq DESC LIMIT ? OFFSET ?`,
      )
      .all(...values(conditions), count, offset)
      .map(readSummary);
  }

  /** The message with this MessageID or, for a number, this sequence number. */
  find(key: string | number): StoredMessage | undefined {
    const column = typeof key === 'number' ? 'seq' : 'id';
    const row = this.#database.prepare(`SELECT * FROM messages WHERE ${column} = ?`).get(key);
    return row && readMessage(row);
  }

  /** Oldest first, in pages, starting after this sequence number. */
  *pages(after = 0): Generator<StoredMessage[]> {
    const statement = this.#database.prepare(
      `SELECT * FROM messages WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`,
    );
    let last = after;
    for (;;) {
      const page = statement.all(last).map(readMessage);
      if (page.length === 0) return;
      yield page;
      last = page.at(-1)?.seq ?? last;
    }
  }

  /** Accepted messages per recipient, by lower-case address. */
  countByRecipient(): Map<string, number> {
    const counts = new Map<string, number>();
    const rows = this.#database
      .prepare('SELECT email, count(*) AS n FROM message_recipients GROUP BY email')
      .iterate();
    for (const row of rows) counts.set(String(row.email), Number(row.n));
    return counts;
  }

  /** How many different addresses something was accepted for. */
  countDistinctRecipients(): number {
    return this.#countOf('SELECT count(DISTINCT email) AS n FROM message_recipients');
  }

  /** Addresses accepted in more than one message. */
  repeatedRecipients(): { email: string; count: number }[] {
    return this.#database
      .prepare(
        `SELECT email, count(*) AS n FROM message_recipients GROUP BY email HAVING n > 1 ORDER BY email`,
      )
      .all()
      .map((row) => ({ email: String(row.email), count: Number(row.n) }));
  }

  /** Values of one metadata field that were accepted in more than one message, with their messages. */
  repeatedMetadata(name: string): { value: string; count: number; messageIds: string[] }[] {
    return this.#database
      .prepare(
        `SELECT d.value, count(*) AS n, json_group_array(m.id) AS ids
         FROM (SELECT value FROM message_metadata WHERE name = ?1 GROUP BY value HAVING count(*) > 1) d
         JOIN message_metadata x ON x.name = ?1 AND x.value = d.value
         JOIN messages m ON m.seq = x.seq GROUP BY d.value ORDER BY d.value`,
      )
      .all(name.toLowerCase())
      .map((row) => ({
        value: String(row.value),
        count: Number(row.n),
        messageIds: JSON.parse(String(row.ids)) as string[],
      }));
  }

  #countOf(sql: string): number {
    return Number(this.#database.prepare(sql).get()?.n ?? 0);
  }
}

function where(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
}

function values(conditions: readonly Condition[]): (string | number)[] {
  return conditions.flatMap((condition) => [...condition.values]);
}

type Row = Record<string, SQLOutputValue>;

function readSummary(row: Row): MessageSummary {
  const [to = [], cc = [], bcc = [], recipients = []] = JSON.parse(String(row.recipients)) as [
    Address[]?,
    Address[]?,
    Address[]?,
    string[]?,
  ];
  return {
    seq: Number(row.seq),
    MessageID: String(row.id),
    at: Number(row.at),
    From: String(row.sender),
    To: to,
    Cc: cc,
    Bcc: bcc,
    Recipients: recipients,
    Subject: String(row.subject),
    MessageStream: String(row.stream),
    Tag: String(row.tag),
    TrackOpens: row.track_opens === 1,
    TrackLinks: String(row.track_links),
    Metadata: JSON.parse(String(row.metadata)) as Record<string, string>,
    AttachmentNames: JSON.parse(String(row.attachment_names)) as string[],
  };
}

function readMessage(row: Row): StoredMessage {
  return {
    ...readSummary(row),
    Headers: JSON.parse(String(row.headers)) as StoredMessage['Headers'],
    Attachments: JSON.parse(String(row.attachments)) as Attachment[],
    TextBody: String(row.text_body),
    HtmlBody: String(row.html_body),
  };
}

// GET /messages/outbound and /messages/outbound/{id}/details: what was accepted, as Postmark's search shows it.

import * as errors from './api-error.ts';
import type { ApiError } from './api-error.ts';
import type { Condition, MessageSummary, StoredMessage } from './message-store.ts';
import type { ServerContext } from './server-context.ts';
import { readSearchDate, timestamp } from './timestamp.ts';

/** A query string with lower-case names: Postmark's are case-insensitive. */
export type Query = ReadonlyMap<string, string>;

export interface Page {
  readonly count: number;
  readonly offset: number;
}

/** `count` and `offset`, both required; together at most 10,000 (postmarkapp.com/developer/api/messages-api). */
export function readPage(query: Query, code: 700 | 408): Page | ApiError {
  const read = (name: string): number | undefined => {
    const text = query.get(name) ?? '';
    return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  };
  const count = read('count');
  const offset = read('offset');
  if (count === undefined || offset === undefined) {
    return errors.invalidQuery(code, "The parameters 'count' and 'offset' are required.");
  }
  if (count < 1 || count > 500) {
    return errors.invalidQuery(code, "The parameter 'count' must be between 1 and 500.");
  }
  if (count + offset > 10_000) {
    return errors.invalidQuery(code, "The sum of 'count' and 'offset' must not exceed 10,000.");
  }
  return { count, offset };
}

/** The conditions of `fromdate` and `todate` on a column of milliseconds. */
export function readDates(query: Query, column: string, code: 700 | 408): Condition[] | ApiError {
  const conditions: Condition[] = [];
  for (const [name, operator, edge] of [
    ['fromdate', '>=', 'start'],
    ['todate', '<=', 'end'],
  ] as const) {
    const text = query.get(name);
    if (text === undefined) continue;
    const at = readSearchDate(text, edge);
    if (at === undefined)
      return errors.invalidQuery(code, `The parameter '${name}' is not a date.`);
    conditions.push({ sql: `${column} ${operator} ?`, values: [at] });
  }
  return conditions;
}

/** The answer of GET /messages/outbound. */
export function searchMessages(context: ServerContext, query: Query): object | ApiError {
  const page = readPage(query, 700);
  if ('code' in page) return page;
  const conditions = readConditions(context, query);
  if (!Array.isArray(conditions)) return conditions;
  return {
    TotalCount: context.messages.count(conditions),
    Messages: context.messages
      .search(conditions, page.count, page.offset)
      .map((message) => describeMessage(message)),
  };
}

/** The answer of GET /messages/outbound/{id}/details. */
export function showDetails(context: ServerContext, id: string): object | ApiError {
  const message = context.messages.find(id);
  const lag = context.faults.state.searchLagMs;
  if (!message || message.at + lag > context.now()) return errors.messageNotFound;
  return {
    ...describeMessage(message),
    TextBody: message.TextBody,
    HtmlBody: message.HtmlBody,
    Body: '',
    MessageEvents: describeEvents(context, message),
  };
}

/** The deliveries and bounces of a message, as `MessageEvents` shows them. */
export function describeEvents(context: ServerContext, message: StoredMessage): object[] {
  const bounces = context.bounces.ofMessage(message.seq);
  const events: object[] = [];
  for (const recipient of message.Recipients) {
    const bounce = bounces.find(({ email }) => email === recipient);
    const common = { Recipient: recipient, ReceivedAt: timestamp(message.at) };
    if (!bounce || bounce.type === 'SpamComplaint') {
      const Details = {
        DeliveryMessage: 'smtp;250 2.0.0 OK',
        DestinationServer: 'mx.example.invalid',
        DestinationIP: '192.0.2.1',
      };
      events.push({ ...common, Type: 'Delivered', Details });
    }
    if (bounce) {
      const Type = bounce.type === 'SpamComplaint' ? 'SpamComplaint' : 'Bounced';
      events.push({ ...common, Type, Details: { Summary: bounce.type, BounceID: bounce.id } });
    }
  }
  return events;
}

function readConditions(context: ServerContext, query: Query): Condition[] | ApiError {
  const dates = readDates(query, 'at', 700);
  if (!Array.isArray(dates)) return dates;
  const metadata = readMetadataCondition(query);
  if (metadata && 'code' in metadata) return metadata;
  const conditions = [...dates, ...(metadata ? [metadata] : [])];
  const add = (name: string, sql: string): void => {
    const value = query.get(name);
    if (value !== undefined && value !== '') conditions.push({ sql, values: [value] });
  };
  add('recipient', 'seq IN (SELECT seq FROM message_recipients WHERE email = lower(?))');
  add('fromemail', 'instr(lower(sender), lower(?)) > 0');
  add('tag', 'tag = ?');
  add('subject', 'instr(lower(subject), lower(?)) > 0');
  add('messagestream', 'stream = ?');
  const status = (query.get('status') ?? '').toLowerCase();
  if (!['', 'sent', 'processed', 'queued'].includes(status)) {
    return errors.invalidQuery(700, "The parameter 'status' must be queued, sent or processed.");
  }
  // Everything accepted here is sent at once: nothing is ever found queued.
  if (status === 'queued') conditions.push({ sql: 'false', values: [] });
  const lag = context.faults.state.searchLagMs;
  if (lag > 0) conditions.push({ sql: 'at <= ?', values: [context.now() - lag] });
  return conditions;
}

function readMetadataCondition(query: Query): Condition | ApiError | undefined {
  const fields = [...query].filter(([name]) => name.startsWith('metadata_'));
  const [field] = fields;
  if (!field) return undefined;
  if (fields.length > 1) {
    return errors.invalidQuery(700, 'Only one metadata field may be searched for at a time.');
  }
  const [name, value] = field;
  return {
    sql: 'seq IN (SELECT seq FROM message_metadata WHERE name = ? AND value = ?)',
    values: [name.slice('metadata_'.length), value],
  };
}

function describeMessage(message: MessageSummary): object {
  return {
    Tag: message.Tag,
    MessageID: message.MessageID,
    To: message.To,
    Cc: message.Cc,
    Bcc: message.Bcc,
    Recipients: message.Recipients,
    ReceivedAt: timestamp(message.at),
    From: message.From,
    Subject: message.Subject,
    Attachments: message.AttachmentNames,
    Status: 'Sent',
    TrackOpens: message.TrackOpens,
    TrackLinks: message.TrackLinks,
    Metadata: message.Metadata,
    MessageStream: message.MessageStream,
    Sandboxed: false,
  };
}

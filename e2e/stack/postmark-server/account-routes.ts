// The other parts of Postmark's server API: bounces, message streams, suppressions, the server and its webhooks.

import { isEmail } from './address-list.ts';
import * as errors from './api-error.ts';
import type { ApiError } from './api-error.ts';
import { describeBounce } from './bounce-store.ts';
import type { BounceRecord } from './bounce-store.ts';
import { isObject } from './message-draft.ts';
import type { Condition } from './message-store.ts';
import { readDates, readPage } from './message-routes.ts';
import type { Query } from './message-routes.ts';
import type { ServerContext } from './server-context.ts';
import type { StreamOption } from './server-options.ts';
import { readSearchDate, timestamp } from './timestamp.ts';

/** The answer of GET /bounces. */
export function searchBounces(context: ServerContext, query: Query): object | ApiError {
  const page = readPage(query, 408);
  if ('code' in page) return page;
  const dates = readDates(query, 'bounces.at', 408);
  if (!Array.isArray(dates)) return dates;
  const conditions: Condition[] = [...dates];
  const add = (name: string, sql: string): void => {
    const value = query.get(name);
    if (value !== undefined && value !== '') conditions.push({ sql, values: [value] });
  };
  add('type', 'bounces.type = ?');
  add('emailfilter', 'instr(lower(bounces.email), lower(?)) > 0');
  add('tag', 'messages.tag = ?');
  add('messageid', 'messages.id = ?');
  add('messagestream', 'messages.stream = ?');
  add('inactive', "(bounces.type <> 'SoftBounce') = (lower(?) = 'true')");
  const { total, bounces } = context.bounces.search(conditions, page);
  return {
    TotalCount: total,
    Bounces: bounces.flatMap((bounce) => showBounce(context, bounce) ?? []),
  };
}

/** The answer of GET /bounces/{id}. */
export function findBounce(context: ServerContext, id: number): object | ApiError {
  const bounce = context.bounces.find(id);
  return (bounce && showBounce(context, bounce)) ?? errors.bounceNotFound;
}

function showBounce(context: ServerContext, bounce: BounceRecord): object | undefined {
  const message = context.messages.find(bounce.seq);
  return message && describeBounce(bounce, message, context.serverId);
}

/** The answer of GET /message-streams. */
export function listStreams(context: ServerContext, query: Query): object {
  const wanted = (query.get('messagestreamtype') ?? 'all').toLowerCase();
  const streams = context.options.streams.filter(
    ({ type }) => wanted === 'all' || type.toLowerCase() === wanted,
  );
  return {
    MessageStreams: streams.map((stream) => describeStream(context, stream)),
    TotalCount: streams.length,
  };
}

/** The answer of GET /message-streams/{id}. */
export function showStream(context: ServerContext, id: string): object | ApiError {
  const stream = context.options.streams.find((known) => known.id === id);
  return stream ? describeStream(context, stream) : errors.streamNotFound;
}

function describeStream(context: ServerContext, { id, type }: StreamOption): object {
  return {
    ID: id,
    ServerID: context.serverId,
    Name: id,
    Description: '',
    MessageStreamType: type,
    CreatedAt: timestamp(context.startedAt),
    UpdatedAt: null,
    ArchivedAt: null,
    ExpectedPurgeDate: null,
    SubscriptionManagementConfiguration: {
      UnsubscribeHandlingType: type === 'Broadcasts' ? 'Postmark' : 'None',
    },
  };
}

/** The answer of GET /message-streams/{id}/suppressions/dump. */
export function dumpSuppressions(
  context: ServerContext,
  stream: string,
  query: Query,
): object | ApiError {
  if (!context.rules.streams.has(stream)) return errors.streamNotFound;
  const bounds: Partial<Record<'start' | 'end', number>> = {};
  for (const [name, edge] of [
    ['fromdate', 'start'],
    ['todate', 'end'],
  ] as const) {
    const text = query.get(name);
    const at = text === undefined ? undefined : readSearchDate(text, edge);
    if (text !== undefined && at === undefined) {
      return errors.invalidEmailRequest(`The parameter '${name}' is not a date.`);
    }
    if (at !== undefined) bounds[edge] = at;
  }
  const same = (name: string, value: string): boolean =>
    (query.get(name) ?? value).toLowerCase() === value.toLowerCase();
  const kept = context.suppressions
    .list(stream)
    .filter(
      ({ email, reason, origin, at }) =>
        same('suppressionreason', reason) &&
        same('origin', origin) &&
        same('emailaddress', email) &&
        at >= (bounds.start ?? -Infinity) &&
        at <= (bounds.end ?? Infinity),
    );
  return {
    Suppressions: kept.map(({ email, reason, origin, at }) => ({
      EmailAddress: email,
      SuppressionReason: reason,
      Origin: origin,
      CreatedAt: timestamp(at),
    })),
  };
}

/** The answer of POST /message-streams/{id}/suppressions and …/suppressions/delete. */
export function changeSuppressions(
  context: ServerContext,
  stream: string,
  change: { readonly json: unknown; readonly remove: boolean },
): object | ApiError {
  if (!context.rules.streams.has(stream)) return errors.streamNotFound;
  const list = isObject(change.json) ? change.json.Suppressions : undefined;
  if (!Array.isArray(list)) return errors.invalidFields(['$.Suppressions']);
  const addresses: string[] = [];
  for (const [index, item] of (list as unknown[]).entries()) {
    const email = isObject(item) ? item.EmailAddress : undefined;
    if (typeof email !== 'string') {
      return errors.invalidFields([`$.Suppressions[${String(index)}].EmailAddress`]);
    }
    addresses.push(email);
  }
  const changeOne = change.remove ? removeSuppression : addSuppression;
  return { Suppressions: addresses.map((email) => changeOne(context, stream, email)) };
}

function addSuppression(context: ServerContext, stream: string, email: string): object {
  if (!isEmail(email)) return failed(email, 'An invalid email address was provided.');
  const reason = 'ManualSuppression';
  context.suppressions.add(stream, { email, reason, origin: 'Customer', at: context.now() });
  return { EmailAddress: email, Status: 'Suppressed', Message: null };
}

function removeSuppression(context: ServerContext, stream: string, email: string): object {
  if (!isEmail(email)) return failed(email, 'An invalid email address was provided.');
  return context.suppressions.remove(stream, email)
    ? { EmailAddress: email, Status: 'Deleted', Message: null }
    : failed(email, 'You do not have the required authority to change this suppression.');
}

function failed(email: string, message: string): object {
  return { EmailAddress: email, Status: 'Failed', Message: message };
}

/** The answer of GET /server. The token is not repeated: whoever asks has it already. */
export function showServer(context: ServerContext): object {
  return {
    ID: context.serverId,
    Name: context.serverName,
    ApiTokens: [],
    ServerLink: '',
    Color: 'Blue',
    SmtpApiActivated: false,
    RawEmailEnabled: false,
    DeliveryType: 'Live',
    InboundAddress: '',
    InboundHookUrl: '',
    BounceHookUrl: '',
    OpenHookUrl: '',
    DeliveryHookUrl: '',
    ClickHookUrl: '',
    PostFirstOpenOnly: false,
    InboundDomain: '',
    InboundHash: '',
    InboundSpamThreshold: 0,
    TrackOpens: false,
    TrackLinks: 'None',
    IncludeBounceContentInHook: false,
    EnableSmtpApiErrorHooks: false,
  };
}

/** The answer of GET /webhooks: the one target the server was started with, for every stream. */
export function listWebhooks(context: ServerContext, query: Query): object {
  const target = context.options.webhook;
  const wanted = query.get('messagestream');
  if (!target) return { Webhooks: [] };
  const enabled = (event: 'Delivery' | 'Bounce' | 'SpamComplaint') => ({
    Enabled: context.webhooks?.wants(event) === true,
  });
  const streams = context.options.streams.filter(({ id }) => wanted === undefined || id === wanted);
  return {
    Webhooks: streams.map(({ id }, index) => ({
      ID: index + 1,
      Url: target.url.replace(/\/\/[^/@]*@/, '//'),
      MessageStream: id,
      HttpAuth: target.user === undefined ? null : { Username: target.user, Password: '********' },
      HttpHeaders: [],
      Triggers: {
        Open: { Enabled: false, PostFirstOpenOnly: false },
        Click: { Enabled: false },
        Delivery: enabled('Delivery'),
        Bounce: { ...enabled('Bounce'), IncludeContent: false },
        SpamComplaint: { ...enabled('SpamComplaint'), IncludeContent: false },
        SubscriptionChange: { Enabled: false },
      },
    })),
  };
}

// The parts of one running server, as its routes see them.

import type { Socket } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { BounceStore, describeBounce } from './bounce-store.ts';
import type { SendingRules } from './check-draft.ts';
import { Counters } from './counters.ts';
import { FaultControl } from './fault-control.ts';
import { MessageStore } from './message-store.ts';
import type { PostmarkServerOptions } from './server-options.ts';
import { SuppressionList } from './suppression-list.ts';
import { timestamp } from './timestamp.ts';
import { WebhookQueue } from './webhook-queue.ts';
import type { WebhookJob } from './webhook-queue.ts';
import { WebhookSender } from './webhook-sender.ts';

export interface ServerContext {
  readonly options: PostmarkServerOptions;
  readonly database: DatabaseSync;
  readonly messages: MessageStore;
  readonly suppressions: SuppressionList;
  readonly bounces: BounceStore;
  readonly webhookQueue: WebhookQueue;
  readonly webhooks: WebhookSender | undefined;
  readonly counters: Counters;
  readonly faults: FaultControl;
  readonly rules: SendingRules;
  readonly serverId: number;
  readonly serverName: string;
  readonly deliveryIdField: string;
  readonly startedAt: number;
  readonly now: () => number;
  /** Connections left without an answer by a hang fault. */
  readonly hung: Set<Socket>;
  /** Aborted when the server stops; ends waiting answers. */
  readonly stopping: AbortController;
}

/** Puts the parts together over an open database. Starts nothing. */
export function makeContext(options: PostmarkServerOptions, database: DatabaseSync): ServerContext {
  const counters = new Counters();
  const hung = new Set<Socket>();
  const messages = new MessageStore(database, options.keepBodies ?? true);
  const suppressions = new SuppressionList(database);
  const bounces = new BounceStore(database);
  const webhookQueue = new WebhookQueue(database);
  const serverId = options.serverId ?? 23;
  const now = options.now ?? Date.now;
  const { delayMs = 0, outcomes = {} } = options;
  const faults = new FaultControl(counters, { delayMs, outcomes, ...options.faults }, () => {
    for (const socket of hung) socket.destroy();
  });
  const describe = (job: WebhookJob) => describeEvent(job, { messages, bounces, serverId, now });
  return {
    options,
    database,
    messages,
    suppressions,
    bounces,
    webhookQueue,
    webhooks:
      options.webhook &&
      new WebhookSender({ target: options.webhook, queue: webhookQueue, counters, describe }),
    counters,
    faults,
    rules: makeRules(options, suppressions),
    serverId,
    serverName: options.serverName ?? 'Tocsin test server',
    deliveryIdField: options.deliveryIdField ?? 'did',
    startedAt: now(),
    now,
    hung,
    stopping: new AbortController(),
  };
}

function makeRules(options: PostmarkServerOptions, suppressions: SuppressionList): SendingRules {
  const lowerCase = (list: readonly string[]) => new Set(list.map((entry) => entry.toLowerCase()));
  return {
    streams: new Map(options.streams.map(({ id, type }) => [id, type])),
    confirmed: lowerCase(options.senderSignatures),
    unconfirmed: lowerCase(options.unconfirmedSignatures ?? []),
    findInactive: (stream, addresses) => suppressions.findSuppressed(stream, addresses),
  };
}

type EventSources = Pick<ServerContext, 'messages' | 'bounces' | 'serverId' | 'now'>;

/** The JSON of a webhook, as in postmark@5.1.0 dist/client/models/webhooks/payload. */
function describeEvent(job: WebhookJob, sources: EventSources): object | undefined {
  const message = sources.messages.find(job.seq);
  if (!message) return undefined;
  if (job.event === 'Delivery') {
    return {
      RecordType: 'Delivery',
      ServerID: sources.serverId,
      MessageStream: message.MessageStream,
      MessageID: message.MessageID,
      Recipient: job.recipient,
      Tag: message.Tag,
      DeliveredAt: timestamp(sources.now()),
      Details: 'smtp;250 2.0.0 OK',
      Metadata: message.Metadata,
    };
  }
  const bounce = job.bounceId === null ? undefined : sources.bounces.find(job.bounceId);
  if (!bounce) return undefined;
  return { ...describeBounce(bounce, message, sources.serverId), Metadata: message.Metadata };
}

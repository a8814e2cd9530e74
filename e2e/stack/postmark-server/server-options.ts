// What a server is started with, and what it takes when something is left out.

import type { FaultPatch } from './fault-control.ts';
import type { OutcomeRules } from './recipient-outcome.ts';
import type { WebhookTarget } from './webhook-sender.ts';

export interface StreamOption {
  readonly id: string;
  readonly type: 'Transactional' | 'Broadcasts';
}

export interface PostmarkServerOptions {
  readonly serverToken: string;
  readonly streams: readonly StreamOption[];
  /** Confirmed addresses (`a@b.c`) or whole domains (`b.c`). */
  readonly senderSignatures: readonly string[];
  /** Known but not yet confirmed: answered with code 401 instead of 400. */
  readonly unconfirmedSignatures?: readonly string[];
  /** SQLite file; goes on with what is in it. Default: in memory. */
  readonly dbFile?: string;
  /** Default: a free port. Always on 127.0.0.1. */
  readonly port?: number;
  readonly webhook?: WebhookTarget;
  /** Short for `faults.delayMs`. */
  readonly delayMs?: number | readonly [number, number];
  readonly faults?: FaultPatch;
  /** Short for `faults.outcomes`. */
  readonly outcomes?: OutcomeRules;
  /** False stores no bodies and attachments, for very large runs. Default true. */
  readonly keepBodies?: boolean;
  /** Metadata field that holds the delivery id duplicates are told by. Default `did`. */
  readonly deliveryIdField?: string;
  readonly serverName?: string;
  readonly serverId?: number;
  /** Milliseconds since 1970; default Date.now. Governs stored times and search lag, not webhook timers. */
  readonly now?: () => number;
}

/** Thrown when the options cannot work. */
export class ServerOptionsError extends Error {
  readonly code = 'server-options';
}

/** Throws a ServerOptionsError with a sentence when the options cannot work. */
export function checkOptions(options: PostmarkServerOptions): void {
  const problem = findProblem(options);
  if (problem) {
    throw new ServerOptionsError(`couldn't start the Postmark-compatible server: ${problem}`);
  }
}

function findProblem(options: PostmarkServerOptions): string | undefined {
  if (options.serverToken.trim() === '') return 'serverToken is empty (give any text)';
  if (options.streams.length === 0) return 'streams is empty (give at least one, such as outbound)';
  const ids = new Set(options.streams.map(({ id }) => id));
  if (ids.size < options.streams.length) return 'two streams have the same id';
  if (options.senderSignatures.length === 0) {
    return 'senderSignatures is empty (give an address or a domain)';
  }
  const port = options.port ?? 0;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return `port is ${String(port)} (allowed: 0 to 65535)`;
  }
  if (options.webhook && !/^https?:\/\//.test(options.webhook.url)) {
    return 'webhook.url is not an http or https URL';
  }
  return undefined;
}

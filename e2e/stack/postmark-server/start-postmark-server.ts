// A strict Postmark-compatible server for the demo, tests, chaos and bench: refuses what Postmark refuses, keeps
// everything it accepts, posts webhooks, and fails on command. Listens on 127.0.0.1 only.

import { createServer } from 'node:http';
import { answerRequest } from './answer-request.ts';
import { summarise } from './control-routes.ts';
import type { Summary } from './control-routes.ts';
import type { CounterValues } from './counters.ts';
import type { FaultControl } from './fault-control.ts';
import type { StoredMessage } from './message-store.ts';
import { openDatabase } from './open-database.ts';
import { makeContext } from './server-context.ts';
import type { ServerContext } from './server-context.ts';
import { checkOptions } from './server-options.ts';
import type { PostmarkServerOptions } from './server-options.ts';
import type { SuppressionOrigin, SuppressionReason } from './suppression-list.ts';

/** Everything that was accepted more than once. */
export interface Duplicates {
  /** By delivery id (`deliveryIdField` in the metadata, `did` unless told otherwise). */
  readonly deliveries: readonly {
    readonly did: string;
    readonly count: number;
    readonly messageIds: readonly string[];
  }[];
  /** By lower-case address. */
  readonly recipients: readonly { readonly email: string; readonly count: number }[];
}

export interface PostmarkServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** `127.0.0.1:PORT`, for `requestHost` of the postmark package. */
  readonly host: string;
  readonly port: number;
  readonly faults: FaultControl;
  /** A copy, at this moment. */
  readonly counters: CounterValues;
  summary(): Summary;
  /** Oldest first, a page of 500 in memory at a time. */
  messages(): AsyncGenerator<StoredMessage, void, void>;
  /** Accepted messages per lower-case address. */
  countByRecipient(): Map<string, number>;
  duplicates(): Duplicates;
  /** Marks an address inactive on a stream, as if it had bounced, complained or been suppressed by hand. */
  suppress(stream: string, email: string, reason?: SuppressionReason): void;
  /** Resolves when no webhook is left to post. */
  webhooksSettled(): Promise<void>;
  /** Closes all connections and the database. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts a server; rejects with a ServerOptionsError, or the system's error when the port is taken. */
export async function startPostmarkServer(options: PostmarkServerOptions): Promise<PostmarkServer> {
  checkOptions(options);
  const context = makeContext(options, openDatabase(options.dbFile));
  // requestTimeout off: a client may be slow on purpose, and the faults decide when a connection ends.
  const server = createServer(
    { requestTimeout: 0, keepAliveTimeout: 30_000 },
    (request, response) => {
      void answerRequest(context, request, response);
    },
  );
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
  } catch (error) {
    context.database.close();
    throw error;
  }
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  context.webhooks?.wake();
  return makeHandle(context, port, () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    return closed;
  });
}

const ORIGINS: Readonly<Record<SuppressionReason, SuppressionOrigin>> = {
  HardBounce: 'Recipient',
  SpamComplaint: 'Recipient',
  ManualSuppression: 'Customer',
};

function makeHandle(
  context: ServerContext,
  port: number,
  close: () => Promise<void>,
): PostmarkServer {
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    context.stopping.abort();
    context.webhooks?.stop();
    await close();
    context.database.close();
  };
  return {
    url: `http://127.0.0.1:${String(port)}`,
    host: `127.0.0.1:${String(port)}`,
    port,
    faults: context.faults,
    get counters() {
      return context.counters.values;
    },
    summary: () => summarise(context),
    messages: () => walkMessages(context),
    countByRecipient: () => context.messages.countByRecipient(),
    duplicates: () => ({
      deliveries: context.messages
        .repeatedMetadata(context.deliveryIdField)
        .map(({ value, count, messageIds }) => ({ did: value, count, messageIds })),
      recipients: context.messages.repeatedRecipients(),
    }),
    suppress: (stream, email, reason = 'ManualSuppression') => {
      const origin = ORIGINS[reason];
      context.suppressions.add(stream, { email, reason, origin, at: context.now() });
    },
    webhooksSettled: () => context.webhooks?.settled() ?? Promise.resolve(),
    stop: () => (stopped ??= stop()),
  };
}

/** Lets other work happen between pages, so that walking a large store does not stop the server. */
async function* walkMessages(context: ServerContext): AsyncGenerator<StoredMessage, void, void> {
  for (const page of context.messages.pages()) {
    yield* page;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

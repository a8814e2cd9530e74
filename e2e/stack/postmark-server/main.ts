// Runs the Postmark-compatible server as a process: prints one JSON line when it listens, stops on SIGINT or
// SIGTERM, and with --exit-with-stdin also when its parent goes away. `--help` lists the options.

import { parseArgs } from 'node:util';
import { startPostmarkServer } from './start-postmark-server.ts';
import { ServerOptionsError } from './server-options.ts';
import type { PostmarkServerOptions, StreamOption } from './server-options.ts';
import type { WebhookTarget } from './webhook-sender.ts';

const HELP = `node main.ts --token TOKEN [options]
  --token TOKEN               server token callers must send (required)
  --port N                    default: a free port
  --db FILE                   SQLite file; default: in memory
  --stream ID:TYPE            Transactional or Broadcasts; repeatable; default outbound:Transactional, broadcast:Broadcasts
  --signature ADDRESS|DOMAIN  confirmed sender; repeatable; default example.com
  --webhook-url URL           post Delivery, Bounce and SpamComplaint events here
  --webhook-user USER         Basic auth
  --webhook-password PASSWORD
  --webhook-events A,B        default Delivery,Bounce,SpamComplaint
  --webhook-retry-scale X     scales Postmark's retry times; 1 is real time; default 0.001
  --webhook-concurrency N     default 8
  --delay-ms N                answers to sending calls are this late
  --seed N                    seed of all randomness; default 1
  --no-bodies                 keep no bodies, for very large runs
  --exit-with-stdin           stop when standard input closes
`;

const { values } = parseArgs({
  options: {
    token: { type: 'string' },
    port: { type: 'string' },
    db: { type: 'string' },
    stream: { type: 'string', multiple: true },
    signature: { type: 'string', multiple: true },
    'webhook-url': { type: 'string' },
    'webhook-user': { type: 'string' },
    'webhook-password': { type: 'string' },
    'webhook-events': { type: 'string' },
    'webhook-retry-scale': { type: 'string' },
    'webhook-concurrency': { type: 'string' },
    'delay-ms': { type: 'string' },
    seed: { type: 'string' },
    'no-bodies': { type: 'boolean' },
    'exit-with-stdin': { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

function readNumber(name: keyof typeof values): number | undefined {
  const text = values[name];
  if (typeof text !== 'string') return undefined;
  const number = Number(text);
  if (text.trim() !== '' && number >= 0) return number;
  throw new ServerOptionsError(`couldn't read --${name}: it must be a number from 0`);
}

function readStreams(): StreamOption[] {
  const given = values.stream ?? ['outbound:Transactional', 'broadcast:Broadcasts'];
  return given.map((text) => {
    const [id, type] = text.split(':');
    if (id && (type === 'Transactional' || type === 'Broadcasts')) return { id, type };
    throw new ServerOptionsError("couldn't read --stream: give ID:Transactional or ID:Broadcasts");
  });
}

function readEvents(): WebhookTarget['events'] {
  return values['webhook-events']?.split(',').map((event) => {
    if (event === 'Delivery' || event === 'Bounce' || event === 'SpamComplaint') return event;
    throw new ServerOptionsError(
      "couldn't read --webhook-events: allowed are Delivery, Bounce and SpamComplaint",
    );
  });
}

function readWebhook(): WebhookTarget | undefined {
  const url = values['webhook-url'];
  if (url === undefined) return undefined;
  return definedOnly({
    url,
    user: values['webhook-user'],
    password: values['webhook-password'],
    events: readEvents(),
    retryScale: readNumber('webhook-retry-scale'),
    concurrency: readNumber('webhook-concurrency'),
  });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function definedOnly<T extends object>(object: T): Defined<T> {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}

function readOptions(): PostmarkServerOptions {
  const seed = readNumber('seed');
  return definedOnly({
    serverToken: values.token ?? '',
    streams: readStreams(),
    senderSignatures: values.signature ?? ['example.com'],
    port: readNumber('port'),
    dbFile: values.db,
    webhook: readWebhook(),
    delayMs: readNumber('delay-ms'),
    faults: seed === undefined ? undefined : { seed },
    keepBodies: values['no-bodies'] === true ? false : undefined,
  });
}

async function run(): Promise<void> {
  const server = await startPostmarkServer(readOptions());
  const stop = (): void => {
    void server.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (values['exit-with-stdin'] === true) process.stdin.on('end', stop).on('error', stop).resume();
  const line = { listening: true, url: server.url, host: server.host, port: server.port };
  process.stdout.write(`${JSON.stringify({ ...line, pid: process.pid })}\n`);
}

if (values.help === true) process.stdout.write(HELP);
else {
  await run().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { PostmarkServerOptions } from './server-options.ts';
import { clientOf, message, startForTest } from './test-server.ts';

interface Hook {
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
  /** Hooks being answered at the same moment, this one included. */
  readonly atOnce: number;
}

/** What the receiver does with the nth hook: an HTTP status, or 'close' for no answer. */
type Script = (hook: Hook, index: number) => number | 'close';

async function startReceiver(
  t: TestContext,
  script: Script = () => 200,
): Promise<{ url: string; hooks: Hook[] }> {
  const hooks: Hook[] = [];
  let atOnce = 0;
  const server: Server = createServer((request, response) => {
    atOnce += 1;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      const hook = { headers: request.headers, body, atOnce };
      const status = script(hook, hooks.push(hook) - 1);
      // One turn later, so that hooks posted together are seen together.
      setImmediate(() => {
        atOnce -= 1;
        if (status === 'close') response.destroy();
        else response.writeHead(status).end();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${String(port)}/hook`, hooks };
}

async function startPair(
  t: TestContext,
  more: Partial<PostmarkServerOptions> & { script?: Script; concurrency?: number } = {},
) {
  const { script, concurrency, ...options } = more;
  const { url, hooks } = await startReceiver(t, script);
  const server = await startForTest(t, {
    webhook: {
      url,
      user: 'hooks',
      password: 's:ecret',
      retryScale: 0.00002,
      ...(concurrency === undefined ? {} : { concurrency }),
    },
    ...options,
  });
  return { server, hooks };
}

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => message({ To: `p${String(index)}@example.org` }));

test('a delivery is posted with Basic auth, metadata and Postmark’s headers', async (t) => {
  const { server, hooks } = await startPair(t, { serverId: 7 });
  const sent = await clientOf(server).sendEmail(message({ Tag: 'n', Metadata: { did: 'd1' } }));
  await server.webhooksSettled();
  const [hook] = hooks;
  assert.ok(hook);
  assert.equal(hook.headers.authorization, `Basic ${btoa('hooks:s:ecret')}`);
  assert.equal(hook.headers['x-pm-retries-remaining'], '6');
  assert.match(String(hook.headers['x-pm-webhook-trace-id']), /^[0-9a-f-]{36}$/);
  const { DeliveredAt, ...rest } = hook.body;
  assert.match(String(DeliveredAt), /T.*Z$/);
  assert.deepEqual(rest, {
    RecordType: 'Delivery',
    ServerID: 7,
    MessageStream: 'outbound',
    MessageID: sent.MessageID,
    Recipient: 'ann@example.org',
    Tag: 'n',
    Details: 'smtp;250 2.0.0 OK',
    Metadata: { did: 'd1' },
  });
});

test('bounces and complaints are posted in Postmark’s shape', async (t) => {
  const { server, hooks } = await startPair(t, {
    outcomes: {
      hardBounce: { localPartPrefixes: ['bounce-'], addresses: ['Listed@example.org'] },
      spamComplaint: { addresses: ['cross@example.org'] },
    },
  });
  await clientOf(server).sendEmailBatch([
    message({ To: 'bounce-1@example.org', Metadata: { did: '1' } }),
    message({ To: 'listed@example.org' }),
    message({ To: 'cross@example.org' }),
  ]);
  await server.webhooksSettled();
  const kinds = hooks.map(
    ({ body }) => `${String(body.RecordType)} ${String(body.Email ?? body.Recipient)}`,
  );
  assert.deepEqual(kinds.sort(), [
    'Bounce bounce-1@example.org',
    'Bounce listed@example.org',
    'Delivery cross@example.org',
    'SpamComplaint cross@example.org',
  ]);
  const bounce = hooks.find(({ body }) => body.Email === 'bounce-1@example.org')?.body;
  assert.equal(bounce?.Type, 'HardBounce');
  assert.equal(bounce?.TypeCode, 1);
  assert.equal(bounce?.Inactive, true);
  assert.equal(bounce?.Subject, 'About your data');
  assert.deepEqual(bounce?.Metadata, { did: '1' });
});

test('a share of addresses bounces, the same ones for the same seed', async (t) => {
  const bounced = async (seed: number): Promise<string[]> => {
    const server = await startForTest(t, {
      faults: { seed, outcomes: { hardBounce: { share: 0.2 } } },
    });
    await clientOf(server).sendEmailBatch(people(500));
    const { Bounces } = await clientOf(server).getBounces({ count: 500 });
    return Bounces.map(({ Email }) => Email);
  };
  const first = await bounced(5);
  assert.ok(first.length > 60 && first.length < 140, String(first.length));
  assert.deepEqual(await bounced(5), first);
  assert.notDeepEqual(await bounced(6), first);
});

test('only the events asked for are posted', async (t) => {
  const { url, hooks } = await startReceiver(t);
  const server = await startForTest(t, { webhook: { url, events: ['Bounce'] } });
  await clientOf(server).sendEmailBatch([message(), message({ To: 'bounce-1@example.org' })]);
  await server.webhooksSettled();
  assert.deepEqual(
    hooks.map(({ body }) => body.RecordType),
    ['Bounce'],
  );
  assert.equal(hooks[0]?.headers.authorization, undefined);
});

test('5xx, 408, 429 and closed connections are tried again with the same trace id', async (t) => {
  const answers = [500, 408, 429, 'close', 503, 200] as const;
  const { server, hooks } = await startPair(t, { script: (_, index) => answers[index] ?? 200 });
  await clientOf(server).sendEmail(message());
  await server.webhooksSettled();
  assert.equal(hooks.length, 6);
  assert.deepEqual(
    hooks.map(({ headers }) => headers['x-pm-retries-remaining']),
    ['6', '5', '4', '3', '2', '1'],
  );
  assert.equal(new Set(hooks.map(({ headers }) => headers['x-pm-webhook-trace-id'])).size, 1);
  assert.equal(server.counters.webhooks.delivered, 1);
  assert.equal(server.counters.webhooks.retried, 5);
});

test('after six retries an event is given up', async (t) => {
  const { server, hooks } = await startPair(t, { script: () => 503 });
  await clientOf(server).sendEmail(message());
  await server.webhooksSettled();
  assert.equal(hooks.length, 7);
  assert.equal(hooks.at(-1)?.headers['x-pm-retries-remaining'], '0');
  assert.equal(server.counters.webhooks.exhausted, 1);
});

test('any other 4xx ends an event at once, a 401 from wrong credentials too', async (t) => {
  const { server, hooks } = await startPair(t, {
    script: (_, index) => [401, 403, 422][index] ?? 200,
  });
  await clientOf(server).sendEmailBatch(people(4));
  await server.webhooksSettled();
  assert.equal(hooks.length, 4);
  assert.equal(server.counters.webhooks.refused, 3);
  assert.equal(server.counters.webhooks.delivered, 1);
});

test('no more hooks are under way at once than allowed', async (t) => {
  const { server, hooks } = await startPair(t, { concurrency: 3 });
  await clientOf(server).sendEmailBatch(people(200));
  await server.webhooksSettled();
  assert.equal(hooks.length, 200);
  const most = Math.max(...hooks.map(({ atOnce }) => atOnce));
  assert.ok(most > 1 && most <= 3, String(most));
});

test('hooks can be dropped, repeated and shuffled, the same way for the same seed', async (t) => {
  const run = async (seed: number): Promise<Map<string, number>> => {
    const { server, hooks } = await startPair(t, {
      concurrency: 1,
      faults: { seed, webhooks: { dropShare: 0.3, repeatShare: 0.3, shuffleMs: 40 } },
    });
    await clientOf(server).sendEmailBatch(people(100));
    await server.webhooksSettled();
    const { dropped = 0, repeated = 0 } = server.counters.webhooks;
    assert.ok(
      dropped > 10 && dropped < 60 && repeated > 5,
      `${String(dropped)} ${String(repeated)}`,
    );
    assert.equal(hooks.length, 100 - dropped + repeated);
    const order = hooks.map(({ body }) => Number(String(body.Recipient).slice(1).split('@')[0]));
    assert.notDeepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
    const counts = new Map<string, number>();
    for (const { body } of hooks) {
      const recipient = String(body.Recipient);
      counts.set(recipient, (counts.get(recipient) ?? 0) + 1);
    }
    return new Map([...counts].sort(([a], [b]) => a.localeCompare(b)));
  };
  assert.deepEqual(await run(3), await run(3));
});

test('a repeated hook carries the same trace id', async (t) => {
  const { server, hooks } = await startPair(t, { faults: { webhooks: { repeatShare: 1 } } });
  await clientOf(server).sendEmail(message());
  await server.webhooksSettled();
  assert.equal(hooks.length, 2);
  assert.equal(new Set(hooks.map(({ headers }) => headers['x-pm-webhook-trace-id'])).size, 1);
});

test('a hook can be delayed', async (t) => {
  const { server, hooks } = await startPair(t, { faults: { webhooks: { delayMs: 150 } } });
  const before = Date.now();
  await clientOf(server).sendEmail(message());
  await server.webhooksSettled();
  assert.equal(hooks.length, 1);
  assert.ok(Date.now() - before >= 150);
});

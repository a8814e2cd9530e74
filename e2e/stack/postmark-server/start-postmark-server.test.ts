import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { startPostmarkServer } from './start-postmark-server.ts';
import { acceptedBy, clientOf, get, message, post, startForTest, TOKEN } from './test-server.ts';

async function makeFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'postmark-server-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'mail.db');
}

test('a server started again on its file has its messages, suppressions and pending webhooks', async (t) => {
  const dbFile = await makeFile(t);
  // Nothing listens on port 9, so the hook stays pending.
  const webhook = { url: 'http://127.0.0.1:9/hook', retryScale: 1 };
  const first = await startForTest(t, { dbFile, webhook });
  await clientOf(first).sendEmailBatch([message(), message({ To: 'bounce-1@example.org' })]);
  const before = first.summary();
  assert.equal(before.webhooksPending, 2);
  await first.stop();
  const second = await startForTest(t, { dbFile, webhook });
  assert.equal(second.summary().accepted, 2);
  assert.equal(second.summary().webhooksPending, 2);
  const [again] = await clientOf(second).sendEmailBatch([message({ To: 'bounce-1@example.org' })]);
  assert.equal(again?.ErrorCode, 406);
});

test('stopping ends late answers and hung connections at once, and twice is fine', async (t) => {
  const server = await startForTest(t, { delayMs: 60_000 });
  const late = assert.rejects(clientOf(server, 60).sendEmail(message()));
  while (server.summary().accepted === 0) await new Promise((resolve) => setImmediate(resolve));
  const before = performance.now();
  await Promise.all([server.stop(), server.stop()]);
  await late;
  assert.ok(performance.now() - before < 5000);
});

test('options that cannot work are refused with a sentence, and a taken port rejects', async (t) => {
  const good = {
    serverToken: TOKEN,
    streams: [{ id: 'outbound', type: 'Transactional' as const }],
    senderSignatures: ['shop.example'],
  };
  for (const [change, sentence] of [
    [{ serverToken: ' ' }, /serverToken is empty/],
    [{ streams: [] }, /streams is empty/],
    [{ streams: [...good.streams, ...good.streams] }, /same id/],
    [{ senderSignatures: [] }, /senderSignatures is empty/],
    [{ port: 70_000 }, /port is 70000/],
    [{ webhook: { url: 'ftp://x' } }, /webhook\.url/],
  ] as const) {
    await assert.rejects(startPostmarkServer({ ...good, ...change }), sentence);
  }
  const running = await startForTest(t);
  await assert.rejects(startPostmarkServer({ ...good, port: running.port }), /EADDRINUSE/);
});

test('the export gives a line for each message with the fields asked for', async (t) => {
  const server = await startForTest(t, { now: () => 5 });
  const send = Array.from({ length: 1100 }, (_, index) => ({
    ...message({ To: `p${String(index)}@example.org` }),
    Metadata: { did: String(index) },
  }));
  for (const start of [0, 500, 1000]) {
    await clientOf(server).sendEmailBatch(send.slice(start, start + 500));
  }
  const text = await (await fetch(`${server.url}/_export`)).text();
  const lines = text.trimEnd().split('\n');
  assert.equal(lines.length, 1100);
  const [kept] = await acceptedBy(server);
  assert.deepEqual(JSON.parse(lines[0] ?? ''), {
    MessageID: kept?.MessageID,
    To: ['p0@example.org'],
    Metadata: { did: '0' },
    at: 5,
  });
  const some = await (await fetch(`${server.url}/_export?fields=Subject,TextBody`)).text();
  assert.equal(some.split('\n')[0], '{"Subject":"About your data","TextBody":"Hello"}');
  const wrong = await get(server, '/_export?fields=secret');
  assert.equal(wrong.status, 400);
});

test('without bodies a message is kept and found, but not its text', async (t) => {
  const server = await startForTest(t, { keepBodies: false });
  await post(server, '/email', message({ Metadata: { did: '1' } }));
  const [kept] = await acceptedBy(server);
  assert.equal(kept?.TextBody, '');
  assert.equal(kept?.Metadata.did, '1');
});

// The sidecar's Postmark adapter against the strict Postmark-compatible server: every answer lands in the right sort.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { makePostmarkProvider } from '../../sidecar/src/adapters/postmark/postmark-provider.ts';
import { parsePostmarkWebhook } from '../../sidecar/src/adapters/postmark/parse-webhook.ts';
import type {
  MailProvider,
  OutgoingBatch,
  SendAnswer,
} from '../../sidecar/src/use-cases/ports/mail-provider.ts';
import {
  startPostmarkServer,
  type PostmarkServer,
} from '../stack/postmark-server/start-postmark-server.ts';
import { freePort } from '../stack/free-port.ts';

const TOKEN = 'a-server-token';
const STREAM = 'legal-notices';
let server: PostmarkServer;
let provider: MailProvider;

before(async () => {
  server = await startPostmarkServer({
    serverToken: TOKEN,
    streams: [{ id: STREAM, type: 'Broadcasts' }],
    senderSignatures: ['example.com'],
    deliveryIdField: 'tocsin-delivery',
  });
  provider = makePostmarkProvider({ serverToken: TOKEN, apiUrl: server.url, timeoutSeconds: 5 });
});
after(() => server.stop());
afterEach(() => {
  server.faults.reset();
});

let made = 0;
function batchOf(addresses: readonly string[], more: Partial<OutgoingBatch> = {}): OutgoingBatch {
  made += 1;
  const dispatchId = `dsp_${String(made).padStart(26, '0')}`;
  return {
    batchId: `bat_${String(made).padStart(26, '0')}`,
    dispatchId,
    stream: STREAM,
    from: 'security@example.com',
    messages: addresses.map((to, ordinal) => ({
      ordinal,
      deliveryId: `${dispatchId}.${ordinal}`,
      messageId: `<${made}-${ordinal}@notify.example.com>`,
      to,
      toName: 'Zoë Ångström',
      subject: 'About your data',
      text: 'text',
      html: '<p>html</p>',
    })),
    ...more,
  };
}

test('500 messages are taken in one call, and a search by batch finds each by its delivery', async () => {
  const batch = batchOf(Array.from({ length: 500 }, (_, at) => `p${at}@example.net`));
  const answer = await provider.send(batch);
  assert.equal(answer.kind, 'answered');
  assert.ok(
    answer.kind === 'answered' && answer.results.every((result) => result.state === 'accepted'),
  );
  const search = await provider.findBatch({ batchId: batch.batchId, stream: STREAM });
  assert.ok(search.kind === 'searched');
  assert.deepEqual(
    search.found.map((message) => message.deliveryId).sort(),
    batch.messages.map((message) => message.deliveryId).sort(),
  );
});

test('a search for a batch that was never sent is complete and empty', async () => {
  const search = await provider.findBatch({ batchId: 'bat_never000000000', stream: STREAM });
  assert.deepEqual(search, { kind: 'searched', found: [] });
});

test('an inactive recipient is suppressed and a bad address failed, while the others are accepted', async () => {
  server.suppress(STREAM, 'gone@example.net');
  const answer = await provider.send(
    batchOf(['good@example.net', 'gone@example.net', 'not-an-address']),
  );
  assert.ok(answer.kind === 'answered');
  assert.deepEqual(
    answer.results.map((result) => [result.state, 'reason' in result ? result.reason : '']),
    [
      ['accepted', ''],
      ['suppressed', 'postmark.406'],
      ['failed', 'postmark.300'],
    ],
  );
});

test('answers that say nothing certain are unknown: 500, 503, 502, cut connections, silence', async () => {
  const quick = makePostmarkProvider({
    serverToken: TOKEN,
    apiUrl: server.url,
    timeoutSeconds: 0.3,
  });
  const table: [string, Parameters<PostmarkServer['faults']['queue']>[0]][] = [
    ['500 after taking', { kind: 'status', status: 500, when: 'after' }],
    ['500 before taking', { kind: 'status', status: 500, when: 'before' }],
    ['502', { kind: 'status', status: 502, when: 'after' }],
    ['503', { kind: 'status', status: 503, when: 'after' }],
    ['taken and dropped', { kind: 'acceptAndDrop' }],
    ['dropped before', { kind: 'dropBefore' }],
    ['dropped in the answer', { kind: 'dropMidBody' }],
    ['silence in the answer', { kind: 'hangMidBody' }],
    ['silence', { kind: 'hang', when: 'after' }],
  ];
  for (const [name, fault] of table) {
    server.faults.queue(fault);
    const answer = await quick.send(batchOf(['someone@example.net']));
    assert.equal(answer.kind, 'unknown', `${name}: ${JSON.stringify(answer)}`);
    server.faults.reset();
  }
});

test('what was certainly not taken may be tried again: 429, nobody listening', async () => {
  server.faults.queue({ kind: 'status', status: 429, when: 'before' });
  const busy = await provider.send(batchOf(['someone@example.net']));
  assert.ok(busy.kind === 'refused' && busy.next === 'again', JSON.stringify(busy));
  const nobody = makePostmarkProvider({
    serverToken: TOKEN,
    apiUrl: `http://127.0.0.1:${await freePort()}`,
    timeoutSeconds: 5,
  });
  const refused = await nobody.send(batchOf(['someone@example.net']));
  assert.ok(refused.kind === 'refused' && refused.next === 'again', JSON.stringify(refused));
});

test('faults of the account wait for a person, with a sentence that says what to mend', async () => {
  const wrong = makePostmarkProvider({
    serverToken: 'wrong',
    apiUrl: server.url,
    timeoutSeconds: 5,
  });
  const token = await wrong.send(batchOf(['someone@example.net']));
  assert.ok(token.kind === 'refused' && token.next === 'person', JSON.stringify(token));
  assert.match(token.sentence, /token/);
  for (const more of [{ stream: 'no-such-stream' }, { from: 'someone@unknown.example.org' }]) {
    const answer = await provider.send(batchOf(['someone@example.net'], more));
    const held =
      answer.kind === 'answered' ? answer.hold : answer.kind === 'refused' ? answer : null;
    assert.ok(held?.sentence, JSON.stringify(answer));
    const taken =
      answer.kind === 'answered' && answer.results.some((result) => result.state !== 'returned');
    assert.equal(taken, false);
  }
});

test('a search that fails is no answer', async () => {
  server.faults.set({ searchDown: true });
  const search = await provider.findBatch({ batchId: 'bat_never000000000', stream: STREAM });
  assert.equal(search.kind, 'unavailable');
});

test('the check names what is wrong with token or stream', async () => {
  assert.ok(
    (await provider.check({ stream: STREAM, from: 'security@example.com' })).every(({ ok }) => ok),
  );
  const stream = await provider.check({ stream: 'nope', from: 'security@example.com' });
  assert.ok(stream.some(({ ok, mend }) => !ok && mend.includes('postmark.stream')));
  const wrong = makePostmarkProvider({
    serverToken: 'wrong',
    apiUrl: server.url,
    timeoutSeconds: 5,
  });
  assert.ok(
    (await wrong.check({ stream: STREAM, from: '' })).some(
      ({ ok, mend }) => !ok && mend.includes('token'),
    ),
  );
});

test('webhook bodies become receipts without addresses; the same event has the same id; strange ones are kept or passed over', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const delivery = {
    RecordType: 'Delivery',
    MessageID: 'abc',
    Recipient: 'p@example.com',
    DeliveredAt: '2026-11-23T11:00:00Z',
    Metadata: { 'tocsin-delivery': 'dsp_0000000000000000000000001.7' },
    NewField: { nested: true },
  };
  const first = parsePostmarkWebhook(delivery, now);
  assert.equal(first?.kind, 'delivered');
  assert.equal(first.id, parsePostmarkWebhook({ ...delivery }, new Date())?.id);
  assert.ok(!JSON.stringify(first).includes('@'));
  const kinds = ['HardBounce', 'Transient', 'SpamComplaint'].map(
    (Type) =>
      parsePostmarkWebhook(
        {
          RecordType: Type === 'SpamComplaint' ? 'SpamComplaint' : 'Bounce',
          Type,
          MessageID: 'x',
          ID: 1,
          BouncedAt: '2026-11-23T11:00:00Z',
        },
        now,
      )?.kind,
  );
  assert.deepEqual(kinds, ['bounced', 'other', 'complained']);
  for (const strange of [null, 'text', {}, { RecordType: 'SubscriptionChange', MessageID: null }]) {
    assert.equal(parsePostmarkWebhook(strange, now), null);
  }
  assert.equal(parsePostmarkWebhook({ RecordType: 'Open', MessageID: 'x' }, now)?.kind, 'other');
});

/** Answers every call with this JSON, as a Postmark that behaves unlike its documents would. */
async function withStub<T>(
  answer: unknown,
  work: (stubbed: MailProvider) => Promise<T>,
): Promise<T> {
  const stub = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve));
  const { port } = stub.address() as AddressInfo;
  try {
    const apiUrl = `http://127.0.0.1:${port}`;
    return await work(makePostmarkProvider({ serverToken: TOKEN, apiUrl, timeoutSeconds: 5 }));
  } finally {
    stub.closeAllConnections();
    stub.close();
  }
}

test('a search that shows less than it counts, or what is not ours, says nothing about what was taken', async () => {
  const message = {
    MessageID: 'a',
    Metadata: { 'tocsin-batch': 'bat_1', 'tocsin-delivery': 'dsp_1.0' },
  };
  const find = (answer: unknown): Promise<unknown> =>
    withStub(answer, (stubbed) => stubbed.findBatch({ batchId: 'bat_1', stream: STREAM }));
  assert.deepEqual(await find({ TotalCount: 1, Messages: [message] }), {
    kind: 'searched',
    found: [{ deliveryId: 'dsp_1.0', providerMessageId: 'a' }],
  });
  for (const answer of [
    { TotalCount: 5, Messages: [] },
    { TotalCount: 1, Messages: [{ MessageID: 'a' }] },
    { TotalCount: 1, Messages: [{ ...message, Metadata: { 'tocsin-batch': 'bat_2' } }] },
  ]) {
    assert.equal(
      ((await find(answer)) as { kind: string }).kind,
      'unavailable',
      JSON.stringify(answer),
    );
  }
});

test('only a code known to be about one message ends a delivery; others wait for a person, a missing number is unknown', async () => {
  const send = (answers: unknown[]): Promise<SendAnswer> =>
    withStub(answers, (stubbed) =>
      stubbed.send(batchOf(answers.map((_, at) => `p${at}@example.net`))),
    );
  const strange = await send([{ ErrorCode: 1301, Message: '?' }]);
  assert.ok(strange.kind === 'answered' && strange.hold?.sentence.includes('1301') === true);
  assert.equal(strange.results[0]?.state, 'returned');
  const all = await send(Array.from({ length: 12 }, () => ({ ErrorCode: 300, Message: 'no' })));
  assert.ok(all.kind === 'answered' && all.hold !== undefined);
  assert.ok(all.results.every(({ state }) => state === 'returned'));
  const one = await send([
    { ErrorCode: 300, Message: 'no' },
    { ErrorCode: 0, MessageID: 'b' },
  ]);
  assert.ok(one.kind === 'answered' && one.hold === undefined);
  assert.deepEqual(
    one.results.map(({ state }) => state),
    ['failed', 'accepted'],
  );
  assert.equal((await send([{ ErrorCode: 0, Message: 'OK' }])).kind, 'unknown');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Errors } from 'postmark';
import type { FaultPatch, SendFault } from './fault-control.ts';
import type { PostmarkServer } from './start-postmark-server.ts';
import { clientOf, get, message, post, startForTest } from './test-server.ts';

const send = (server: PostmarkServer, timeout = 10) =>
  clientOf(server, timeout).sendEmail(message());

/** What the real client makes of one call with this fault, and how many messages were accepted. */
async function play(server: PostmarkServer, fault: SendFault, timeout = 10) {
  const before = server.summary().accepted;
  server.faults.queue(fault);
  const error = await send(server, timeout).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof Error, `${fault.kind} did not fail`);
  return { error, accepted: server.summary().accepted - before };
}

test('each status comes as the client’s own error, before or after accepting', async (t) => {
  const server = await startForTest(t);
  const classes = [
    [429, Errors.RateLimitExceededError],
    [500, Errors.InternalServerError],
    [502, Errors.UnknownError],
    [503, Errors.ServiceUnavailablerError],
  ] as const;
  for (const [status, kind] of classes) {
    for (const when of ['before', 'after'] as const) {
      const { error, accepted } = await play(server, { kind: 'status', status, when });
      assert.ok(error instanceof kind, `${String(status)} gave ${error.name}`);
      assert.equal(error.statusCode, status);
      assert.equal(accepted, when === 'after' ? 1 : 0, `${String(status)} ${when}`);
      assert.equal(server.counters.faults[`status:${String(status)}:${when}`], 1);
    }
  }
});

test('accepting and dropping, and dropping before, look the same to the caller', async (t) => {
  const server = await startForTest(t);
  const after = await play(server, { kind: 'acceptAndDrop' });
  const before = await play(server, { kind: 'dropBefore' });
  assert.equal(after.accepted, 1);
  assert.equal(before.accepted, 0);
  assert.equal(after.error.message, before.error.message);
  assert.deepEqual(server.counters.faults, { acceptAndDrop: 1, dropBefore: 1 });
});

test('a hang ends only by the caller’s timeout, before or after accepting', async (t) => {
  const server = await startForTest(t);
  const before = await play(server, { kind: 'hang', when: 'before' }, 0.5);
  const after = await play(server, { kind: 'hang', when: 'after' }, 0.5);
  assert.match(before.error.message, /timeout/);
  assert.equal(before.accepted, 0);
  assert.equal(after.accepted, 1);
});

test('hanging and dropping in the middle of the answer leave the message accepted', async (t) => {
  const server = await startForTest(t);
  const hang = await play(server, { kind: 'hangMidBody' }, 0.5);
  const drop = await play(server, { kind: 'dropMidBody' });
  for (const { error, accepted } of [hang, drop]) {
    assert.equal(accepted, 1);
    // The client reads the body outside its own error handling (postmark@5.1.0), so these come raw.
    assert.equal(error instanceof Errors.PostmarkError, false, error.message);
  }
});

test('a reset closes hung connections', async (t) => {
  const server = await startForTest(t);
  server.faults.queue({ kind: 'hang', when: 'after' });
  const hanging = assert.rejects(send(server, 30));
  while (server.summary().accepted === 0) await new Promise((resolve) => setImmediate(resolve));
  await post(server, '/_control', { reset: true });
  await hanging;
});

test('queued faults are used up in order, then all is well', async (t) => {
  const server = await startForTest(t);
  server.faults.queue({ kind: 'status', status: 503, when: 'before' }, 2);
  await assert.rejects(send(server));
  await assert.rejects(send(server));
  assert.equal((await send(server)).ErrorCode, 0);
  assert.deepEqual(server.faults.state.next, []);
});

test('chances hit the same calls for the same seed', async (t) => {
  const run = async (seed: number): Promise<boolean[]> => {
    const fault = { kind: 'status', status: 429, when: 'before' } as const;
    const server = await startForTest(t, {
      faults: { seed, chances: [{ fault, probability: 0.4 }] },
    });
    const hits: boolean[] = [];
    for (let call = 0; call < 40; call += 1) {
      hits.push((await post(server, '/email', message())).status === 429);
    }
    const count = hits.filter(Boolean).length;
    assert.equal(server.counters.faults['status:429:before'], count);
    assert.ok(count > 5 && count < 30, String(count));
    return hits;
  };
  assert.deepEqual(await run(1), await run(1));
  assert.notDeepEqual(await run(1), await run(2));
});

test('recipients can be rejected by list and by pattern, inside a good answer', async (t) => {
  const rejectRecipients = [
    { addresses: ['Ann@example.org'], errorCode: 406 },
    { pattern: '@blocked\\.example$', errorCode: 300 },
  ] as const;
  const server = await startForTest(t, { faults: { rejectRecipients } });
  const results = await clientOf(server).sendEmailBatch([
    message(),
    message({ To: 'x@Blocked.example' }),
    message({ To: 'bo@example.org' }),
  ]);
  assert.deepEqual(
    results.map(({ ErrorCode }) => ErrorCode),
    [406, 300, 0],
  );
  assert.deepEqual(server.counters.faults, { 'rejectRecipient:406': 1, 'rejectRecipient:300': 1 });
});

test('search can be down while sending goes on, and all reading can be down', async (t) => {
  const server = await startForTest(t, { faults: { searchDown: true } });
  assert.equal((await send(server)).ErrorCode, 0);
  await assert.rejects(
    clientOf(server).getOutboundMessages(),
    (error: Error) => error instanceof Errors.ServiceUnavailablerError,
  );
  assert.equal((await get(server, '/server')).status, 200);
  server.faults.set({ searchDown: false, readsDown: true });
  assert.equal((await get(server, '/server')).status, 503);
  assert.equal((await send(server)).ErrorCode, 0);
  assert.deepEqual(server.counters.faults, { searchDown: 1, readsDown: 1 });
});

test('a late answer comes after the message was accepted', async (t) => {
  const server = await startForTest(t, { delayMs: 1000 });
  await assert.rejects(send(server, 0.5), /timeout/);
  assert.equal(server.summary().accepted, 1);
  server.faults.set({ delayMs: [60, 90] });
  const before = performance.now();
  await send(server);
  assert.ok(performance.now() - before >= 59);
});

test('faults can be read and set over HTTP, in part', async (t) => {
  const server = await startForTest(t);
  const patch: FaultPatch = {
    searchLagMs: 5,
    next: [{ kind: 'acceptAndDrop' }],
    webhooks: { dropShare: 0.5 },
    outcomes: { softBounce: { addresses: ['bo@example.org'] } },
  };
  assert.equal((await post(server, '/_control', patch)).status, 200);
  const { json } = await get(server, '/_control');
  const { faults, counters } = json as { faults: unknown; counters: unknown };
  assert.deepEqual(faults, {
    ...server.faults.state,
    searchLagMs: 5,
    next: [{ kind: 'acceptAndDrop' }],
    webhooks: { delayMs: 0, shuffleMs: 0, dropShare: 0.5, repeatShare: 0 },
  });
  assert.deepEqual(counters, server.counters);
  await post(server, '/_control', { reset: true, delayMs: 3 });
  assert.equal(server.faults.state.searchLagMs, 0);
  assert.equal(server.faults.state.delayMs, 3);
  await clientOf(server).sendEmail(message({ To: 'bo@example.org' }));
  assert.equal((await clientOf(server).getBounces()).Bounces[0]?.Type, 'SoftBounce');
});

test('a control request with a mistake is refused with a sentence and changes nothing', async (t) => {
  const server = await startForTest(t);
  const before = server.faults.state;
  const mistakes: [unknown, RegExp][] = [
    ['{', /body must be an object/],
    [[], /body must be an object/],
    [{ dealyMs: 5 }, /body\.dealyMs must be one of/],
    [{ delayMs: -1 }, /delayMs must be a number from 0/],
    [{ delayMs: [5, 1] }, /delayMs/],
    [{ next: [{ kind: 'explode' }] }, /next\[0\]\.kind must be/],
    [{ next: [{ kind: 'status', status: 404, when: 'after' }] }, /429, 500, 502 or 503/],
    [{ next: [{ kind: 'hang' }] }, /next\[0\]\.when/],
    [{ chances: [{ fault: { kind: 'dropBefore' }, probability: 2 }] }, /probability/],
    [{ rejectRecipients: [{ errorCode: 406 }] }, /addresses or pattern/],
    [{ rejectRecipients: [{ pattern: '(', errorCode: 406 }] }, /regular expression/],
    [{ webhooks: { dropshare: 1 } }, /webhooks\.dropshare must be one of/],
    [{ outcomes: { hardBounce: { share: 3 } } }, /outcomes\.hardBounce\.share/],
    [{ searchDown: 'yes' }, /searchDown must be true or false/],
  ];
  for (const [body, sentence] of mistakes) {
    const response = await post(server, '/_control', body);
    assert.equal(response.status, 400, JSON.stringify(body));
    assert.match(((await response.json()) as { error: string }).error, sentence);
  }
  const plain = { 'content-type': 'text/plain' };
  assert.equal((await post(server, '/_control', { delayMs: 9 }, plain)).status, 400);
  assert.deepEqual(server.faults.state, before);
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { Dispatch } from '../contract/index.ts';
import { isCoded } from '../domain/coded-error.ts';
import { addsUp, isComplete } from '../domain/delivery/delivery-states.ts';
import { EvidenceError } from '../domain/evidence/errors.ts';
import { deliveryId } from '../domain/delivery/delivery-id.ts';
import { sql } from 'kysely';
import { pauseDispatch, resumeDispatch, stopDispatch } from '../use-cases/change-dispatch.ts';
import type { Acting } from '../use-cases/ports/acting.ts';
import type { MailProvider, OutgoingBatch, SendAnswer } from '../use-cases/ports/mail-provider.ts';
import { readDispatch } from '../use-cases/read-dispatch.ts';
import { receiveReceipts, type Receipt } from '../use-cases/receive-receipts.ts';
import { recoverBatches } from '../use-cases/recover-batches.ts';
import { startDeliveryLoop } from './delivery-loop.ts';
import { makeTestDispatch, type TestDispatch } from './dispatch-scene.ts';

const APPROVER: Acting = {
  actor: { id: 'apr_1', kind: 'approver', name: 'Ann' },
  subject: 'f'.repeat(64),
  capabilities: [],
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-delivery-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const file = (): string => join(folder, 'ledger.sqlite');

/** Keeps what it took, as a provider does; `script` decides each call. */
function scriptedProvider(
  script: (
    batch: OutgoingBatch,
    call: number,
  ) => 'take' | 'take_then_drop' | SendAnswer | Promise<never>,
) {
  const taken = new Map<string, number>();
  const batches = new Map<string, string[]>();
  let calls = 0;
  let searchDown = false;
  const take = (batch: OutgoingBatch): SendAnswer => {
    for (const message of batch.messages) {
      taken.set(message.deliveryId, (taken.get(message.deliveryId) ?? 0) + 1);
    }
    batches.set(
      batch.batchId,
      batch.messages.map((message) => message.deliveryId),
    );
    return {
      kind: 'answered',
      results: batch.messages.map((message) => ({
        state: 'accepted',
        providerMessageId: `pm-${message.deliveryId}`,
      })),
    };
  };
  const provider: MailProvider = {
    name: 'postmark',
    send: (batch) => {
      calls += 1;
      const act = script(batch, calls);
      if (act === 'take') return Promise.resolve(take(batch));
      if (act === 'take_then_drop') {
        take(batch);
        return Promise.resolve({ kind: 'unknown', reason: 'network_econnreset' });
      }
      return Promise.resolve(act);
    },
    findBatch: ({ batchId }) =>
      Promise.resolve(
        searchDown
          ? { kind: 'unavailable', reason: 'search_failed' }
          : {
              kind: 'searched',
              found: (batches.get(batchId) ?? []).map((id) => ({
                deliveryId: id,
                providerMessageId: `pm-${id}`,
              })),
            },
      ),
    check: () => Promise.resolve([]),
  };
  return {
    provider,
    taken,
    calls: () => calls,
    setSearchDown: (down: boolean) => {
      searchDown = down;
    },
    duplicates: () => [...taken.values()].filter((times) => times > 1).length,
  };
}

/** Runs the loop until `until` holds for the dispatch, then stops it and waits for its end. */
async function runUntil(
  made: TestDispatch,
  until: (dispatch: Dispatch) => boolean | Promise<boolean>,
): Promise<Dispatch> {
  const stop = new AbortController();
  const errors: unknown[] = [];
  const loop = startDeliveryLoop(made.deps, {
    fence: 1,
    signal: stop.signal,
    pollMs: 5,
    askEveryMs: 0,
    receiptTotalsEveryMs: 0,
    onError: (error) => errors.push(error),
  });
  const deadline = Date.now() + 20_000;
  for (;;) {
    if (errors.some((error) => !isCoded(error))) throw errors[0];
    const dispatch = await readDispatch(made.deps, made.dispatchId);
    assert.ok(addsUp(dispatch.counts), JSON.stringify(dispatch.counts));
    if (await until(dispatch)) break;
    if (Date.now() > deadline) throw new Error(`not reached: ${JSON.stringify(dispatch)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  stop.abort();
  await loop.finished;
  return readDispatch(made.deps, made.dispatchId);
}

const isDone = (dispatch: Dispatch): boolean => dispatch.state === 'done';

test('sends to everyone once, suppresses those without address, and ends with counts that add up', async () => {
  const sink = scriptedProvider(() => 'take');
  const made = await makeTestDispatch({
    file: file(),
    people: 1_234,
    unreachable: [3, 77],
    provider: sink.provider,
  });
  const end = await runUntil(made, isDone);
  assert.deepEqual(
    {
      accepted: end.counts.accepted,
      suppressed: end.counts.suppressed,
      planned: end.counts.planned,
    },
    { accepted: 1_232, suppressed: 2, planned: 1_234 },
  );
  assert.equal(sink.taken.size, 1_232);
  assert.equal(sink.duplicates(), 0);
  const incident = await made.ledger.tables
    .selectFrom('incidents')
    .select('state')
    .executeTakeFirst();
  assert.equal(incident?.state, 'notified');
  await made.ledger.close();
});

test('a batch that was taken without an answer is found by asking, and nobody gets it twice', async () => {
  const sink = scriptedProvider((_batch, call) => (call <= 2 ? 'take_then_drop' : 'take'));
  const made = await makeTestDispatch({
    file: file(),
    people: 300,
    provider: sink.provider,
    batchSize: 50,
    concurrency: 1,
  });
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.accepted, 300);
  assert.equal(sink.duplicates(), 0);
  await made.ledger.close();
});

test('a batch that never arrived is sent again only after repeated complete searches', async () => {
  let searches = 0;
  const sink = scriptedProvider((_batch, call) =>
    call === 1 ? { kind: 'unknown', reason: 'network_timeout' } : 'take',
  );
  const counting: MailProvider = {
    ...sink.provider,
    findBatch: (input) => {
      searches += 1;
      return sink.provider.findBatch(input);
    },
  };
  const made = await makeTestDispatch({
    file: file(),
    people: 10,
    provider: counting,
    patience: { emptyAnswers: 3, waitMs: 0 },
  });
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.accepted, 10);
  assert.equal(searches, 3);
  assert.equal(sink.calls(), 2);
  await made.ledger.close();
});

test('while the search is down an unclear message stays unknown and is not sent again', async () => {
  const sink = scriptedProvider((_batch, call) =>
    call === 1 ? { kind: 'unknown', reason: 'http_500' } : 'take',
  );
  sink.setSearchDown(true);
  const made = await makeTestDispatch({ file: file(), people: 10, provider: sink.provider });
  const down = await runUntil(made, (dispatch) =>
    dispatch.troubles.some((trouble) => trouble.code === 'provider.search_unavailable'),
  );
  assert.equal(down.counts.unknown, 10);
  assert.equal(down.state, 'running');
  assert.equal(sink.calls(), 1);
  sink.setSearchDown(false);
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.accepted, 10);
  assert.equal(end.troubles.length, 0);
  await made.ledger.close();
});

test('a process that died after the intent leaves unknowns, which the next one settles without a second mail', async () => {
  for (const hadArrived of [true, false]) {
    const path = join(folder, `${hadArrived}.sqlite`);
    const sink = scriptedProvider(() => 'take');
    let died = false;
    const dying: MailProvider = {
      ...sink.provider,
      send: (batch) => {
        if (died) return new Promise<never>(() => undefined);
        died = true;
        if (hadArrived) void sink.provider.send(batch);
        return new Promise<never>(() => undefined);
      },
    };
    const made = await makeTestDispatch({
      file: path,
      people: 120,
      provider: dying,
      batchSize: 50,
      concurrency: 1,
    });
    const stop = new AbortController();
    startDeliveryLoop(made.deps, {
      fence: 1,
      signal: stop.signal,
      pollMs: 5,
      askEveryMs: 0,
      receiptTotalsEveryMs: 0,
      onError: (error) => {
        throw error;
      },
    });
    while (!died) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();

    const next = await made.restart(sink.provider);
    assert.equal(await recoverBatches(next.deps, 'all'), 1);
    const unknown = await readDispatch(next.deps, next.dispatchId);
    assert.equal(unknown.counts.unknown, 50);
    const end = await runUntil(next, isDone);
    assert.equal(end.counts.accepted, 120);
    assert.equal(sink.taken.size, 120);
    assert.equal(sink.duplicates(), 0);
    await made.ledger.close();
    await next.ledger.close();
  }
});

test('each answer for one message is recorded on that person alone', async () => {
  const sink = scriptedProvider((batch) => ({
    kind: 'answered',
    results: batch.messages.map((message) => {
      if (message.ordinal === 1) return { state: 'suppressed', reason: 'postmark.406' };
      if (message.ordinal === 2) return { state: 'failed', reason: 'postmark.300' };
      return { state: 'accepted', providerMessageId: `pm-${message.deliveryId}` };
    }),
  }));
  const made = await makeTestDispatch({ file: file(), people: 5, provider: sink.provider });
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.accepted, 3);
  const rows = await made.ledger.tables
    .selectFrom('deliveries')
    .select(['ordinal', 'state', 'reason'])
    .orderBy('ordinal')
    .execute();
  assert.deepEqual({ ...rows[1] }, { ordinal: 1, state: 'suppressed', reason: 'postmark.406' });
  assert.deepEqual({ ...rows[2] }, { ordinal: 2, state: 'failed', reason: 'postmark.300' });
  await made.ledger.close();
});

test('a fault of the account pauses the dispatch with a sentence, keeps everyone pending, and goes on when resumed', async () => {
  const sink = scriptedProvider((_batch, call) =>
    call === 1
      ? {
          kind: 'refused',
          next: 'person',
          reason: 'postmark.405',
          sentence: 'Credits are used up.',
        }
      : 'take',
  );
  const made = await makeTestDispatch({ file: file(), people: 20, provider: sink.provider });
  const paused = await runUntil(made, (dispatch) => dispatch.state === 'paused');
  assert.equal(paused.counts.pending, 20);
  assert.ok(paused.troubles[0]?.needs_person);
  await resumeDispatch(made.deps, APPROVER, { dispatchId: made.dispatchId, reason: 'mended' });
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.accepted, 20);
  await made.ledger.close();
});

test('a paused dispatch sends nothing until it is resumed; a stopped one never again', async () => {
  const sink = scriptedProvider(() => 'take');
  const made = await makeTestDispatch({ file: file(), people: 40, provider: sink.provider });
  await pauseDispatch(made.deps, APPROVER, { dispatchId: made.dispatchId, reason: 'look again' });
  let looks = 0;
  await runUntil(made, () => (looks += 1) > 20);
  assert.equal(sink.calls(), 0);
  const stopped = await stopDispatch(made.deps, APPROVER, {
    dispatchId: made.dispatchId,
    reason: 'wrong text',
  });
  assert.equal(stopped.counts.pending, 40);
  await assert.rejects(
    resumeDispatch(made.deps, APPROVER, { dispatchId: made.dispatchId, reason: 'oops' }),
    /it is stopped/,
  );
  looks = 0;
  await runUntil(made, () => (looks += 1) > 20);
  assert.equal(sink.calls(), 0);
  await made.ledger.close();
});

test('somebody acting for WordPress can neither pause, resume nor stop', async () => {
  const sink = scriptedProvider(() => 'take');
  const made = await makeTestDispatch({ file: file(), people: 1, provider: sink.provider });
  const admin: Acting = {
    actor: { id: 'wp:1', kind: 'wordpress', name: 'Admin' },
    subject: 'e'.repeat(64),
    capabilities: ['tocsin_manage', 'tocsin_prepare', 'tocsin_view'],
  };
  for (const change of [pauseDispatch, resumeDispatch, stopDispatch]) {
    await assert.rejects(
      change(made.deps, admin, { dispatchId: made.dispatchId, reason: 'because' }),
      /only an enrolled approver/,
    );
  }
  await made.ledger.close();
});

function receipt(made: TestDispatch, ordinal: number, kind: Receipt['kind'], id: string): Receipt {
  return {
    id,
    provider: 'postmark',
    providerMessageId: `pm-${deliveryId(made.dispatchId, ordinal)}`,
    deliveryId: deliveryId(made.dispatchId, ordinal),
    kind,
    detail: kind === 'bounced' ? 'HardBounce' : 'Delivery',
    at: new Date(),
  };
}

test('receipts move deliveries once, in any order, also when they come before our own write', async () => {
  const sink = scriptedProvider(() => 'take');
  const made = await makeTestDispatch({ file: file(), people: 4, provider: sink.provider });
  await receiveReceipts(made.deps, [receipt(made, 0, 'delivered', 'early')]);
  assert.equal((await readDispatch(made.deps, made.dispatchId)).counts.pending, 4);
  await runUntil(made, (dispatch) => dispatch.counts.delivered === 1);
  assert.equal(await receiveReceipts(made.deps, [receipt(made, 0, 'delivered', 'early')]), 0);
  await receiveReceipts(made.deps, [
    receipt(made, 1, 'bounced', 'b1'),
    receipt(made, 1, 'delivered', 'd1'),
  ]);
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.bounced, 1);
  assert.equal(end.counts.delivered, 1);
  assert.equal(end.counts.accepted, 2);
  assert.ok(isComplete(end.counts));
  await made.ledger.close();
});

test('a receipt settles an unknown message and stops it from being sent again', async () => {
  const sink = scriptedProvider(() => ({ kind: 'unknown', reason: 'network_timeout' }));
  sink.setSearchDown(true);
  const made = await makeTestDispatch({ file: file(), people: 2, provider: sink.provider });
  await runUntil(made, (dispatch) => dispatch.counts.unknown === 2);
  await receiveReceipts(made.deps, [
    receipt(made, 0, 'delivered', 'd0'),
    receipt(made, 1, 'bounced', 'b1'),
  ]);
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.delivered, 1);
  assert.equal(end.counts.bounced, 1);
  assert.equal(sink.calls(), 1);
  await made.ledger.close();
});

test('rows that vanish from the ledger stop the dispatch and raise an alarm instead of being counted as done', async () => {
  const sink = scriptedProvider(() => 'take');
  const made = await makeTestDispatch({ file: file(), people: 30, provider: sink.provider });
  await made.ledger.tables.deleteFrom('deliveries').where('ordinal', '=', 7).execute();
  const stop = new AbortController();
  const loop = startDeliveryLoop(made.deps, {
    fence: 1,
    signal: stop.signal,
    pollMs: 5,
    askEveryMs: 0,
    receiptTotalsEveryMs: 60_000,
    onError: (error) => {
      throw error;
    },
  });
  let dispatch = await readDispatch(made.deps, made.dispatchId);
  while (dispatch.state === 'running') {
    await new Promise((resolve) => setImmediate(resolve));
    dispatch = await readDispatch(made.deps, made.dispatchId);
  }
  stop.abort();
  await loop.finished;
  assert.equal(dispatch.state, 'paused');
  assert.equal(dispatch.adds_up, false);
  assert.equal(dispatch.troubles[0]?.code, 'dispatch.counts_differ');
  await made.ledger.close();
});

test('what was approved and what would be sent must be the same: sender, text, people, a single person', async () => {
  type Change = (made: TestDispatch) => Promise<unknown> | undefined;
  const changes: [string, Change][] = [
    ['dispatch.sender_changed', (made) => void (made.deps.settings.from = 'other@example.com')],
    [
      'dispatch.text_changed',
      (made) =>
        made.ledger.tables.updateTable('notices').set({ template_source: 'Pay here' }).execute(),
    ],
    [
      'dispatch.text_changed',
      (made) =>
        made.ledger.tables
          .updateTable('notices')
          .set({ values_json: '{"@shop_name":"x"}' })
          .execute(),
    ],
    [
      'dispatch.manifest_changed',
      (made) =>
        made.ledger.tables
          .updateTable('manifests')
          .set((row) => ({
            body_json: row.fn<string>('replace', [
              'body_json',
              row.val('notices'),
              row.val('notices'),
            ]),
          }))
          .set({ hash: 'a'.repeat(64) })
          .execute(),
    ],
    [
      'dispatch.people_changed',
      (made) =>
        made.ledger.tables
          .updateTable('people')
          .set({ commitment: new Uint8Array(32) })
          .where('number', '=', 2)
          .execute(),
    ],
    [
      'vault.cannot_open',
      (made) =>
        made.ledger.tables
          .updateTable('people')
          .set({ sealed: new Uint8Array(80).fill(1) })
          .where('number', '=', 2)
          .execute(),
    ],
  ];
  for (const [at, [code, change]] of changes.entries()) {
    const sink = scriptedProvider(() => 'take');
    const made = await makeTestDispatch({
      file: join(folder, `${at}.sqlite`),
      people: 5,
      provider: sink.provider,
    });
    await change(made);
    const end = await runUntil(made, (dispatch) => dispatch.state === 'paused');
    assert.equal(end.troubles[0]?.code, code);
    assert.equal(sink.calls(), 0, code);
    await made.ledger.close();
  }
});

test('a message put back to pending that the provider then speaks of is never sent again', async () => {
  const sink = scriptedProvider((_batch, call) =>
    call === 1
      ? { kind: 'unknown', reason: 'network_timeout' }
      : { kind: 'refused', next: 'again', reason: 'postmark.429', sentence: 'busy' },
  );
  const made = await makeTestDispatch({
    file: file(),
    people: 1,
    provider: sink.provider,
    patience: { emptyAnswers: 1, waitMs: 0 },
  });
  await runUntil(made, (dispatch) => dispatch.counts.pending === 1 && sink.calls() >= 1);
  await receiveReceipts(made.deps, [receipt(made, 0, 'delivered', 'late')]);
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.delivered, 1);
  await made.ledger.close();
});

test('when the evidence log cannot be written nothing is sent, nobody is lost, and a resume goes on', async () => {
  const sink = scriptedProvider(() => 'take');
  const made = await makeTestDispatch({ file: file(), people: 12, provider: sink.provider });
  made.deps.evidence.flush = () =>
    Promise.reject(new EvidenceError('evidence.io', "couldn't write the log: the disk is full"));
  const held = await runUntil(made, (dispatch) => dispatch.state === 'paused');
  assert.equal(sink.calls(), 0);
  assert.equal(held.counts.pending, 12);
  assert.equal(held.troubles[0]?.code, 'evidence.io');
  made.deps.evidence.flush = () => Promise.resolve();
  await resumeDispatch(made.deps, APPROVER, {
    dispatchId: made.dispatchId,
    reason: 'disk has room',
  });
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.accepted, 12);
  await made.ledger.close();
});

test('a receipt that comes after a refusal still stops a second mail', async () => {
  let isBusy = true;
  const sink = scriptedProvider((_batch, call) => {
    if (call === 1) return { kind: 'unknown', reason: 'network_timeout' };
    return isBusy
      ? { kind: 'refused', next: 'again', reason: 'postmark.429', sentence: 'busy' }
      : 'take';
  });
  const made = await makeTestDispatch({
    file: file(),
    people: 2,
    provider: sink.provider,
    patience: { emptyAnswers: 1, waitMs: 0 },
  });
  await runUntil(made, () => sink.calls() >= 2);
  await receiveReceipts(made.deps, [receipt(made, 0, 'delivered', 'late')]);
  isBusy = false;
  const end = await runUntil(made, isDone);
  assert.equal(end.counts.delivered, 1);
  assert.deepEqual([...sink.taken.keys()], [deliveryId(made.dispatchId, 1)]);
  await made.ledger.close();
});

test('two message numbers for one delivery are reported, and the first is kept', async () => {
  const sink = scriptedProvider(() => 'take');
  const made = await makeTestDispatch({ file: file(), people: 1, provider: sink.provider });
  await runUntil(made, isDone);
  const other = { ...receipt(made, 0, 'delivered', 'x'), providerMessageId: 'pm-other' };
  await receiveReceipts(made.deps, [other]);
  const dispatch = await readDispatch(made.deps, made.dispatchId);
  assert.equal(dispatch.troubles[0]?.code, 'delivery.taken_twice');
  const row = await made.ledger.tables
    .selectFrom('deliveries')
    .select('provider_message_id')
    .executeTakeFirst();
  assert.equal(row?.provider_message_id, `pm-${deliveryId(made.dispatchId, 0)}`);
  await made.ledger.close();
});

test('messages that the provider puts off one by one are tried again slowly, not in a tight loop', async () => {
  const sink = scriptedProvider((batch) => ({
    kind: 'answered',
    results: batch.messages.map(() => ({ state: 'returned', reason: 'postmark.100' })),
  }));
  const made = await makeTestDispatch({ file: file(), people: 10, provider: sink.provider });
  const started = Date.now();
  const dispatch = await runUntil(made, () => Date.now() - started > 400);
  assert.equal(sink.calls(), 1);
  assert.equal(dispatch.troubles[0]?.code, 'provider.refused');
  assert.equal(dispatch.counts.pending, 10);
  await made.ledger.close();
});

test('a fault nobody has sorted is tried again later and leaves the process free for other work', async () => {
  const sink = scriptedProvider(() => 'take');
  const made = await makeTestDispatch({ file: file(), people: 5, provider: sink.provider });
  await sql`create trigger full_disk before insert on batches begin select raise(abort, 'database or disk is full'); end`.execute(
    made.ledger.tables,
  );
  const stop = new AbortController();
  let faults = 0;
  const loop = startDeliveryLoop(made.deps, {
    fence: 1,
    signal: stop.signal,
    pollMs: 5,
    askEveryMs: 0,
    receiptTotalsEveryMs: 60_000,
    onError: () => (faults += 1),
  });
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 10);
  await new Promise((resolve) => setTimeout(resolve, 500));
  clearInterval(timer);
  stop.abort();
  await loop.finished;
  assert.ok(faults >= 1 && faults <= 2, `${faults} faults`);
  assert.ok(ticks > 10, `${ticks} ticks`);
  assert.equal((await readDispatch(made.deps, made.dispatchId)).counts.pending, 5);
  await made.ledger.close();
});

test('several batches that meet one fault of the account raise one trouble and pause once', async () => {
  const sink = scriptedProvider(() => ({
    kind: 'refused',
    next: 'person',
    reason: 'postmark.405',
    sentence: 'Credits are used up.',
  }));
  const made = await makeTestDispatch({
    file: file(),
    people: 40,
    provider: sink.provider,
    batchSize: 10,
    concurrency: 4,
  });
  const paused = await runUntil(
    made,
    (dispatch) => dispatch.state === 'paused' && dispatch.counts.attempting === 0,
  );
  assert.deepEqual(
    paused.troubles.map(({ code }) => code),
    ['postmark.405'],
  );
  assert.equal(paused.counts.pending, 40);
  await made.ledger.close();
});

test('mail of others and news about refused deliveries do not wait for ever', async () => {
  const sink = scriptedProvider((batch) => ({
    kind: 'answered',
    results: batch.messages.map(() => ({ state: 'failed', reason: 'postmark.300' })),
  }));
  const made = await makeTestDispatch({ file: file(), people: 1, provider: sink.provider });
  await runUntil(made, isDone);
  await receiveReceipts(made.deps, [
    receipt(made, 0, 'bounced', 'refused one'),
    {
      ...receipt(made, 0, 'delivered', 'stranger'),
      deliveryId: '',
      providerMessageId: 'of somebody else',
    },
  ]);
  const waiting = await made.ledger.tables
    .selectFrom('receipts')
    .select('id')
    .where('applied', '=', 0)
    .execute();
  assert.deepEqual(waiting, []);
  assert.equal((await readDispatch(made.deps, made.dispatchId)).counts.failed, 1);
  await made.ledger.close();
});

test('a second dispatch of the same incident leaves out whoever the first has told', async () => {
  const sink = scriptedProvider(() => 'take');
  const made = await makeTestDispatch({
    file: file(),
    people: 30,
    provider: sink.provider,
    batchSize: 10,
    concurrency: 1,
  });
  await runUntil(made, (dispatch) => dispatch.counts.accepted >= 10);
  await stopDispatch(made.deps, APPROVER, {
    dispatchId: made.dispatchId,
    reason: 'stop here',
  }).catch(() => undefined);
  const told = sink.taken.size;
  const second = await made.again();
  const end = await runUntil(second, isDone);
  assert.equal(end.counts.suppressed, told);
  assert.equal(end.counts.accepted, 30 - told);
  const addresses = [...sink.taken.keys()].length;
  assert.equal(addresses, 30);
  await made.ledger.close();
});

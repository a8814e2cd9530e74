import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openLedger } from '../adapters/ledger/open-ledger.ts';
import { CodedError } from '../domain/coded-error.ts';
import { countingIds, fixedClock, seededRandomness } from '../use-cases/ports/fixed.ts';
import type { OutboxAnswer, OutboxQuestion } from '../use-cases/ports/store-outbox.ts';
import { makeDegradations } from './degradations.ts';
import { startOutboxReader, WENT_BACK_SHOWN_MS } from './outbox-reader.ts';

const EMPTY: OutboxAnswer = { rows: [], late: [], highest: 0, eventIdAtAfter: null };
const fault = (code: string) =>
  new CodedError({ code, category: 'unavailable', message: `couldn't: ${code}` });

/** Plays one answer a look; the reader stops when they are used up. `seen`: pause asked for and what stood after each look. */
async function play(
  t: TestContext,
  answers: (OutboxAnswer | Error | ((question: OutboxQuestion) => OutboxAnswer))[],
) {
  const clock = fixedClock();
  const ledger = await openLedger({ file: ':memory:', clock });
  t.after(() => ledger.close());
  const degradations = makeDegradations(clock);
  const halt = new AbortController();
  const seen: { pause: number; names: string[] }[] = [];
  const errors: unknown[] = [];
  const left = [...answers];
  const reader = startOutboxReader(
    {
      ledger,
      clock,
      degradations,
      ids: countingIds(),
      randomness: seededRandomness(1),
      outbox: {
        ask: (question) => {
          const answer = left.shift();
          if (left.length === 0) halt.abort();
          if (answer instanceof Error) return Promise.reject(answer);
          return Promise.resolve(
            typeof answer === 'function' ? answer(question) : (answer ?? EMPTY),
          );
        },
      },
    },
    {
      pollMs: 2000,
      signal: halt.signal,
      onError: (error) => errors.push(error),
      sleep: (pause) => {
        seen.push({ pause, names: degradations.list().map(({ name }) => name) });
        clock.advance(pause);
        return Promise.resolve();
      },
    },
  );
  await reader.finished;
  return { seen, errors, degradations, clock };
}

test('a shop that is down is asked less and less often, and the banner goes when it is back', async (t) => {
  const down = fault('store.unreachable');
  const { seen, errors, degradations } = await play(t, [
    EMPTY,
    down,
    down,
    down,
    down,
    down,
    down,
    EMPTY,
    EMPTY,
  ]);
  assert.deepEqual(
    seen.map(({ pause }) => pause),
    [2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 2000, 2000],
  );
  assert.deepEqual(seen[3]?.names, ['shop_database']);
  assert.deepEqual(degradations.list(), []);
  assert.equal(errors.length, 6);
});

test('a missing table is waited for, in words that say what to do', async (t) => {
  const { seen, degradations } = await play(t, [fault('outbox.table_missing'), EMPTY]);
  assert.deepEqual(seen[0]?.names, ['shop_outbox']);
  assert.deepEqual(degradations.list(), []);
});

test('a fault of our own is named as such and waited out', async (t) => {
  const { seen } = await play(t, [new TypeError('bug'), EMPTY]);
  assert.deepEqual(seen[0]?.names, ['outbox_intake']);
});

test('that the table went back is shown for a while', async (t) => {
  const first = {
    id: 9,
    eventId: 'a',
    kind: 'order.created',
    occurredAt: null,
    actorUserId: 0,
    subjectType: '',
    subjectId: 0,
    data: '{}',
  };
  const quiet = Math.ceil(WENT_BACK_SHOWN_MS / 2000);
  const { seen } = await play(t, [
    { ...EMPTY, rows: [first], highest: 9 },
    { ...EMPTY, highest: 3 },
    ...Array.from({ length: quiet + 2 }, () => EMPTY),
  ]);
  assert.deepEqual(seen[1]?.names, ['shop_outbox']);
  assert.deepEqual(seen.at(-1)?.names, []);
});

test('a full batch is followed at once by the next', async (t) => {
  const rows = Array.from({ length: 500 }, (_, i) => ({
    id: i + 1,
    eventId: `e${i}`,
    kind: 'order.created',
    occurredAt: null,
    actorUserId: 0,
    subjectType: '',
    subjectId: 0,
    data: '{}',
  }));
  const { seen } = await play(t, [{ ...EMPTY, rows, highest: 500 }, EMPTY]);
  assert.deepEqual(
    seen.map(({ pause }) => pause),
    [2000],
  );
});

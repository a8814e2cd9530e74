import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AudienceCounts } from '../contract/index.ts';
import { CodedError, isCoded } from '../domain/coded-error.ts';
import { scopeOf } from './audience-scene.ts';
import { countPreview, readPreview } from './count-preview.ts';
import { countingIds, fixedClock } from './ports/fixed.ts';
import { makePreviewRegistry, type CountScope } from './preview-registry.ts';

const COUNTS = { people: 3 } as AudienceCounts;
const scope = (method: string) => scopeOf({ orders: { payment_methods: [method] } });

/** Counts that end when they are told to. */
function heldCounts() {
  const held: {
    finish: () => void;
    fail: (error: unknown) => void;
    onRows: (n: number) => Promise<void>;
  }[] = [];
  const count: CountScope = ({ onRows }) =>
    new Promise((resolve, reject) => {
      held.push({
        finish: () => {
          resolve(COUNTS);
        },
        fail: reject,
        onRows,
      });
    });
  return { held, count };
}

function registry(
  count: CountScope,
  limits = { running: 2, waiting: 1, keepMs: 600_000, kept: 3 },
) {
  const clock = fixedClock();
  return { clock, previews: makePreviewRegistry({ clock, ids: countingIds(), count }, limits) };
}

test('a quick count is answered at once', async () => {
  const { previews } = registry(() => Promise.resolve(COUNTS));
  const preview = await countPreview({ previews }, scope('a'));
  assert.deepEqual([preview.state, preview.counts, preview.problem], ['ready', COUNTS, null]);
});

test('a slow count is answered as counting, with its progress, and found again when it is ready', async () => {
  const { held, count } = heldCounts();
  const { previews } = registry(count);
  const started = await countPreview({ previews }, scope('a'), 1);
  assert.deepEqual([started.state, started.counts, started.counted_at], ['counting', null, null]);
  await held[0]?.onRows(500);
  assert.equal(readPreview({ previews }, started.id).rows_read, 500);
  held[0]?.finish();
  const ready = await previews.settled(started.id, 10_000);
  assert.deepEqual([ready.state, ready.counts, ready.rows_read], ['ready', COUNTS, 500]);
});

test('the same scope asked for while it is counted is counted once', async () => {
  const { held, count } = heldCounts();
  const { previews } = registry(count);
  const first = previews.start(scope('a'));
  assert.equal(previews.start(scope('a')).id, first.id);
  assert.notEqual(previews.start(scope('b')).id, first.id);
  assert.equal(held.length, 2);
  held[0]?.finish();
  await previews.settled(first.id, 10_000);
  assert.notEqual(previews.start(scope('a')).id, first.id);
});

test('two counts read the shop at once, one more waits, and another is refused', async () => {
  const { held, count } = heldCounts();
  const { previews } = registry(count);
  const [first] = ['a', 'b', 'c'].map((method) => previews.start(scope(method)));
  assert.equal(held.length, 2);
  await assert.rejects(
    countPreview({ previews }, scope('d'), 1),
    (error) => isCoded(error, 'preview.too_many') && error.category === 'rate_limited',
  );
  held[0]?.finish();
  await previews.settled(first?.id ?? '', 10_000);
  assert.equal(held.length, 3);
});

test('a failure is the result of the preview, in a code without inner words', async () => {
  const { held, count } = heldCounts();
  const { previews } = registry(count);
  const [coded, plain] = ['a', 'b'].map((method) => previews.start(scope(method)).id);
  held[0]?.fail(
    new CodedError({ code: 'store.timeout', category: 'unavailable', message: "couldn't read" }),
  );
  held[1]?.fail(new Error('inner words'));
  assert.deepEqual((await previews.settled(coded ?? '', 10_000)).problem, {
    code: 'store.timeout',
    title: "couldn't read",
  });
  const failed = await previews.settled(plain ?? '', 10_000);
  assert.deepEqual([failed.state, failed.problem?.code], ['failed', 'preview.failed']);
  assert.doesNotMatch(JSON.stringify(failed), /inner words/);
});

test('results are forgotten after their time, and the oldest when there are too many', async () => {
  const { clock, previews } = registry(() => Promise.resolve(COUNTS));
  const ids: string[] = [];
  for (const method of ['a', 'b', 'c', 'd', 'e']) {
    ids.push((await countPreview({ previews }, scope(method))).id);
  }
  const kept = ids.map((id) => {
    try {
      return previews.read(id).state;
    } catch (error) {
      return isCoded(error) ? error.code : 'another error';
    }
  });
  assert.deepEqual(kept, ['preview.not_found', 'preview.not_found', 'ready', 'ready', 'ready']);
  clock.advance(600_001);
  assert.throws(
    () => previews.read(ids[4] ?? ''),
    (error) => isCoded(error, 'preview.not_found'),
  );
});

test('a scope that names nobody is refused before anything is read', async () => {
  const { held, count } = heldCounts();
  const { previews } = registry(count);
  await assert.rejects(countPreview({ previews }, scopeOf({})), (error) =>
    isCoded(error, 'scope.empty'),
  );
  assert.equal(held.length, 0);
});

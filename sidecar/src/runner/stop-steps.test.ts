import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeStopSteps } from './stop-steps.ts';

function unexpected(error: unknown): void {
  throw error;
}

test('steps run in the other order, and one that fails keeps no other from running', async () => {
  const seen: string[] = [];
  const steps = makeStopSteps({
    limitMs: 10_000,
    onError: (_error, name) => seen.push(`! ${name}`),
  });
  for (const name of ['lease', 'evidence', 'http']) {
    steps.add(name, () => {
      seen.push(name);
      return name === 'evidence' ? Promise.reject(new Error('disk full')) : Promise.resolve();
    });
  }
  assert.equal(await steps.stop(), 'failed');
  assert.equal(await steps.stop(), 'failed');
  assert.deepEqual(seen, ['http', 'evidence', '! evidence', 'lease']);
});

test('a step that never ends is given up at the limit', async () => {
  const steps = makeStopSteps({ limitMs: 5, onError: unexpected });
  steps.add('stuck', () => new Promise(() => undefined));
  assert.equal(await steps.stop(), 'late');
});

test('nothing to stop is a clean stop', async () => {
  assert.equal(await makeStopSteps({ limitMs: 5, onError: unexpected }).stop(), 'clean');
});

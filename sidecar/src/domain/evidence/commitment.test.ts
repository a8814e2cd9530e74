import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  commitTo,
  makeCommitmentRoot,
  opensCommitment,
  proveCommitment,
  verifyCommitment,
} from './commitment.ts';

const salt = (i: number): Uint8Array => Buffer.alloc(32, i + 1);

test('a commitment opens with its salt and record only, whatever the order of members', () => {
  const commitment = commitTo(salt(0), { b: 2, a: 1 });
  assert.equal(commitment.length, 32);
  assert.ok(opensCommitment(commitment, salt(0), { a: 1, b: 2 }));
  assert.ok(!opensCommitment(commitment, salt(1), { a: 1, b: 2 }));
  assert.ok(!opensCommitment(commitment, salt(0), { a: 1, b: 3 }));
  assert.throws(() => commitTo(Buffer.alloc(16), {}), RangeError);
});

test('proves the place of each commitment in a streamed list', () => {
  const list = Array.from({ length: 37 }, (_, i) => commitTo(salt(i), { person: i }));
  const streamed = makeCommitmentRoot();
  for (const commitment of list) streamed.add(commitment);
  assert.equal(streamed.count(), 37);
  list.forEach((commitment, index) => {
    const claim = {
      commitment,
      index,
      count: 37,
      root: streamed.root(),
      proof: proveCommitment(list, index),
    };
    assert.ok(verifyCommitment(claim));
    assert.ok(!verifyCommitment({ ...claim, index: (index + 1) % 37 }));
    assert.ok(
      !verifyCommitment({ ...claim, commitment: commitTo(salt(index), { person: 'other' }) }),
    );
  });
  assert.equal(
    makeCommitmentRoot().root(),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});

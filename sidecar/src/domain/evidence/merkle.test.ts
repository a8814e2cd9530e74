import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCompactRange } from './compact-range.ts';
import {
  emptyRoot,
  leafHash,
  nodeHash,
  planConsistencyProof,
  planInclusionProof,
  proofFromLeaves,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
import { makeSeededRandom } from './seeded-random.ts';

const MOST = 300;
const LEAVES = Array.from({ length: MOST }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));

/** RFC 6962 section 2.1, word for word and slow. */
function slowSplit(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

const slowRoots = new Map<string, Uint8Array>();

function slowRoot(from: number, to: number): Uint8Array {
  if (from === to) return emptyRoot();
  if (to - from === 1) return LEAVES[from] as Uint8Array;
  const key = `${from}-${to}`;
  const known = slowRoots.get(key);
  if (known !== undefined) return known;
  const k = slowSplit(to - from);
  const root = nodeHash(slowRoot(from, from + k), slowRoot(from + k, to));
  slowRoots.set(key, root);
  return root;
}

function slowPath(m: number, from: number, to: number): Uint8Array[] {
  if (to - from === 1) return [];
  const k = slowSplit(to - from);
  return m < k
    ? [...slowPath(m, from, from + k), slowRoot(from + k, to)]
    : [...slowPath(m - k, from + k, to), slowRoot(from, from + k)];
}

function slowSubproof(m: number, from: number, to: number, whole: boolean): Uint8Array[] {
  if (m === to - from) return whole ? [] : [slowRoot(from, to)];
  const k = slowSplit(to - from);
  return m <= k
    ? [...slowSubproof(m, from, from + k, whole), slowRoot(from + k, to)]
    : [...slowSubproof(m - k, from + k, to, false), slowRoot(from, from + k)];
}

const hex = (hashes: readonly Uint8Array[]): string[] =>
  hashes.map((hash) => Buffer.from(hash).toString('hex'));

test('has the roots of the published Certificate Transparency vectors', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const leaves = inputs.map((input) => leafHash(Buffer.from(input, 'hex')));
  const found = roots.map((_, size) => rootOf(leaves.slice(0, size)));
  assert.deepEqual(hex(found), roots);
});

test('agrees with the definition on the root of every size from 0 to 300', () => {
  const range = makeCompactRange();
  for (let size = 0; size <= MOST; size += 1) {
    const expected = slowRoot(0, size);
    assert.deepEqual(rootOf(LEAVES.slice(0, size)), expected, `root of ${size}`);
    assert.deepEqual(range.root(), expected, `compact range of ${size}`);
    if (size < MOST) range.append(LEAVES[size] as Uint8Array);
  }
});

test('proves inclusion as the definition does, and refuses any other leaf, place, size or hash', () => {
  const random = makeSeededRandom(1);
  for (let size = 1; size <= MOST; size += 1) {
    const root = slowRoot(0, size);
    const leaves = LEAVES.slice(0, size);
    for (const index of new Set([0, size - 1, random(size), random(size)])) {
      const proof = proofFromLeaves(leaves, planInclusionProof(index, size));
      assert.deepEqual(hex(proof), hex(slowPath(index, 0, size)), `path of ${index} in ${size}`);
      const claim = { leaf: leaves[index] as Uint8Array, index, size, root, proof };
      assert.ok(verifyInclusion(claim));
      assert.ok(!verifyInclusion({ ...claim, leaf: leafHash(Buffer.from('other')) }));
      assert.ok(!verifyInclusion({ ...claim, proof: [...proof, root] }));
      assert.ok(!verifyInclusion({ ...claim, index: size }));
      if (size > 1) assert.ok(!verifyInclusion({ ...claim, index: (index + 1) % size }));
      if (proof.length > 0) assert.ok(!verifyInclusion({ ...claim, proof: proof.slice(1) }));
    }
  }
});

test('proves consistency as the definition does, and refuses any other root or hash', () => {
  const random = makeSeededRandom(2);
  const other = leafHash(Buffer.from('other'));
  for (let newerSize = 1; newerSize <= MOST; newerSize += 1) {
    const leaves = LEAVES.slice(0, newerSize);
    for (const olderSize of new Set([0, 1, newerSize, random(newerSize), random(newerSize)])) {
      const proof = proofFromLeaves(leaves, planConsistencyProof(olderSize, newerSize));
      const expected = olderSize === 0 ? [] : slowSubproof(olderSize, 0, newerSize, true);
      assert.deepEqual(hex(proof), hex(expected), `proof from ${olderSize} to ${newerSize}`);
      const claim = {
        olderSize,
        olderRoot: slowRoot(0, olderSize),
        newerSize,
        newerRoot: slowRoot(0, newerSize),
        proof,
      };
      assert.ok(verifyConsistency(claim), `${olderSize} to ${newerSize}`);
      assert.ok(!verifyConsistency({ ...claim, olderRoot: other }));
      if (olderSize > 0) assert.ok(!verifyConsistency({ ...claim, newerRoot: other }));
      assert.ok(!verifyConsistency({ ...claim, proof: [...proof, other] }));
      if (proof.length > 0) assert.ok(!verifyConsistency({ ...claim, proof: proof.slice(1) }));
    }
  }
});

test('plans proofs for trees far beyond 2^32 leaves', () => {
  const size = 2 ** 40 + 12_345;
  assert.equal(planInclusionProof(2 ** 40 + 1, size).length, 15);
  assert.equal(planInclusionProof(5, size).length, 41);
  assert.throws(() => planInclusionProof(size, size), RangeError);
  assert.throws(() => planConsistencyProof(size + 1, size), RangeError);
});

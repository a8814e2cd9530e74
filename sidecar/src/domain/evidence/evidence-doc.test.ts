import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openCheckpoint } from './checkpoint.ts';
import { encodeText } from './encoding.ts';
import { decodeEntry } from './entry.ts';
import { ENTRY_KINDS } from './entry-rules.ts';
import { leafHash, rootOf } from './merkle.ts';
import { parseVkey } from './note.ts';
import { verifyTlogProof } from './tlog-proof.ts';

const page = readFileSync(new URL('../../../../docs/evidence-log.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```\w*\n([^]*?)```/g)].map((match) => match[1] ?? '');
const [, entryLines = '', vkey = '', checkpoint = '', proof = ''] = blocks;

test('the example on the page is a real log, checkpoint and proof', () => {
  const entries = entryLines.trim().split('\n').map(encodeText);
  entries.forEach((entry, seq) => assert.equal(decodeEntry(entry).seq, seq));
  const verifier = parseVkey(vkey.trim());
  const head = openCheckpoint(encodeText(checkpoint), verifier);
  assert.equal(head.size, entries.length);
  assert.deepEqual(Buffer.from(head.root), Buffer.from(rootOf(entries.map(leafHash))));
  assert.equal(verifyTlogProof(proof, entries[1] as Uint8Array, verifier).size, 3);
});

test('the page lists exactly the kinds of the code', () => {
  const table = page.slice(page.indexOf('| kind | data |'), page.indexOf('### Commitments'));
  const named = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap((row) =>
    [...(row[1] ?? '').matchAll(/`([^`]+)`/g)].map((name) => name[1]),
  );
  assert.deepEqual(named.sort(), [...ENTRY_KINDS].sort());
});

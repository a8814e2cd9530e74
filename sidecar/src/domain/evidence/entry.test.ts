import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksLikeAddress } from './address-guard.ts';
import { encodeText } from './encoding.ts';
import { decodeEntry, encodeEntry } from './entry.ts';
import type { Entry } from './entry-data.ts';
import { ENTRY_KINDS } from './entry-rules.ts';
import { makeSampleStory } from './sample-story.ts';

const viewed: Entry = {
  v: 1,
  seq: 3,
  at: '2026-11-23T10:00:00.000Z',
  kind: 'people.viewed',
  actor: 'operator',
  data: { of: 'aud_1', count: 2, purpose: 'support' },
};

test('writes canonical JSON and reads it back', () => {
  const bytes = encodeEntry(viewed);
  assert.equal(
    Buffer.from(bytes).toString(),
    '{"actor":"operator","at":"2026-11-23T10:00:00.000Z","data":{"count":2,"of":"aud_1","purpose":"support"},"kind":"people.viewed","seq":3,"v":1}',
  );
  assert.deepEqual(decodeEntry(bytes), viewed);
  for (const entry of makeSampleStory()) assert.deepEqual(decodeEntry(encodeEntry(entry)), entry);
});

test('refuses entries that break a rule of their kind, naming the member and what is allowed', () => {
  const wrong: [object, RegExp][] = [
    [{ ...viewed, v: 2 }, /v must be 1/],
    [{ ...viewed, seq: -1 }, /seq must be a whole number/],
    [{ ...viewed, at: '2026-11-23T10:00:00Z' }, /at must be a UTC time/],
    [{ ...viewed, at: '2026-02-30T10:00:00.000Z' }, /at must be a UTC time/],
    [{ ...viewed, kind: 'people.deleted' }, /kind must be one of/],
    [{ ...viewed, kind: 'toString' }, /kind must be one of/],
    [{ ...viewed, actor: 'Jane Doe' }, /actor must be/],
    [{ ...viewed, extra: 1 }, /no members but/],
    [{ ...viewed, data: { of: 'aud_1', count: 2 } }, /data\.purpose must be present/],
    [{ ...viewed, data: { of: 'aud_1', count: 1.5, purpose: 'x' } }, /data\.count must be/],
    [
      { ...viewed, data: { of: 'aud_1', count: 1, purpose: 'Free text' } },
      /data\.purpose must be a lowercase code/,
    ],
  ];
  for (const [entry, message] of wrong) {
    assert.throws(() => encodeEntry(entry as Entry), { code: 'evidence.entry_invalid', message });
  }
});

test('refuses an e-mail address anywhere, without repeating it', () => {
  const leak = {
    ...viewed,
    data: { ...viewed.data, note: [{ who: 'write to jane.doe@shop.example please' }] },
  } as Entry;
  assert.throws(
    () => encodeEntry(leak),
    (error: Error & { code?: string }) => {
      assert.equal(error.code, 'evidence.personal_data');
      assert.match(error.message, /data\.note\.0\.who/);
      assert.doesNotMatch(error.message, /jane/);
      return true;
    },
  );
  for (const text of [
    'a@b.co',
    'mailto:x%40shop.example',
    'Ünal@köln.example',
    '用户@例子.公司',
    'x＠y.zz',
  ])
    assert.ok(looksLikeAddress(text), text);
  for (const text of [
    '@handle',
    'a@b',
    'npm@11',
    'shop.example/tocsin',
    'x @ y.z',
    '@'.repeat(10_000),
  ])
    assert.ok(!looksLikeAddress(text), text.slice(0, 20));
});

test('refuses an entry that does not fit in a bundle', () => {
  const large = { ...viewed, data: { ...viewed.data, note: 'x'.repeat(65_535) } } as Entry;
  assert.throws(() => encodeEntry(large), { code: 'evidence.entry_too_large' });
});

test('reads no second spelling of an entry', () => {
  const text = Buffer.from(encodeEntry(viewed)).toString();
  for (const other of [
    ` ${text}`,
    text.replace('"v":1', '"v":1.0'),
    text.replace('"v":1', '"v":1,"v":1'),
    text.replace('seq', 's\\u0065q'),
    '\ufeff' + text,
    'null',
    '',
  ]) {
    assert.throws(() => decodeEntry(encodeText(other)), { name: 'EvidenceError' });
  }
});

test('knows exactly the kinds of the format', () => {
  assert.equal(ENTRY_KINDS.length, 39);
  assert.equal(new Set(ENTRY_KINDS).size, 39);
});

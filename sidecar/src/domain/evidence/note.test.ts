import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { encodeText } from './encoding.ts';
import { leafHash } from './merkle.ts';
import {
  formatSigningKey,
  formatVkey,
  makeNoteSigner,
  openNote,
  parseSigningKey,
  parseVkey,
  signNote,
} from './note.ts';

const SPEC_VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const SPEC_NOTE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

const seed = Buffer.alloc(32, 7);
const signer = makeNoteSigner('shop.example/tocsin', seed);
const verifier = parseVkey(formatVkey(signer));

test('opens the signed note of the C2SP specification', () => {
  const opened = openNote(encodeText(SPEC_NOTE), parseVkey(SPEC_VKEY));
  assert.deepEqual(opened, { text: 'This is an example message.\n', unknownSignatures: 0 });
});

test('skips signatures of keys it does not know, and keeps the blank lines of the text', () => {
  const text = 'one\n\ntwo\n';
  const note = `${signNote(text, signer)}— witness.example AAAAAAAAAAAAAAAA\n— shop.example/tocsin AAAAAAAAAAAAAAAA\n`;
  assert.deepEqual(openNote(encodeText(note), verifier), { text, unknownSignatures: 2 });
});

test('refuses a note when any of its bytes changed', () => {
  const note = encodeText(signCheckpoint({ size: 5, root: leafHash(seed) }, signer));
  assert.equal(openCheckpoint(note, verifier).size, 5);
  for (let at = 0; at < note.length; at += 1) {
    for (const bit of [0x01, 0x20, 0x80]) {
      const changed = Uint8Array.from(note);
      changed[at] = (note[at] as number) ^ bit;
      assert.throws(
        () => openCheckpoint(changed, verifier),
        { name: 'EvidenceError' },
        `byte ${at}`,
      );
    }
  }
});

test('refuses a note only other keys signed, and says which key it looked for', () => {
  const other = parseVkey(formatVkey(makeNoteSigner('shop.example/tocsin', Buffer.alloc(32, 8))));
  assert.throws(() => openNote(encodeText(signNote('text\n', signer)), other), {
    code: 'evidence.note_unsigned',
    message: /no signature line is of the key shop\.example\/tocsin\+/,
  });
});

test('refuses checkpoints with extension lines, odd sizes or another origin', () => {
  const root = Buffer.from(leafHash(seed)).toString('base64');
  for (const text of [
    `shop.example/tocsin\n5\n${root}\nmore\n`,
    `shop.example/tocsin\n05\n${root}\n`,
    `other\n5\n${root}\n`,
    'shop.example/tocsin\n5\nAAAA\n',
    `shop.example/tocsin\n9007199254740993\n${root}\n`,
  ]) {
    assert.throws(() => openCheckpoint(encodeText(signNote(text, signer)), verifier), {
      code: /^evidence\./,
    });
  }
});

test('keys survive their text form, and damaged ones are refused without being repeated', () => {
  const line = formatSigningKey('shop.example/tocsin', seed);
  assert.equal(formatVkey(parseSigningKey(line)), formatVkey(signer));
  for (const bad of [line.slice(0, -4), line.replace('shop', 'shap'), '', 'PRIVATE+KEY+x']) {
    assert.throws(
      () => parseSigningKey(bad),
      (error: Error) => !error.message.includes(line.slice(-20)),
    );
  }
  for (const bad of [
    '',
    'a+b+c',
    SPEC_VKEY.replace('530d903a', '530d903b'),
    `${SPEC_VKEY}\n`,
    SPEC_VKEY.replace('foo', 'f oo'),
  ]) {
    assert.throws(() => parseVkey(bad), { code: 'evidence.key_invalid' });
  }
  assert.throws(() => makeNoteSigner('has space', seed), { code: 'evidence.key_invalid' });
});

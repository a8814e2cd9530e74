import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCoseKey } from './cose-key.ts';
import { assertWith, makeSoftPasskey } from './sample-story.ts';
import type { SoftAssertionInput } from './sample-story.ts';
import {
  approvalChallenge,
  findAssertionProblem,
  isAssertionValid,
  isOriginOfRp,
} from './webauthn-proof.ts';

const challenge = approvalChallenge(Buffer.alloc(16, 1), Buffer.alloc(32, 2));
const expected = {
  expectedChallenge: challenge,
  origin: 'https://tocsin.shop.example',
  rpId: 'tocsin.shop.example',
};

test('the challenge is the documented hash of nonce and manifest hash', () => {
  assert.equal(challenge, '8aoWUe_hZ22_F0xc5Z1I30brHmEQxtvfM5n89BS24D0');
  assert.throws(() => approvalChallenge(Buffer.alloc(15), Buffer.alloc(32)), RangeError);
});

test('accepts assertions of ES256 and RS256 passkeys', () => {
  for (const algorithm of ['ES256', 'RS256'] as const) {
    const passkey = makeSoftPasskey(algorithm);
    const assertion = {
      credentialPublicKey: passkey.publicKey,
      ...assertWith(passkey, { challenge }),
      ...expected,
    };
    assert.equal(findAssertionProblem(assertion), undefined, algorithm);
    assert.equal(readCoseKey(passkey.publicKey).algorithm, algorithm);
  }
});

test('refuses each way an assertion can be about something else', () => {
  const passkey = makeSoftPasskey();
  const cases: [Partial<SoftAssertionInput>, RegExp][] = [
    [{ challenge: approvalChallenge(Buffer.alloc(16, 1), Buffer.alloc(32, 3)) }, /challenge/],
    [{ origin: 'https://evil.example' }, /origin/],
    [{ rpId: 'shop.example' }, /relying party/],
    [{ flags: 0x04 }, /present/],
    [{ flags: 0x01 }, /verified/],
    [{ type: 'webauthn.create' }, /webauthn\.get/],
  ];
  for (const [change, problem] of cases) {
    const made = assertWith(passkey, { challenge, ...change });
    assert.match(
      findAssertionProblem({ credentialPublicKey: passkey.publicKey, ...made, ...expected }) ?? '',
      problem,
    );
  }
});

test('refuses an assertion when any signed byte, signature byte or the key changed', () => {
  const passkey = makeSoftPasskey();
  const good = {
    credentialPublicKey: passkey.publicKey,
    ...assertWith(passkey, { challenge }),
    ...expected,
  };
  for (const member of [
    'credentialPublicKey',
    'authenticatorData',
    'clientDataJSON',
    'signature',
  ] as const) {
    for (let at = 0; at < good[member].length; at += 1) {
      const changed = Uint8Array.from(good[member]);
      changed[at] = (changed[at] as number) ^ 1;
      assert.ok(!isAssertionValid({ ...good, [member]: changed }), `${member} byte ${at}`);
    }
    assert.ok(!isAssertionValid({ ...good, [member]: good[member].subarray(1) }), `${member} cut`);
  }
  assert.ok(!isAssertionValid({ ...good, credentialPublicKey: makeSoftPasskey().publicKey }));
});

test('refuses keys with trailing bytes, other algorithms or loose CBOR', () => {
  const { publicKey } = makeSoftPasskey();
  assert.throws(() => readCoseKey(Buffer.concat([publicKey, Buffer.alloc(1)])), {
    code: 'evidence.key_invalid',
  });
  assert.throws(() => readCoseKey(Buffer.from('a3010103272006', 'hex')), {
    code: 'evidence.key_invalid',
  });
  assert.throws(
    () => readCoseKey(Buffer.concat([Buffer.from('b805', 'hex'), publicKey.subarray(1)])),
    { code: 'evidence.key_invalid' },
  );
  assert.throws(() => readCoseKey(Buffer.alloc(0)), { code: 'evidence.key_invalid' });
});

test('ties an origin to its relying party', () => {
  assert.ok(isOriginOfRp('https://tocsin.shop.example', 'shop.example'));
  assert.ok(isOriginOfRp('http://localhost:8080', 'localhost'));
  for (const origin of [
    'http://tocsin.shop.example',
    'https://evilshop.example',
    'https://shop.example/',
    'nonsense',
  ]) {
    assert.ok(!isOriginOfRp(origin, 'shop.example'), origin);
  }
});

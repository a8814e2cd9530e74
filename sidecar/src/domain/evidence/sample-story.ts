/**
 * Test support: a whole, true story as entries, with passkeys made in software, that tests then
 * falsify one member at a time. Production code does not import it.
 */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { canonicalHash } from './canonical-json.ts';
import { encodeBytes } from './encoding.ts';
import type { ApprovalRecorded, Entry, EntryDataByKind, EntryKind } from './entry-data.ts';
import { approvalChallenge } from './webauthn-proof.ts';

export const SAMPLE_ORIGIN = 'shop.example/tocsin';
const RP_ID = 'tocsin.shop.example';
const RP_ORIGIN = 'https://tocsin.shop.example';
const SOME_HASH = createHash('sha256').update('sample').digest('hex');

const base64url = (bytes: Uint8Array): string => encodeBytes(bytes, 'base64url');

export interface SoftPasskey {
  readonly credentialId: string;
  /** COSE_Key bytes. */
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

/** A CBOR byte string; `bytes` has 32 to 65,535. */
function cborBytes(bytes: Uint8Array): Uint8Array {
  const head =
    bytes.length < 256
      ? Uint8Array.of(0x58, bytes.length)
      : Uint8Array.of(0x59, bytes.length >> 8, bytes.length & 255);
  return Buffer.concat([head, bytes]);
}

function coseOf(publicKey: KeyObject): Uint8Array {
  const jwk = publicKey.export({ format: 'jwk' });
  const part = (name: 'x' | 'y' | 'n' | 'e'): Buffer => Buffer.from(jwk[name] ?? '', 'base64url');
  if (jwk.kty === 'EC') {
    const [x, y] = [cborBytes(part('x')), cborBytes(part('y'))];
    return Buffer.concat([
      Buffer.from('a5010203262001', 'hex'),
      Uint8Array.of(0x21),
      x,
      Uint8Array.of(0x22),
      y,
    ]);
  }
  const e = part('e');
  const head = Buffer.from('a401030339010020', 'hex');
  return Buffer.concat([head, cborBytes(part('n')), Uint8Array.of(0x21, 0x40 + e.length), e]);
}

/** A passkey that signs without asking anyone. */
export function makeSoftPasskey(algorithm: 'ES256' | 'RS256' = 'ES256'): SoftPasskey {
  const pair =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    credentialId: base64url(randomBytes(16)),
    publicKey: coseOf(pair.publicKey),
    privateKey: pair.privateKey,
  };
}

export interface SoftAssertionInput {
  readonly challenge: string;
  readonly origin?: string;
  readonly rpId?: string;
  /** Default: user present and verified. */
  readonly flags?: number;
  readonly type?: string;
}

/** What a browser and an authenticator would answer. */
export function assertWith(
  passkey: SoftPasskey,
  {
    challenge,
    origin = RP_ORIGIN,
    rpId = RP_ID,
    flags = 0x05,
    type = 'webauthn.get',
  }: SoftAssertionInput,
): { authenticatorData: Uint8Array; clientDataJSON: Uint8Array; signature: Uint8Array } {
  const clientDataJSON = Buffer.from(
    JSON.stringify({ type, challenge, origin, crossOrigin: false }),
  );
  const rpIdHash = createHash('sha256').update(rpId).digest();
  const authenticatorData = Buffer.concat([rpIdHash, Uint8Array.of(flags, 0, 0, 0, 0)]);
  const clientHash = createHash('sha256').update(clientDataJSON).digest();
  const signature = sign(
    'sha256',
    Buffer.concat([authenticatorData, clientHash]),
    passkey.privateKey,
  );
  return { authenticatorData, clientDataJSON, signature };
}

/** The data of an approval of a manifest hash (hex) with a passkey. */
export function approveWith(
  passkey: SoftPasskey,
  approval: { readonly approverId: string; readonly manifestId: string; readonly hash: string },
): ApprovalRecorded {
  const nonce = randomBytes(16);
  const challenge = approvalChallenge(nonce, Buffer.from(approval.hash, 'hex'));
  const { authenticatorData, clientDataJSON, signature } = assertWith(passkey, { challenge });
  return {
    manifest_id: approval.manifestId,
    manifest_hash: approval.hash,
    approver_id: approval.approverId,
    credential_id: passkey.credentialId,
    nonce: base64url(nonce),
    authenticator_data: base64url(authenticatorData),
    client_data_json: base64url(clientDataJSON),
    signature: base64url(signature),
  };
}

/** Collects entries with the right seq and a time one second after the one before. */
export function makeScribe(): {
  readonly entries: Entry[];
  write<K extends EntryKind>(
    kind: K,
    data: EntryDataByKind[K],
    who?: { actor?: string; incident?: string },
  ): void;
} {
  const entries: Entry[] = [];
  return {
    entries,
    write(kind, data, { actor = 'system', incident } = {}) {
      const seq = entries.length;
      const at = new Date(Date.UTC(2026, 10, 23, 10, 0, seq)).toISOString();
      const place = incident === undefined ? {} : { incident };
      entries.push({ v: 1, seq, at, kind, actor, ...place, data } as unknown as Entry);
    },
  };
}

export const ALICE = 'subject_of_alice_0001';
const BOB = 'subject_of_bob_000002';
const CAROL = 'subject_of_carol_0003';

/**
 * One incident from signal to done: 1,000 people, 3 without an address, two batches; the second one
 * ends without an answer, is settled, and what came back is sent again.
 */
export function makeSampleStory(): Entry[] {
  const { entries, write } = makeScribe();
  const incident = 'inc_1';
  const preparer = { actor: `wordpress:${ALICE}`, incident };
  const bob = makeSoftPasskey('ES256');
  const carol = makeSoftPasskey('RS256');
  write('log.created', {
    format: 'tocsin-evidence/v1',
    origin: SAMPLE_ORIGIN,
    software: 'tocsin/0.1.0',
  });
  for (const [id, subject, passkey] of [
    ['apr_b', BOB, bob],
    ['apr_c', CAROL, carol],
  ] as const) {
    const enrolment = {
      credential_id: passkey.credentialId,
      public_key: base64url(passkey.publicKey),
    };
    write(
      'approver.invited',
      { invite_id: `inv_${id}`, subject, expires_at: '2026-11-24T10:00:00.000Z' },
      { actor: 'operator' },
    );
    write('approver.enrolled', {
      approver_id: id,
      subject,
      ...enrolment,
      rp_id: RP_ID,
      origin: RP_ORIGIN,
    });
  }
  write(
    'signal.received',
    { signal_id: 'sig_1', source: 'siem', type: 'mass_export', content: SOME_HASH },
    { actor: 'sensor:siem-1' },
  );
  write(
    'incident.declared',
    {
      type: 'data_export',
      severity: 'high',
      signals: ['sig_1'],
      content: SOME_HASH,
      detected_at: '2026-11-23T09:59:00.000Z',
    },
    preparer,
  );
  write(
    'scope.set',
    { scope_id: 'scp_1', hash: SOME_HASH, data_classes: ['email', 'name'] },
    preparer,
  );
  write(
    'audience.frozen',
    { audience_id: 'aud_1', scope_id: 'scp_1', root: SOME_HASH, count: 1000 },
    { incident },
  );
  write(
    'notice.set',
    { notice_id: 'ntc_1', channel: 'email', language: 'en', blob: 'a'.repeat(40), hash: SOME_HASH },
    preparer,
  );
  const manifest = {
    audience: { root: SOME_HASH, count: 1000 },
    approvals_required: 2,
    drill: false,
    planned: 1000,
  };
  const hash = canonicalHash(manifest);
  write(
    'manifest.prepared',
    {
      manifest_id: 'man_1',
      manifest,
      hash,
      expires_at: '2026-11-24T10:00:00.000Z',
      preparers: [ALICE],
    },
    preparer,
  );
  write('approval.recorded', approveWith(bob, { approverId: 'apr_b', manifestId: 'man_1', hash }), {
    actor: 'approver:apr_b',
    incident,
  });
  write(
    'approval.recorded',
    approveWith(carol, { approverId: 'apr_c', manifestId: 'man_1', hash }),
    { actor: 'approver:apr_c', incident },
  );
  const dispatch_id = 'dsp_1';
  write(
    'dispatch.started',
    {
      dispatch_id,
      manifest_id: 'man_1',
      manifest_hash: hash,
      planned: 1000,
      drill: false,
      provider: 'postmark',
      suppressed: { ordinals: '7', reasons: { no_address: 1 } },
    },
    { incident },
  );
  write(
    'dispatch.suppressed',
    { dispatch_id, suppressed: { ordinals: '8-9', reasons: { no_address: 2 } } },
    { incident },
  );
  const call = {
    dispatch_id,
    provider: 'postmark',
    payload_hash: SOME_HASH,
    deliveries_root: SOME_HASH,
  };
  write(
    'batch.intent',
    { ...call, batch_id: 'bat_1', attempt: 1, ordinals: '0-6,10-502', count: 500 },
    { incident },
  );
  write(
    'batch.outcome',
    {
      dispatch_id,
      batch_id: 'bat_1',
      attempt: 1,
      accepted: '0-6,10-500',
      failed: '501',
      suppressed: '502',
    },
    { incident },
  );
  write('dispatch.paused', { dispatch_id, reason: 'provider_slow' }, { incident });
  write('dispatch.resumed', { dispatch_id }, { incident });
  write(
    'batch.intent',
    { ...call, batch_id: 'bat_2', attempt: 1, ordinals: '503-999', count: 497 },
    { incident },
  );
  write(
    'batch.unknown',
    { dispatch_id, batch_id: 'bat_2', attempt: 1, ordinals: '503-999', reason: 'timeout' },
    { incident },
  );
  write(
    'batch.settled',
    {
      dispatch_id,
      batch_id: 'bat_2',
      attempt: 1,
      accepted: '503-900',
      returned: '901-999',
      failed: '',
      by: 'provider_search',
    },
    { incident },
  );
  write(
    'batch.intent',
    { ...call, batch_id: 'bat_2', attempt: 2, ordinals: '901-999', count: 99 },
    { incident },
  );
  write(
    'batch.outcome',
    { dispatch_id, batch_id: 'bat_2', attempt: 2, accepted: '901-999', failed: '', suppressed: '' },
    { incident },
  );
  write(
    'dispatch.done',
    {
      dispatch_id,
      counts: { planned: 1000, accepted: 995, suppressed: 4, failed: 1, unknown: 0, pending: 0 },
    },
    { incident },
  );
  write(
    'receipts.recorded',
    { dispatch_id, delivered: 990, bounced: 5, complained: 0, root: SOME_HASH },
    { incident },
  );
  return entries;
}

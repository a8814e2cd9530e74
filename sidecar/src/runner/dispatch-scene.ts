// Set-up for delivery tests: a ledger with a frozen audience and an approved manifest, ready to be started.
// Imported by tests only.
import { randomBytes } from 'node:crypto';
import { openLedger, type OpenLedger } from '../adapters/ledger/open-ledger.ts';
import { systemClock, systemIds, systemRandomness } from '../adapters/system/system-deps.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import type { ManifestBody } from '../contract/index.ts';
import { sealManifest, sha256Hex } from '../domain/approval/manifest-hash.ts';
import { canonicalHash } from '../domain/evidence/canonical-json.ts';
import { commitToBytes, makeCommitmentRoot } from '../domain/evidence/commitment.ts';
import { packRecord } from '../domain/audience/packed-person-scene.ts';
import type { PersonRecord } from '../domain/audience/person-record.ts';
import { gitBlobId } from '../domain/notice/git-blob-id.ts';
import { freezeValues } from '../domain/notice/stored-notice.ts';
import { SYSTEM } from '../use-cases/ports/acting.ts';
import type { DeliveryDeps } from '../use-cases/ports/delivery-deps.ts';
import type { MailProvider } from '../use-cases/ports/mail-provider.ts';
import { startDispatch } from '../use-cases/start-dispatch.ts';

export type TestDispatch = {
  deps: DeliveryDeps;
  ledger: OpenLedger;
  dispatchId: string;
  incidentId: string;
  /** The same ledger file opened by a process that was not there before. */
  restart(provider: MailProvider): Promise<TestDispatch>;
  /** Another approved manifest over the same people, started in the same incident. */
  again(): Promise<TestDispatch>;
};

export type TestDispatchOptions = {
  file: string;
  people: number;
  /** Numbers of people without an address. */
  unreachable?: readonly number[];
  provider: MailProvider;
  batchSize?: number;
  concurrency?: number;
  patience?: { emptyAnswers: number; waitMs: number };
};

const TEMPLATE = `---
title: Test notice
situation: test
subject: About your data at {{shop_name}}
fields: []
covers: []
---
Dear {{full_name}},

write to {{contact_email}}.
`;
const FROM = 'security@example.com';
const FACTS = {
  shopName: 'Shop',
  contactEmail: 'privacy@example.com',
  contactPhone: '',
  incidentReference: 'INC-2026-0001',
  occurred: '',
};
const VALUES = freezeValues({}, FACTS);
const HASH = '0'.repeat(64);
const MASTER = new Uint8Array(32).fill(5);

export function addressOf(number: number): string {
  return `person${number}@example.com`;
}

export async function makeTestDispatch(options: TestDispatchOptions): Promise<TestDispatch> {
  const ledger = await openLedger({ file: options.file, clock: systemClock });
  const deps = makeDeps(options, ledger);
  const incidentId = await writeIncident(deps);
  const audience = await writeAudience(deps, incidentId, options);
  const manifestId = await writeManifest(deps, { incidentId, audience, options });
  const dispatchId = await ledger.transaction((writer) =>
    startDispatch(writer, { manifestId, acting: SYSTEM, now: new Date(), ids: systemIds }),
  );
  return testDispatch(options, { deps, ledger, dispatchId, incidentId });
}

function testDispatch(
  options: TestDispatchOptions,
  made: Omit<TestDispatch, 'restart' | 'again'>,
): TestDispatch {
  return {
    ...made,
    again: async () => {
      const { deps, ledger, incidentId } = made;
      await ledger.tables.updateTable('incidents').set({ state: 'confirmed' }).execute();
      const audience = await ledger.tables
        .selectFrom('manifests')
        .select(['audience_id', 'body_json'])
        .executeTakeFirstOrThrow();
      const { root } = (JSON.parse(audience.body_json) as ManifestBody).audience;
      const manifestId = await writeManifest(deps, {
        incidentId,
        audience: { id: audience.audience_id, root },
        options,
      });
      const dispatchId = await ledger.transaction((writer) =>
        startDispatch(writer, { manifestId, acting: SYSTEM, now: new Date(), ids: systemIds }),
      );
      return testDispatch(options, { deps, ledger, dispatchId, incidentId });
    },
    restart: async (provider) => {
      const ledger = await openLedger({ file: options.file, clock: systemClock });
      const next = { ...options, provider };
      return testDispatch(next, { ...made, deps: makeDeps(next, ledger), ledger });
    },
  };
}

function makeDeps(options: TestDispatchOptions, ledger: OpenLedger): DeliveryDeps {
  return {
    ledger,
    clock: systemClock,
    ids: systemIds,
    randomness: systemRandomness,
    vault: openVault({ masterKey: MASTER }),
    providerOf: () => options.provider,
    evidence: { flush: () => Promise.resolve() },
    settings: {
      from: FROM,
      messageIdDomain: 'notify.example.com',
      patience: options.patience ?? { emptyAnswers: 2, waitMs: 0 },
    },
    owner: `test/${process.pid}/${randomBytes(4).toString('hex')}`,
  };
}

async function writeIncident(deps: DeliveryDeps): Promise<string> {
  const id = deps.ids.make('inc');
  const now = new Date().toISOString();
  await deps.ledger.tables
    .insertInto('incidents')
    .values({
      id,
      number: 1,
      reference: 'INC-2026-0001',
      title: 'Test',
      type: 'other',
      severity: 'high',
      state: 'confirmed',
      drill: 0,
      description: '',
      occurred_from: null,
      occurred_to: null,
      detected_at: null,
      aware_at: now,
      confirmed_at: now,
      created_at: now,
      created_by: 'system',
      updated_at: now,
      version: 1,
      wrapped_key: deps.vault.createKey(),
    })
    .execute();
  return id;
}

async function writeAudience(
  deps: DeliveryDeps,
  incidentId: string,
  options: TestDispatchOptions,
): Promise<{ id: string; root: string }> {
  const audienceId = deps.ids.make('aud');
  const root = makeCommitmentRoot();
  const incident = await deps.ledger.tables
    .selectFrom('incidents')
    .select('wrapped_key')
    .where('id', '=', incidentId)
    .executeTakeFirstOrThrow();
  const vault = deps.vault.unlock(incident.wrapped_key ?? new Uint8Array());
  const rows = Array.from({ length: options.people }, (_, number) => {
    const reachable = !(options.unreachable ?? []).includes(number);
    const record: PersonRecord = {
      v: 2,
      number,
      person_id: number.toString(16).padStart(32, '0'),
      name: `Person ${number}`,
      first_name: 'Person',
      email: reachable ? addressOf(number) : null,
      country: 'DE',
      registered: false,
      user_id: 0,
      orders: 1,
      roles: ['buyer'],
      contactability: reachable ? 'reachable' : 'no_address',
      contact_points: [],
      reasons: [],
      data_classes: ['email'],
    };
    const salt = deps.randomness.bytes(32);
    const text = packRecord(record);
    const commitment = commitToBytes(salt, Buffer.from(text, 'utf8'));
    root.add(commitment);
    return {
      audience_id: audienceId,
      number,
      salt,
      commitment,
      sealed: vault.seal(text, `person:${audienceId}:${number}`),
      address_index: reachable ? vault.index(`email:${addressOf(number)}`) : null,
      contactability: record.contactability,
      country: 'DE',
      registered: 0 as const,
      orders: 1,
    };
  });
  for (let at = 0; at < rows.length; at += 500) {
    await deps.ledger.tables
      .insertInto('people')
      .values(rows.slice(at, at + 500))
      .execute();
  }
  return { id: audienceId, root: root.root() };
}

async function writeManifest(
  deps: DeliveryDeps,
  input: {
    incidentId: string;
    audience: { id: string; root: string };
    options: TestDispatchOptions;
  },
): Promise<string> {
  const { options } = input;
  const manifestId = deps.ids.make('man');
  const noticeId = deps.ids.make('not');
  const now = new Date().toISOString();
  const unreachable = options.unreachable?.length ?? 0;
  const body: ManifestBody = {
    version: 1,
    manifest_id: manifestId,
    incident: { id: input.incidentId, reference: 'INC-2026-0001', title_hash: HASH },
    scope_hash: HASH,
    audience: {
      id: input.audience.id,
      root: input.audience.root,
      count: options.people,
      reachable: options.people - unreachable,
      unreachable,
    },
    notices: [
      {
        id: noticeId,
        channel: 'email',
        language: 'en',
        template_id: 'test',
        template_blob: gitBlobId(Buffer.from(TEMPLATE)),
        template_commit: '0',
        values_hash: canonicalHash(VALUES),
        sample_hash: HASH,
      },
    ],
    plan: {
      channels: ['email'],
      provider: 'postmark',
      stream: 'notices',
      from_hash: sha256Hex(FROM),
      batch_size: options.batchSize ?? 500,
      concurrency: options.concurrency ?? 4,
    },
    approvals_required: 2,
    prepared_at: now,
    expires_at: now,
    drill: false,
  };
  const sealed = sealManifest(body);
  await deps.ledger.tables
    .insertInto('notices')
    .values({
      id: noticeId,
      incident_id: input.incidentId,
      template_id: 'test',
      template_title: 'Test',
      language: 'en',
      template_blob: '0',
      template_commit: '0',
      template_source: TEMPLATE,
      values_json: JSON.stringify(VALUES),
      values_hash: HASH,
      sample_json: '{}',
      sample_hash: HASH,
      set_at: now,
      set_by: 'system',
    })
    .execute();
  await deps.ledger.tables
    .insertInto('manifests')
    .values({
      id: manifestId,
      incident_id: input.incidentId,
      audience_id: input.audience.id,
      notice_id: noticeId,
      hash: sealed.hash,
      body_json: sealed.json,
      sentence: '',
      state: 'approved',
      prepared_at: now,
      prepared_by: 'system',
      preparers_json: '[]',
      expires_at: now,
      ended_at: null,
      void_reason: null,
    })
    .execute();
  return manifestId;
}

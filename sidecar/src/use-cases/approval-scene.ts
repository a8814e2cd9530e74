// A confirmed incident with scope, frozen people and notice, written straight into a ledger with its evidence, so that
// approval can be tried without a store. Imported by tests only.
import { createHash } from 'node:crypto';
import { canonicalHash } from '../domain/evidence/canonical-json.ts';
import { decodeEntry } from '../domain/evidence/entry.ts';
import { makeStory } from '../domain/evidence/story.ts';
import type { StoryFinding } from '../domain/evidence/story-findings.ts';
import { acceptApproval, startApproval, type ApproveDeps } from './approve-manifest.ts';
import { readSession, type SignedIn } from './console-session.ts';
import { acceptEnrolment, startEnrolment } from './enrol-approver.ts';
import { inviteApprover } from './invite-approver.ts';
import { actorKey, SYSTEM, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { PlanSettings } from './ports/plan-settings.ts';

export const INCIDENT = 'inc_0000000000scene';
export const OPERATOR: Acting = {
  actor: { id: 'operator', kind: 'operator', name: 'Operator' },
  subject: null,
  capabilities: [],
};

/** `origin` must be where pages of the test are served from. */
export function scenePlan(origin: string, change: Partial<PlanSettings> = {}): PlanSettings {
  return {
    provider: 'postmark',
    stream: 'notices',
    from: 'Shop <notices@shop.example>',
    batchSize: 500,
    concurrency: 2,
    approvalsRequired: 2,
    expiryHours: 24,
    consoleOrigin: origin,
    ...change,
  };
}

/** A WordPress user as the plugin would name them. */
export function wordPressUser(vault: Deps['vault'], email: string): Acting {
  return {
    actor: { id: `wp:${email.length}`, kind: 'wordpress', name: email.split('@')[0] ?? '' },
    subject: vault.subject(email),
    capabilities: ['tocsin_view', 'tocsin_prepare'],
  };
}

/** The part of a passkey in software that enrolment and approval need. */
export type TestPasskey = {
  create(options: Record<string, unknown>): Record<string, unknown>;
  get(options: Record<string, unknown>): Record<string, unknown>;
};

/** Invites and enrols a person; they are signed in then. */
export async function enrolPerson(
  deps: ApproveDeps & Pick<Deps, 'vault'>,
  { email, passkey }: { email: string; passkey: TestPasskey },
): Promise<SignedIn> {
  const name = email.split('@')[0] ?? '';
  const { link } = await inviteApprover(deps, OPERATOR, { name, email });
  const token = link.slice(link.indexOf('=') + 1);
  const { challenge_id: challengeId, options } = await startEnrolment(deps, { token });
  const opened = await acceptEnrolment(deps, {
    token,
    challengeId,
    response: passkey.create(options),
  });
  return readSession(deps, opened);
}

/** Everything the console does for one approval. */
export async function approveWith(
  deps: ApproveDeps,
  given: { signedIn: SignedIn; passkey: TestPasskey; manifestId: string },
): ReturnType<typeof acceptApproval> {
  const { signedIn, passkey, manifestId } = given;
  const { challenge_id: challengeId, options } = await startApproval(deps, signedIn, {
    manifestId,
  });
  return acceptApproval(deps, signedIn, {
    manifestId,
    challengeId,
    response: passkey.get(options),
  });
}

/** What an auditor would find wrong in the evidence recorded so far; empty when nothing is. */
export async function auditEvidence(deps: Pick<Deps, 'ledger'>): Promise<readonly StoryFinding[]> {
  const story = makeStory();
  const rows = await deps.ledger.tables
    .selectFrom('evidence_entries')
    .select('bytes')
    .orderBy('seq')
    .execute();
  for (const { bytes } of rows) story.push(decodeEntry(bytes));
  return story.finish().findings.filter((finding) => !finding.ok);
}

export type Scene = { scopeBy: Acting; audienceBy: Acting; noticeBy: Acting };

/** `reachable` people with an address, then `unreachable` ones without. */
export async function arrangeIncident(
  deps: Pick<Deps, 'ledger' | 'clock' | 'vault'>,
  by: Scene,
  { reachable = 3, unreachable = 1, drill = false } = {},
): Promise<void> {
  await deps.ledger.transaction(async (writer) => {
    const now = deps.clock.now().toISOString();
    const wrapped = deps.vault.createKey();
    await writer.record({
      kind: 'log.created',
      acting: SYSTEM,
      incidentId: null,
      data: { format: 'tocsin-evidence/v1', origin: 'scene.example', software: 'tocsin/0.1.0' },
    });
    await writeIncident(writer, { now, wrapped, drill, by });
    await setScene(writer, { now, by, version: 1 });
    const vault = deps.vault.unlock(wrapped);
    const people = reachable + unreachable;
    for (let number = 0; number < people; number += 1) {
      const hasAddress = number < reachable;
      const email = `person${number}@customer.example`;
      await writer.tables
        .insertInto('people')
        .values({
          audience_id: 'aud_0000000000scene1',
          number,
          salt: new Uint8Array(16),
          commitment: new Uint8Array(32),
          sealed: vault.seal('{}', `person:aud_0000000000scene1:${number}`),
          address_index: hasAddress ? vault.index(`email:${email}`) : null,
          contactability: hasAddress ? 'reachable' : 'no_address',
          country: 'DE',
          registered: 1,
          orders: 1,
        })
        .execute();
    }
    await writeAudience(writer, { now, by, reachable, unreachable });
    await writeNotice(writer, { now, by });
  });
}

async function writeIncident(
  writer: LedgerWriter,
  { now, wrapped, drill, by }: { now: string; wrapped: Uint8Array; drill: boolean; by: Scene },
): Promise<void> {
  await writer.tables
    .insertInto('incidents')
    .values({
      id: INCIDENT,
      number: 1,
      reference: 'T-2026-001',
      title: 'Card data read at checkout',
      type: 'checkout_skimmer',
      severity: 'high',
      state: 'confirmed',
      drill: drill ? 1 : 0,
      description: 'A script read what was typed at checkout.',
      occurred_from: null,
      occurred_to: null,
      detected_at: now,
      aware_at: now,
      confirmed_at: now,
      created_at: now,
      created_by: actorKey(by.scopeBy),
      updated_at: now,
      version: 1,
      wrapped_key: wrapped,
    })
    .execute();
  await writer.record({
    kind: 'incident.declared',
    acting: by.scopeBy,
    incidentId: INCIDENT,
    data: { type: 'checkout_skimmer', severity: 'high', signals: [], content: hashOf('incident') },
  });
}

/** Another version makes a frozen audience stale. */
export async function setScene(
  writer: LedgerWriter,
  { now, by, version }: { now: string; by: Scene; version: number },
): Promise<void> {
  const id = `sco_0000000000scene${version}`;
  await writer.tables
    .insertInto('scopes')
    .values({
      id,
      incident_id: INCIDENT,
      version,
      sealed: new Uint8Array(1),
      salt: new Uint8Array(16),
      hash: hashOf(id),
      set_at: now,
      set_by: actorKey(by.scopeBy),
    })
    .execute();
  await writer.record({
    kind: 'scope.set',
    acting: by.scopeBy,
    incidentId: INCIDENT,
    data: { scope_id: id, hash: hashOf(id), data_classes: ['email'] },
  });
}

async function writeAudience(
  writer: LedgerWriter,
  given: { now: string; by: Scene; reachable: number; unreachable: number },
): Promise<void> {
  const { now, by, reachable, unreachable } = given;
  const people = reachable + unreachable;
  const tally = (key: string, count: number) => ({ key, count });
  await writer.tables
    .insertInto('audiences')
    .values({
      id: 'aud_0000000000scene1',
      incident_id: INCIDENT,
      scope_id: 'sco_0000000000scene1',
      state: 'frozen',
      root: hashOf('root'),
      counts_json: JSON.stringify({
        people,
        reachable,
        unreachable,
        guests: 0,
        registered: people,
        by_country: [tally('DE', people)],
        by_source: [tally('accounts', people)],
        by_data_class: [tally('email', people)],
        by_unreachable_reason: [tally('no_address', unreachable)],
        order_stores: { orders: 0, hpos_only: 0, legacy_only: 0, both: 0, differing: 0 },
        anonymised_orders: 0,
        unread: [],
      }),
      rows_read: people,
      requested_at: now,
      requested_by: actorKey(by.audienceBy),
      frozen_at: now,
      problem_code: null,
      problem_title: null,
    })
    .execute();
  await writer.record({
    kind: 'audience.frozen',
    acting: by.audienceBy,
    incidentId: INCIDENT,
    data: {
      audience_id: 'aud_0000000000scene1',
      scope_id: 'sco_0000000000scene1',
      root: hashOf('root'),
      count: people,
    },
  });
}

async function writeNotice(
  writer: LedgerWriter,
  { now, by }: { now: string; by: Scene },
): Promise<void> {
  const sample = {
    sample: 'Ada Example',
    subject: 'Your data',
    text: 'Hello Ada',
    html: '<p>Hello Ada</p>',
  };
  await writer.tables
    .insertInto('notices')
    .values({
      id: 'not_0000000000scene1',
      incident_id: INCIDENT,
      template_id: 'payment-data',
      template_title: 'Payment data leaked',
      language: 'en',
      template_blob: 'b'.repeat(40),
      template_commit: 'c'.repeat(40),
      template_source: 'Hello',
      values_json: '{}',
      values_hash: hashOf('values'),
      sample_json: JSON.stringify(sample),
      sample_hash: canonicalHash(sample),
      set_at: now,
      set_by: actorKey(by.noticeBy),
    })
    .execute();
  await writer.record({
    kind: 'notice.set',
    acting: by.noticeBy,
    incidentId: INCIDENT,
    data: {
      notice_id: 'not_0000000000scene1',
      channel: 'email',
      language: 'en',
      blob: 'b'.repeat(40),
      hash: hashOf('template'),
    },
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

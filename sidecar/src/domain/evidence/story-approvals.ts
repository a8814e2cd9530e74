/**
 * The part of the story about consent: who was enrolled, what was prepared, and whether each
 * approval is a passkey signature by someone else over exactly that manifest.
 */
import { canonicalHash } from './canonical-json.ts';
import { decodeBytes } from './encoding.ts';
import type { ApproverEnrolled, Entry, EntryOfKind } from './entry-data.ts';
import { messageOf } from './errors.ts';
import type { StoryFindings } from './story-findings.ts';
import {
  approvalChallenge,
  findAssertionProblem,
  isOriginOfRp,
  NONCE_SIZE,
} from './webauthn-proof.ts';

export interface KnownManifest {
  readonly hash: string;
  readonly expiresAt: string;
  readonly drill: boolean;
  readonly audience: { readonly root: string; readonly count: number };
  readonly planned: number | undefined;
  readonly approvalsRequired: number;
  /** Subjects that may not approve it. */
  readonly preparers: ReadonlySet<string>;
  /** Subjects that approved it validly. */
  readonly approvedBy: Set<string>;
  readonly nonces: Set<string>;
  ended: 'voided' | 'withdrawn' | undefined;
  /** The dispatch that executes it. */
  dispatch: string | undefined;
}

export interface ConsentStory {
  push(entry: Entry): void;
  manifest(id: string): KnownManifest | undefined;
  counts(): { manifests: number; approvers: number; approvals: number };
}

/** Kinds whose author has prepared the manifest that follows them. */
const PREPARING = new Set<string>(['scope.set', 'audience.frozen', 'notice.set']);

/** Kinds that shape all audiences frozen later, whoever decides after them. */
const SHAPING = new Set<string>(['identity.decided', 'identity.undone']);

/** Follows consent through the log and reports problems of `manifests`, `approvers`, `approvals`. */
export function makeConsentStory(findings: StoryFindings): ConsentStory {
  const approvers = new Map<string, ApproverEnrolled & { removed: boolean }>();
  const manifests = new Map<string, KnownManifest>();
  const audiences = new Set<string>();
  /** Latest author per incident and preparing kind. */
  const authors = new Map<string, string>();
  /** Everybody per incident who decided who is one human. */
  const deciders = new Map<string | undefined, Set<string>>();
  let approvals = 0;

  function subjectOf(actor: string): string | undefined {
    const [role, id] = [actor.slice(0, actor.indexOf(':')), actor.slice(actor.indexOf(':') + 1)];
    if (role === 'wordpress') return id;
    return role === 'approver' ? approvers.get(id)?.subject : undefined;
  }

  function noteAuthor(entry: Entry): void {
    const subject = subjectOf(entry.actor);
    const key = `${entry.incident}/${entry.kind}`;
    if (subject === undefined) authors.delete(key);
    else authors.set(key, subject);
  }

  function noteDecider({ actor, incident }: Entry): void {
    const subject = subjectOf(actor);
    if (subject === undefined) return;
    deciders.set(incident, (deciders.get(incident) ?? new Set()).add(subject));
  }

  function prepare({ seq, actor, incident, data }: EntryOfKind<'manifest.prepared'>): void {
    const fail = (sentence: string): void => findings.report('manifests', seq, sentence);
    const id = data.manifest_id;
    if (manifests.has(id)) {
      fail(`Manifest ${id} is prepared a second time.`);
      return;
    }
    if (canonicalHash(data.manifest) !== data.hash) {
      fail(`The hash of manifest ${id} is not the hash of what it says.`);
    }
    const { root, count } = data.manifest.audience;
    if (!audiences.has(`${incident}/${root}/${count}`)) {
      fail(
        `Manifest ${id} is for an audience (root and count) that was never frozen for its incident.`,
      );
    }
    if (data.preparers.length === 0) fail(`Manifest ${id} names nobody who prepared it.`);
    const hands = [
      subjectOf(actor),
      ...[...PREPARING].map((kind) => authors.get(`${incident}/${kind}`)),
      ...(deciders.get(incident) ?? []),
    ];
    manifests.set(id, {
      hash: data.hash,
      expiresAt: data.expires_at,
      drill: data.manifest.drill,
      audience: { root, count },
      planned: data.manifest.planned,
      approvalsRequired: data.manifest.approvals_required,
      preparers: new Set([...data.preparers, ...hands.filter((subject) => subject !== undefined)]),
      approvedBy: new Set(),
      nonces: new Set(),
      ended: undefined,
      dispatch: undefined,
    });
  }

  function end(seq: number, id: string, how: 'voided' | 'withdrawn'): void {
    const manifest = manifests.get(id);
    if (manifest === undefined)
      findings.report('manifests', seq, `Manifest ${id} is ${how} but was never prepared.`);
    else manifest.ended ??= how;
  }

  function enrol({ seq, data }: EntryOfKind<'approver.enrolled'>): void {
    const fail = (sentence: string): void => findings.report('approvers', seq, sentence);
    const id = data.approver_id;
    if (approvers.has(id)) {
      fail(`Approver ${id} is enrolled a second time.`);
      return;
    }
    for (const other of approvers.values()) {
      const same =
        other.public_key === data.public_key || other.credential_id === data.credential_id;
      if (same) fail(`Approver ${id} has the same passkey as approver ${other.approver_id}.`);
    }
    if (!isOriginOfRp(data.origin, data.rp_id)) {
      fail(`Approver ${id} is enrolled on an origin that does not belong to ${data.rp_id}.`);
    }
    approvers.set(id, { ...data, removed: false });
  }

  function remove(seq: number, id: string): void {
    const approver = approvers.get(id);
    if (approver === undefined || approver.removed) {
      findings.report('approvers', seq, `Approver ${id} is removed but is not enrolled.`);
    } else approver.removed = true;
  }

  function findApprovalProblem({ at, data }: EntryOfKind<'approval.recorded'>): string | undefined {
    const manifest = manifests.get(data.manifest_id);
    const approver = approvers.get(data.approver_id);
    if (manifest === undefined) return 'its manifest was never prepared';
    if (data.manifest_hash !== manifest.hash) return 'it names another hash than the manifest has';
    if (manifest.ended !== undefined) return `its manifest was ${manifest.ended} before`;
    if (at > manifest.expiresAt) return 'its manifest had expired';
    if (approver === undefined) return 'its approver was never enrolled';
    if (approver.removed) return 'its approver had been removed';
    if (approver.credential_id !== data.credential_id)
      return 'it is by another passkey than was enrolled';
    if (manifest.preparers.has(approver.subject))
      return 'its approver took part in preparing the manifest';
    if (manifest.approvedBy.has(approver.subject)) return 'the same person had approved it already';
    if (manifest.nonces.has(data.nonce)) return 'its nonce was used before';
    return findSignatureProblem(data, approver, manifest.hash);
  }

  function approve(entry: EntryOfKind<'approval.recorded'>): void {
    const { seq, data } = entry;
    const problem = findApprovalProblem(entry);
    const manifest = manifests.get(data.manifest_id);
    const subject = approvers.get(data.approver_id)?.subject;
    if (problem !== undefined || manifest === undefined || subject === undefined) {
      const why = problem ?? 'it refers to nothing in the log';
      findings.report(
        'approvals',
        seq,
        `The approval of manifest ${data.manifest_id} by ${data.approver_id} does not count: ${why}.`,
      );
      return;
    }
    approvals += 1;
    manifest.approvedBy.add(subject);
    manifest.nonces.add(data.nonce);
  }

  return {
    push(entry) {
      if (PREPARING.has(entry.kind)) noteAuthor(entry);
      if (SHAPING.has(entry.kind)) noteDecider(entry);
      switch (entry.kind) {
        case 'audience.frozen':
          audiences.add(`${entry.incident}/${entry.data.root}/${entry.data.count}`);
          break;
        case 'manifest.prepared':
          prepare(entry);
          break;
        case 'manifest.voided':
          end(entry.seq, entry.data.manifest_id, 'voided');
          break;
        case 'manifest.withdrawn':
          end(entry.seq, entry.data.manifest_id, 'withdrawn');
          break;
        case 'approver.enrolled':
          enrol(entry);
          break;
        case 'approver.removed':
          remove(entry.seq, entry.data.approver_id);
          break;
        case 'approval.recorded':
          approve(entry);
          break;
        default:
          break;
      }
    },
    manifest: (id) => manifests.get(id),
    counts: () => ({ manifests: manifests.size, approvers: approvers.size, approvals }),
  };
}

function findSignatureProblem(
  data: EntryOfKind<'approval.recorded'>['data'],
  approver: ApproverEnrolled,
  manifestHash: string,
): string | undefined {
  const bytes = (text: string): Uint8Array => decodeBytes(text, 'base64url', 'an approval');
  const nonce = bytes(data.nonce);
  if (nonce.length !== NONCE_SIZE) return `its nonce has not ${NONCE_SIZE} bytes`;
  try {
    return findAssertionProblem({
      credentialPublicKey: bytes(approver.public_key),
      authenticatorData: bytes(data.authenticator_data),
      clientDataJSON: bytes(data.client_data_json),
      signature: bytes(data.signature),
      expectedChallenge: approvalChallenge(nonce, Buffer.from(manifestHash, 'hex')),
      origin: approver.origin,
      rpId: approver.rp_id,
    });
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * What each kind of evidence entry says. Field names are as on disk. The rules the fields obey are
 * in `entry-rules.ts`; what they prove together is checked by `story.ts`.
 *
 * Words used below
 * - Id: 1–128 of A–Z a–z 0–9 . _ : -; chosen by the ledger, never derived from personal data.
 * - Code: a lowercase word such as `operator_request`; free text could hold personal data.
 * - Hash: SHA-256 as 64 lowercase hex digits. Bytes: base64url without padding.
 * - Subject: a stable salted commitment to one human (wp-admin user or approver), 16–128 of A–Z a–z
 *   0–9 _ -. The same human has the same subject wherever one appears, so they can be compared.
 * - Ordinals: places of deliveries within a dispatch, "0-499,501" (`ordinal-ranges.ts`).
 * - Time: RFC 3339, UTC, milliseconds: 2026-11-23T10:00:00.000Z.
 *
 * Data may carry further members; a verifier ignores them.
 */
import type {
  CommandKeyMade,
  CommandKeyRemoved,
  IdentityDecided,
  IdentityUndone,
  PeopleResolved,
  PeopleViewed,
} from './entry-data-people.ts';

import type { DataMapEntries } from './data-map-entries.ts';

export type Id = string;
export type Code = string;
export type Hash = string;
export type Bytes = string;
export type Subject = string;
export type Ordinals = string;
export type Time = string;

/** Always the first entry: which log this is. */
export interface LogCreated {
  readonly format: 'tocsin-evidence/v1';
  readonly origin: string;
  /** Name and version of the writer, such as `tocsin/0.1.0`. */
  readonly software: string;
}

/** `content` commits to the whole signal, which stays in the ledger. */
export interface SignalReceived {
  readonly signal_id: Id;
  readonly source: 'siem' | 'store' | 'person' | 'sidecar';
  readonly type: Code;
  readonly content: Hash;
}

export interface SignalDismissed {
  readonly signal_id: Id;
  readonly reason: Code;
  /** Keyed commitment to what the person wrote as a reason. */
  readonly content?: Hash;
}

export interface IncidentTimes {
  readonly occurred_at?: Time;
  readonly detected_at?: Time;
  readonly aware_at?: Time;
  readonly confirmed_at?: Time;
}

export interface IncidentDeclared extends IncidentTimes {
  readonly type: Code;
  readonly severity: Code;
  readonly signals: readonly Id[];
  /** Commits to title and description. */
  readonly content: Hash;
}

export interface IncidentUpdated extends IncidentTimes {
  readonly changed: readonly Code[];
  readonly content: Hash;
  /** Present when a signal was joined (`changed` then names `signals`). */
  readonly signals?: readonly Id[];
}

export interface IncidentStateChanged {
  readonly from: Code;
  readonly to: Code;
  readonly reason: Code;
  /** Keyed commitment to what the person wrote as a reason. */
  readonly content?: Hash;
}

export interface ScopeSet {
  readonly scope_id: Id;
  /** Hash of the scope's canonical JSON. */
  readonly hash: Hash;
  readonly data_classes: readonly Code[];
  /** The form the scope was begun from. */
  readonly preset?: Code;
  /** Places in scope: `accounts`, `orders`, `sources`. */
  readonly sources?: readonly Code[];
  /** Sizes of the lists, by what they hold; never their members. */
  readonly include?: Readonly<Record<Code, number>>;
  readonly exclude?: Readonly<Record<Code, number>>;
}

/** `root` is the RFC 6962 root over one salted commitment per person, in the audience's order. */
export interface AudienceFrozen {
  readonly audience_id: Id;
  readonly scope_id: Id;
  readonly root: Hash;
  readonly count: number;
  /** People with an address that can be written to. */
  readonly reachable?: number;
  /** Hash of the scope the people came from. */
  readonly scope_hash?: Hash;
  /** Counts by country, source, data class and more, as shown before approval. */
  readonly counts?: Readonly<Record<string, unknown>>;
  /** Where the people were read: the database server, such as `MariaDB/10.11.19`, and its clock then. */
  readonly snapshot?: { readonly server: string; readonly taken_at: Time };
}

export interface NoticeSet {
  readonly notice_id: Id;
  readonly channel: Code;
  /** BCP 47. */
  readonly language: string;
  /** Git object id of the template at this version. */
  readonly blob: string;
  /** Hash of the template's bytes. */
  readonly hash: Hash;
  readonly template_id?: Id;
  /** Git commit the template was read at, or `unversioned`. */
  readonly commit?: string;
  /** Hash of the canonical JSON of the values filled in. */
  readonly values_hash?: Hash;
  /** Hash of the canonical JSON of the rendered sample. */
  readonly sample_hash?: Hash;
}

/** Members of a manifest the checker reads. The manifest may say more; all of it is hashed. */
export interface ManifestCore {
  readonly audience: { readonly root: Hash; readonly count: number };
  /** At least 2. */
  readonly approvals_required: number;
  readonly drill: boolean;
  /** Deliveries planned (people × channels). Compared with `dispatch.started` when present. */
  readonly planned?: number;
}

/** `hash` is SHA-256 of the RFC 8785 JSON of `manifest`, and what the approvers sign. */
export interface ManifestPrepared {
  readonly manifest_id: Id;
  readonly manifest: ManifestCore & Readonly<Record<string, unknown>>;
  readonly hash: Hash;
  readonly expires_at: Time;
  /** Everyone who had a hand in scope, notice or plan. None of them may approve. */
  readonly preparers: readonly Subject[];
}

/** Voided by a change of what it was made of. */
export interface ManifestVoided {
  readonly manifest_id: Id;
  readonly reason: Code;
}

/** Withdrawn by a person. */
export interface ManifestWithdrawn {
  readonly manifest_id: Id;
  readonly reason: Code;
}

export interface ApproverInvited {
  readonly invite_id: Id;
  readonly subject: Subject;
  readonly expires_at: Time;
}

export interface ApproverEnrolled {
  readonly approver_id: Id;
  readonly subject: Subject;
  readonly credential_id: Bytes;
  /** COSE key, ES256 or RS256. */
  readonly public_key: Bytes;
  readonly rp_id: string;
  readonly origin: string;
  readonly aaguid?: string;
}

export interface ApproverRemoved {
  readonly approver_id: Id;
  readonly reason: Code;
}

/** One WebAuthn assertion, whole, so that anyone can verify it again. */
export interface ApprovalRecorded {
  readonly manifest_id: Id;
  readonly manifest_hash: Hash;
  readonly approver_id: Id;
  readonly credential_id: Bytes;
  /** 16 bytes; see `approvalChallenge`. */
  readonly nonce: Bytes;
  readonly authenticator_data: Bytes;
  readonly client_data_json: Bytes;
  readonly signature: Bytes;
}

export interface SuppressedBeforeSending {
  readonly ordinals: Ordinals;
  /** Deliveries per reason; the sum is the number of `ordinals`. */
  readonly reasons: Readonly<Record<Code, number>>;
}

export interface DispatchStarted {
  readonly dispatch_id: Id;
  readonly manifest_id: Id;
  readonly manifest_hash: Hash;
  /** Deliveries have the ordinals 0 to planned - 1. */
  readonly planned: number;
  readonly drill: boolean;
  readonly provider: Code;
  readonly suppressed: SuppressedBeforeSending;
}

/**
 * More deliveries that will not be sent, with reasons. Also carries on `dispatch.started` when its
 * ordinals would not fit in one entry: `splitOrdinals` gives parts that do.
 */
export interface DispatchSuppressed {
  readonly dispatch_id: Id;
  readonly suppressed: SuppressedBeforeSending;
}

export interface DispatchPaused {
  readonly dispatch_id: Id;
  readonly reason: Code;
}

export interface DispatchResumed {
  readonly dispatch_id: Id;
}

/** Final: what is pending stays pending. */
export interface DispatchStopped {
  readonly dispatch_id: Id;
  readonly reason: Code;
}

export interface DispatchCounts {
  readonly planned: number;
  readonly accepted: number;
  readonly suppressed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly pending: number;
}

/** Final: pending and unknown are 0. */
export interface DispatchDone {
  readonly dispatch_id: Id;
  readonly counts: DispatchCounts;
}

/** Written, and durable, before the provider is called. */
export interface BatchIntent {
  readonly dispatch_id: Id;
  readonly batch_id: Id;
  /** 1 for the first call of this batch, then 2, 3, … */
  readonly attempt: number;
  readonly provider: Code;
  readonly ordinals: Ordinals;
  readonly count: number;
  /** Commits to the bytes sent to the provider. */
  readonly payload_hash: Hash;
  /** RFC 6962 root over one salted commitment per delivery of this batch, in order. */
  readonly deliveries_root: Hash;
}

/**
 * What the provider answered. The five sets together are exactly the ordinals of the intent:
 * accepted (will be sent), failed (never), suppressed (the provider or we refuse this recipient),
 * returned (certainly not taken, such as HTTP 429: pending again), unknown (no clear answer).
 */
export interface BatchOutcome {
  readonly dispatch_id: Id;
  readonly batch_id: Id;
  readonly attempt: number;
  readonly accepted: Ordinals;
  readonly failed: Ordinals;
  readonly suppressed: Ordinals;
  readonly returned?: Ordinals;
  readonly unknown?: Ordinals;
  /** RFC 6962 root over one salted commitment per answer of the provider. */
  readonly provider_root?: Hash;
}

/** The call ended without an answer for these (timeout, crash): they may have been sent. */
export interface BatchUnknown {
  readonly dispatch_id: Id;
  readonly batch_id: Id;
  readonly attempt: number;
  readonly ordinals: Ordinals;
  readonly reason: Code;
}

/** What asking the provider found. May come in parts. */
export interface BatchSettled {
  readonly dispatch_id: Id;
  readonly batch_id: Id;
  readonly attempt: number;
  readonly accepted: Ordinals;
  /** Certainly not taken by the provider: pending again. */
  readonly returned: Ordinals;
  readonly failed: Ordinals;
  /** How it was found: `provider_search`, `receipt`, `operator`, … */
  readonly by: Code;
}

/** Receipts so far, as totals. `root` is over salted commitments, one per receipt. */
export interface ReceiptsRecorded {
  readonly dispatch_id: Id;
  readonly delivered: number;
  readonly bounced: number;
  readonly complained: number;
  readonly root: Hash;
}

export interface ConfigChanged {
  readonly setting: Code;
  /** Salted commitment to the new value. */
  readonly value: Hash;
}

export interface BundleExported {
  readonly size: number;
  /** Root at `size`. */
  readonly root: Hash;
}

/** The closed list of kinds. */
export interface EntryDataByKind extends DataMapEntries {
  'log.created': LogCreated;
  'signal.received': SignalReceived;
  'signal.dismissed': SignalDismissed;
  'incident.declared': IncidentDeclared;
  'incident.updated': IncidentUpdated;
  'incident.state_changed': IncidentStateChanged;
  'scope.set': ScopeSet;
  'audience.frozen': AudienceFrozen;
  'notice.set': NoticeSet;
  'manifest.prepared': ManifestPrepared;
  'manifest.voided': ManifestVoided;
  'manifest.withdrawn': ManifestWithdrawn;
  'approver.invited': ApproverInvited;
  'approver.enrolled': ApproverEnrolled;
  'approver.removed': ApproverRemoved;
  'approval.recorded': ApprovalRecorded;
  'dispatch.started': DispatchStarted;
  'dispatch.suppressed': DispatchSuppressed;
  'dispatch.paused': DispatchPaused;
  'dispatch.resumed': DispatchResumed;
  'dispatch.stopped': DispatchStopped;
  'dispatch.done': DispatchDone;
  'batch.intent': BatchIntent;
  'batch.outcome': BatchOutcome;
  'batch.unknown': BatchUnknown;
  'batch.settled': BatchSettled;
  'receipts.recorded': ReceiptsRecorded;
  'people.viewed': PeopleViewed;
  'people.resolved': PeopleResolved;
  'identity.decided': IdentityDecided;
  'identity.undone': IdentityUndone;
  'command_key.made': CommandKeyMade;
  'command_key.removed': CommandKeyRemoved;
  'config.changed': ConfigChanged;
  'bundle.exported': BundleExported;
}

export type EntryKind = keyof EntryDataByKind;

/**
 * Who caused the entry: `system` (the sidecar itself), `operator` (its command line),
 * `wordpress:<subject>`, `approver:<approver id>`, `sensor:<key id>`, `provider:<code>`.
 */
export type Actor = string;

interface EntryOf<K extends EntryKind> {
  readonly v: 1;
  /** Place in the log, from 0 without gaps: the leaf index. */
  readonly seq: number;
  readonly at: Time;
  readonly kind: K;
  readonly actor: Actor;
  readonly incident?: Id;
  readonly data: EntryDataByKind[K];
}

/** One entry of the log; `kind` tells which `data` it has. */
export type Entry = { [K in EntryKind]: EntryOf<K> }[EntryKind];

/** The entry of one kind. */
export type EntryOfKind<K extends EntryKind> = Extract<Entry, { readonly kind: K }>;

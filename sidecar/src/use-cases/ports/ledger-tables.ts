// The ledger's tables as types. Times are RFC 3339 UTC text with milliseconds; flags are 0 or 1; `_json` columns hold JSON text.
// Personal data stands only in `sealed` columns (AES-256-GCM under the incident's data key).

import type { Generated } from 'kysely';
import type { IdentityTables } from './identity-tables.ts';

type Bytes = Uint8Array;
type Flag = 0 | 1;

export type LedgerTables = IdentityTables & {
  settings: { key: string; value: string };
  /** A right that one process holds until `until`; `fence` grows by one with each new holder. */
  leases: { name: string; owner: string; fence: number; until: string };
  /** Names of those who acted, for screens; the evidence log holds ids only. */
  actors: { id: string; kind: string; name: string; subject: string | null; seen_at: string };
  evidence_entries: {
    seq: number;
    at: string;
    kind: string;
    actor_id: string;
    incident_id: string | null;
    /** The entry's canonical JSON, exactly as in the log. */
    bytes: Bytes;
    integrated: Flag;
  };

  incidents: {
    id: string;
    number: number;
    reference: string;
    title: string;
    type: string;
    severity: string;
    state: string;
    drill: Flag;
    description: string;
    occurred_from: string | null;
    occurred_to: string | null;
    detected_at: string | null;
    aware_at: string | null;
    confirmed_at: string | null;
    /** What the person who last moved it wrote; the evidence log holds a keyed commitment to it. */
    state_reason: string | null;
    created_at: string;
    created_by: string;
    updated_at: string;
    version: number;
    /** Data key wrapped by the master key; null once erased. */
    wrapped_key: Bytes | null;
  };
  signals: {
    id: string;
    source: string;
    kind: string;
    severity: string;
    title: string;
    detail: string;
    occurred_at: string | null;
    received_at: string;
    last_seen_at: string;
    times_seen: number;
    /** Unique: source and dedupe key, or the sender's own message id. */
    dedupe: string;
    state: string;
    incident_id: string | null;
    decided_by: string | null;
    decided_at: string | null;
    decision_reason: string | null;
  };
  /** Outbox events taken in, so that one read twice counts once. `outbox_id` is the shop's row number. */
  store_events: {
    event_id: string;
    outbox_id: number;
    kind: string;
    actor_user_id: number;
    subject_type: string;
    subject_id: number;
    occurred_at: string;
    received_at: string;
    data_json: string;
  };
  /** Row numbers below the position that were not there yet: another connection's insert may still commit. */
  outbox_gaps: { outbox_id: number; seen_at: string };

  scopes: {
    id: string;
    incident_id: string;
    version: number;
    /** The scope's canonical JSON, sealed: its lists may hold addresses. Context `scope:<id>`. */
    sealed: Bytes;
    salt: Bytes;
    /** HMAC-SHA256(salt, canonical JSON), hex. */
    hash: string;
    set_at: string;
    set_by: string;
  };
  audiences: {
    id: string;
    incident_id: string;
    scope_id: string;
    state: string;
    root: string | null;
    counts_json: string | null;
    rows_read: number;
    requested_at: string;
    requested_by: string;
    frozen_at: string | null;
    problem_code: string | null;
    problem_title: string | null;
    /** People who were also in the audience frozen before it; null until the two were compared. */
    kept_people: number | null;
  };
  people: {
    audience_id: string;
    number: number;
    salt: Bytes;
    commitment: Bytes;
    /** JSON of the person with contact points and reasons, sealed. Context `person:<audience_id>:<number>`. */
    sealed: Bytes;
    /** Blind index of the chosen, folded address; null when there is none. Unique within an audience. */
    address_index: Bytes | null;
    contactability: string;
    country: string;
    registered: Flag;
    orders: number;
    /** Bits of domain/audience/person-roles.ts. */
    roles: Generated<number>;
  };
  /** Blind index of every address and order number of a person, for search. Terms: `email:<folded>`, `order:<id>`. */
  people_terms: { audience_id: string; term: Bytes; number: number };
  /** Walks of the shop's database for places with personal data. */
  scans: {
    id: string;
    /** running, done, failed */
    state: string;
    started_at: string;
    started_by: string;
    finished_at: string | null;
    /** The process that runs it, for as long as it renews `lease_until`; another may go on with it then. */
    owner: string;
    lease_until: string;
    tables_seen: number;
    rows_sampled: number;
    /** Lists: table prefixes of sites; names of tables as WordPress would call them; codes with sentences; ScanChange. */
    prefixes_json: string;
    tables_json: string;
    unread_json: string;
    changes_json: string;
    problem_code: string | null;
    problem_title: string | null;
  };
  /** Tables that a running scan is done with: after a restart it goes on with the others. */
  scanned_tables: {
    scan_id: string;
    name: string;
    rows_sampled: number;
    /** 0: it could not be read to its end; what an earlier scan found in it stands. */
    is_whole: Flag;
  };
  /** Places of the last finished scan and of the running one. Names and figures, never values. */
  data_places: {
    scan_id: string;
    /** Short name of `place_id` for keys and the evidence log. */
    digest: string;
    place_id: string;
    prefix: string;
    table_name: string;
    canonical: string;
    column_name: string;
    key_name: string;
    parent: string;
    is_rest: Flag;
    /** Classes that the sample showed; `classes_json` adds those that the source names. */
    seen_json: string;
    encodings_json: string;
    paths_json: string;
    found_by_json: string;
    table_key: string | null;
    links_json: string;
    rows_sampled: number;
    rows_matching: number;
    rows_estimated: number;
    first_seen_at: string;
    /** mapped, ignored, blind_spot: as sources and decisions are now. */
    state: string;
    source: string | null;
    classes_json: string;
  };
  /** What people decided about places. It stands whatever later scans find. */
  place_decisions: {
    digest: string;
    place_id: string;
    /** ignored, mapped */
    kind: string;
    reason: string;
    decided_at: string;
    decided_by: string;
  };
  /** Sources mapped by hand. */
  own_sources: {
    id: string;
    source_json: string;
    /** SHA-256 of the source's canonical JSON, hex. */
    hash: string;
    reason: string;
    mapped_at: string;
    mapped_by: string;
  };
  notices: {
    id: string;
    incident_id: string;
    template_id: string;
    template_title: string;
    language: string;
    template_blob: string;
    template_commit: string;
    /** The template's own text at that blob, so that sending needs no repository. */
    template_source: string;
    values_json: string;
    values_hash: string;
    sample_json: string;
    sample_hash: string;
    set_at: string;
    set_by: string;
  };
  manifests: {
    id: string;
    incident_id: string;
    audience_id: string;
    notice_id: string;
    hash: string;
    /** RFC 8785 canonical JSON, the bytes whose SHA-256 is `hash`. */
    body_json: string;
    sentence: string;
    state: string;
    prepared_at: string;
    prepared_by: string;
    /** Subjects of everybody who shaped people, text or plan. */
    preparers_json: string;
    expires_at: string;
    ended_at: string | null;
    void_reason: string | null;
  };

  approvers: {
    id: string;
    name: string;
    subject: string;
    /** invited, enrolled, removed */
    state: string;
    invited_at: string;
    enrolled_at: string | null;
  };
  invites: { token_hash: string; approver_id: string; expires_at: string; used_at: string | null };
  credentials: {
    /** Credential id, base64url. */
    id: string;
    approver_id: string;
    public_key: Bytes;
    counter: number;
    transports_json: string;
    created_at: string;
  };
  challenges: {
    id: string;
    /** enrol, sign_in, approve */
    purpose: string;
    approver_id: string | null;
    manifest_id: string | null;
    nonce: Bytes | null;
    challenge: string;
    expires_at: string;
    used_at: string | null;
  };
  console_sessions: {
    token_hash: string;
    approver_id: string;
    csrf: string;
    created_at: string;
    expires_at: string;
  };
  approvals: {
    manifest_id: string;
    approver_id: string;
    credential_id: string;
    evidence_seq: number;
    approved_at: string;
  };

  dispatches: {
    id: string;
    manifest_id: string;
    incident_id: string;
    audience_id: string;
    notice_id: string;
    /** running, paused, stopped, done */
    state: string;
    drill: Flag;
    provider: string;
    planned: number;
    adds_up: Flag;
    started_at: string;
    ended_at: string | null;
    changed_by: string | null;
    change_reason: string | null;
  };
  deliveries: {
    dispatch_id: string;
    /** The person's number in the audience. */
    ordinal: number;
    channel: string;
    /** Unique within dispatch and channel: one address is never planned twice. Null when suppressed for want of an address. */
    address_index: Bytes | null;
    state: string;
    reason: string | null;
    attempts: number;
    batch_id: string | null;
    provider_message_id: string | null;
    changed_at: string;
  };
  batches: {
    id: string;
    dispatch_id: string;
    attempt: number;
    /** intent, recorded, unknown, settled */
    state: string;
    ordinals: string;
    count: number;
    payload_hash: string;
    deliveries_root: string;
    lease_owner: string;
    lease_until: string;
    fence: number;
    intent_at: string;
    ended_at: string | null;
    reason: string | null;
    /** Complete searches at the provider that did not show every message, and when the last was. */
    empty_answers: number;
    asked_at: string | null;
  };
  receipts: {
    /** Unique: provider, message, kind and time or the provider's own event id. */
    id: string;
    provider: string;
    provider_message_id: string;
    dispatch_id: string | null;
    ordinal: number | null;
    /** delivered, bounced, complained, other */
    kind: string;
    detail: string;
    at: string;
    received_at: string;
    /** 0 until the delivery it belongs to was found and moved. */
    applied: Flag;
  };
  troubles: {
    id: string;
    dispatch_id: string | null;
    code: string;
    sentence: string;
    since: string;
    needs_person: Flag;
    cleared_at: string | null;
  };
  /** Message ids seen from the plugin and monitors, until they are too old to be accepted anyway. */
  replays: { id: string; seen_at: string };
};

/**
 * The rules of `entry-data.ts` as checks. A rule answers `undefined` for a good value, else what is
 * allowed; values are never quoted, since a wrong one could be personal data.
 */
import { tryDecodeBytes } from './encoding.ts';
import type { EntryDataByKind, EntryKind } from './entry-data.ts';
import { messageOf } from './errors.ts';
import { MAX_PLANNED, parseOrdinals } from './ordinal-ranges.ts';

type Rule = (value: unknown) => string | undefined;
/** A member that may be absent. */
interface Optional {
  readonly optional: Rule;
}
type Shape = Readonly<Record<string, Rule | Optional>>;

function matching(pattern: RegExp, allowed: string): Rule {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : allowed);
}

function whole(least: number, most: number): Rule {
  return (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
      ? undefined
      : `a whole number from ${least} to ${most}`;
}

function oneOf(...values: readonly string[]): Rule {
  return (value) =>
    typeof value === 'string' && values.includes(value) ? undefined : `one of ${values.join(', ')}`;
}

function listOf(rule: Rule): Rule {
  return (value) => {
    if (!Array.isArray(value)) return 'a list';
    const wrong = value.findIndex((item) => rule(item) !== undefined);
    return wrong < 0 ? undefined : `a list in which item ${wrong} is ${rule(value[wrong])}`;
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const id = matching(/^[A-Za-z0-9._:-]{1,128}$/, 'an id of 1-128 letters, digits and . _ : -');
const code = matching(
  /^[a-z0-9][a-z0-9_.-]{0,63}$/,
  'a lowercase code of letters, digits and _ . -',
);
const hash = matching(/^[0-9a-f]{64}$/, '64 lowercase hex digits');
const subject = matching(/^[A-Za-z0-9_-]{16,128}$/, 'a subject of 16-128 letters, digits and _ -');
const line = matching(/^[\x21-\x7e]{1,255}$/, '1-255 visible ASCII characters');
const count = whole(0, Number.MAX_SAFE_INTEGER);
const planned = whole(0, MAX_PLANNED);
const attempt = whole(1, 1_000_000);
const decisionKind = oneOf('merge', 'keep_apart', 'split');
const boolean: Rule = (value) => (typeof value === 'boolean' ? undefined : 'true or false');

const bytes: Rule = (value) =>
  typeof value === 'string' && value !== '' && tryDecodeBytes(value, 'base64url') !== undefined
    ? undefined
    : 'bytes in base64url without padding';

/** RFC 3339 in UTC with milliseconds, and a real date. */
export const time: Rule = (value) => {
  const parsed = typeof value === 'string' ? new Date(value) : undefined;
  const good =
    parsed !== undefined && !Number.isNaN(parsed.getTime()) && parsed.toISOString() === value;
  return good ? undefined : 'a UTC time such as 2026-11-23T10:00:00.000Z';
};

const ordinals: Rule = (value) => {
  if (typeof value !== 'string') return 'ordinals such as "0-499,501"';
  try {
    parseOrdinals(value);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
};

const reasons: Rule = (value) =>
  isObject(value) &&
  Object.entries(value).every(([k, n]) => code(k) === undefined && count(n) === undefined)
    ? undefined
    : 'an object of counts by code';

function object(shape: Shape): Rule {
  return (value) => (isObject(value) ? checkShape(value, shape, '') : 'an object');
}

function checkShape(
  value: Readonly<Record<string, unknown>>,
  shape: Shape,
  path: string,
): string | undefined {
  for (const [name, member] of Object.entries(shape)) {
    const rule = typeof member === 'function' ? member : member.optional;
    const present = Object.hasOwn(value, name);
    if (!present && typeof member !== 'function') continue;
    const allowed = present ? rule(value[name]) : 'present';
    if (allowed !== undefined) return `${path}${name} must be ${allowed}`;
  }
  return undefined;
}

const times = {
  occurred_at: { optional: time },
  detected_at: { optional: time },
  aware_at: { optional: time },
  confirmed_at: { optional: time },
} satisfies Shape;
const batch = { dispatch_id: id, batch_id: id, attempt } satisfies Shape;
const counts: Shape = {
  planned,
  accepted: planned,
  suppressed: planned,
  failed: planned,
  unknown: planned,
  pending: planned,
};
const manifest = object({
  audience: object({ root: hash, count }),
  approvals_required: whole(2, 100),
  drill: boolean,
  planned: { optional: planned },
});

const SHAPES: {
  readonly [K in EntryKind]: Shape & Readonly<Record<keyof EntryDataByKind[K], unknown>>;
} = {
  'log.created': { format: oneOf('tocsin-evidence/v1'), origin: line, software: line },
  'signal.received': {
    signal_id: id,
    source: oneOf('siem', 'store', 'person', 'sidecar'),
    type: code,
    content: hash,
  },
  'signal.dismissed': { signal_id: id, reason: code, content: { optional: hash } },
  'incident.declared': { type: code, severity: code, signals: listOf(id), content: hash, ...times },
  'incident.updated': {
    changed: listOf(code),
    content: hash,
    signals: { optional: listOf(id) },
    ...times,
  },
  'incident.state_changed': { from: code, to: code, reason: code, content: { optional: hash } },
  'scope.set': {
    scope_id: id,
    hash,
    data_classes: listOf(code),
    preset: { optional: code },
    sources: { optional: listOf(code) },
    include: { optional: reasons },
    exclude: { optional: reasons },
  },
  'audience.frozen': {
    audience_id: id,
    scope_id: id,
    root: hash,
    count,
    reachable: { optional: count },
    scope_hash: { optional: hash },
    counts: { optional: object({}) },
    snapshot: { optional: object({ server: line, taken_at: time }) },
  },
  'notice.set': {
    notice_id: id,
    channel: code,
    language: line,
    blob: line,
    hash,
    template_id: { optional: id },
    commit: { optional: line },
    values_hash: { optional: hash },
    sample_hash: { optional: hash },
  },
  'manifest.prepared': {
    manifest_id: id,
    manifest,
    hash,
    expires_at: time,
    preparers: listOf(subject),
  },
  'manifest.voided': { manifest_id: id, reason: code },
  'manifest.withdrawn': { manifest_id: id, reason: code },
  'approver.invited': { invite_id: id, subject, expires_at: time },
  'approver.enrolled': {
    approver_id: id,
    subject,
    credential_id: bytes,
    public_key: bytes,
    rp_id: line,
    origin: line,
    aaguid: { optional: line },
  },
  'approver.removed': { approver_id: id, reason: code },
  'approval.recorded': {
    manifest_id: id,
    manifest_hash: hash,
    approver_id: id,
    credential_id: bytes,
    nonce: bytes,
    authenticator_data: bytes,
    client_data_json: bytes,
    signature: bytes,
  },
  'dispatch.started': {
    dispatch_id: id,
    manifest_id: id,
    manifest_hash: hash,
    planned,
    drill: boolean,
    provider: code,
    suppressed: object({ ordinals, reasons }),
  },
  'dispatch.suppressed': { dispatch_id: id, suppressed: object({ ordinals, reasons }) },
  'dispatch.paused': { dispatch_id: id, reason: code },
  'dispatch.resumed': { dispatch_id: id },
  'dispatch.stopped': { dispatch_id: id, reason: code },
  'dispatch.done': { dispatch_id: id, counts: object(counts) },
  'batch.intent': {
    ...batch,
    provider: code,
    ordinals,
    count: whole(1, MAX_PLANNED),
    payload_hash: hash,
    deliveries_root: hash,
  },
  'batch.outcome': {
    ...batch,
    accepted: ordinals,
    failed: ordinals,
    suppressed: ordinals,
    returned: { optional: ordinals },
    unknown: { optional: ordinals },
    provider_root: { optional: hash },
  },
  'batch.unknown': { ...batch, ordinals, reason: code },
  'batch.settled': {
    ...batch,
    accepted: ordinals,
    returned: ordinals,
    failed: ordinals,
    by: code,
  },
  'receipts.recorded': {
    dispatch_id: id,
    delivered: count,
    bounced: count,
    complained: count,
    root: hash,
  },
  'people.viewed': { of: id, count, purpose: code },
  'people.resolved': { key_id: id, scope_hash: hash, count, counts_only: boolean },
  'identity.decided': {
    decision_id: id,
    audience_id: id,
    kind: decisionKind,
    people: whole(1, 1_000),
    rows: whole(0, 1_000),
    accounts: whole(0, 1_000),
    content: hash,
  },
  'identity.undone': {
    decision_id: id,
    kind: decisionKind,
    people: whole(1, 1_000),
    content: hash,
  },
  'command_key.made': { key_id: id, allows: code },
  'command_key.removed': { key_id: id },
  'data_map.scanned': {
    scan_id: id,
    tables: count,
    places: count,
    mapped: count,
    ignored: count,
    blind_spots: count,
    unread: count,
    hash,
  },
  'data_map.mapped': { source_id: id, hash, places: listOf(id), content: hash },
  'data_map.ignored': { place: id, content: hash },
  'data_map.unignored': { place: id, content: hash },
  'config.changed': { setting: code, value: hash },
  'bundle.exported': { size: count, root: hash },
};

/** The closed list of kinds, in the order of the format's table. */
export const ENTRY_KINDS = Object.keys(SHAPES) as EntryKind[];

const ENVELOPE: Shape = {
  v: (value) => (value === 1 ? undefined : '1'),
  seq: count,
  at: time,
  kind: (value) =>
    typeof value === 'string' && Object.hasOwn(SHAPES, value)
      ? undefined
      : 'one of the kinds of the format',
  actor: matching(
    /^(?:system|operator|(?:wordpress|approver|sensor|provider):[A-Za-z0-9._:-]{1,128})$/,
    'system, operator, or wordpress:, approver:, sensor: or provider: and an id',
  ),
  incident: { optional: id },
  data: (value) => (isObject(value) ? undefined : 'an object'),
};

/** What is wrong with a would-be entry, or `undefined` when it obeys every rule of its kind. */
export function findEntryProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'the entry must be an object';
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(ENVELOPE, name));
  if (unknown !== undefined)
    return 'the entry must have no members but v, seq, at, kind, actor, incident, data';
  const problem = checkShape(value, ENVELOPE, '');
  if (problem !== undefined) return problem;
  const data = value['data'] as Readonly<Record<string, unknown>>;
  return checkShape(data, SHAPES[value['kind'] as EntryKind], 'data.');
}

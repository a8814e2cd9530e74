// Writes a signal, or counts one up that is there already. The only place where signals come into being.
import type { SignalReceived } from '../domain/evidence/entry-data.ts';
import type { SignalRecord } from './join-signals.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { commitToSignal } from './signal-commitment.ts';

export type NewSignal = {
  source: string;
  kind: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  title: string;
  detail: string;
  /** RFC 3339 with any offset. */
  occurredAt: string | null;
  /** Unique for one matter, at most 255 characters. */
  dedupe: string;
};

export type RecordSignal = {
  signal: NewSignal;
  origin: SignalReceived['source'];
  acting: Acting;
  now: Date;
};
type RecordDeps = Pick<Deps, 'ids' | 'randomness'>;

const GRAVITY: readonly string[] = ['low', 'medium', 'high', 'critical'];

/**
 * `duplicate`: the matter was known; it was counted up. When it came graver than before its severity rises, and a
 * dismissed one is new again: whoever dismissed it dismissed something smaller.
 */
export async function recordSignal(
  deps: RecordDeps,
  writer: LedgerWriter,
  input: RecordSignal,
): Promise<{ id: string; duplicate: boolean }> {
  const known = await writer.tables
    .selectFrom('signals')
    .selectAll()
    .where('dedupe', '=', input.signal.dedupe)
    .executeTakeFirst();
  if (known === undefined) return { id: await insertSignal(deps, writer, input), duplicate: false };
  await countUp(deps, writer, known, input);
  return { id: known.id, duplicate: true };
}

async function insertSignal(
  deps: RecordDeps,
  writer: LedgerWriter,
  input: RecordSignal,
): Promise<string> {
  const { signal, now } = input;
  const id = deps.ids.make('sig');
  const at = now.toISOString();
  await writer.tables
    .insertInto('signals')
    .values({
      id,
      source: signal.source,
      kind: signal.kind,
      severity: signal.severity,
      title: signal.title,
      detail: signal.detail,
      occurred_at: toUtc(signal.occurredAt),
      received_at: at,
      last_seen_at: at,
      times_seen: 1,
      dedupe: signal.dedupe,
      state: 'new',
      incident_id: null,
      decided_by: null,
      decided_at: null,
      decision_reason: null,
    })
    .execute();
  await recordReceived(deps, writer, { ...input, id, incidentId: null });
  return id;
}

async function countUp(
  deps: RecordDeps,
  writer: LedgerWriter,
  known: SignalRecord,
  input: RecordSignal,
): Promise<void> {
  const { signal, now } = input;
  const isGraver = GRAVITY.indexOf(signal.severity) > GRAVITY.indexOf(known.severity);
  const isNewAgain = isGraver && known.state === 'dismissed';
  await writer.tables
    .updateTable('signals')
    .set({
      times_seen: known.times_seen + 1,
      last_seen_at: now.toISOString(),
      ...(isGraver
        ? { severity: signal.severity, title: signal.title, detail: signal.detail }
        : {}),
      ...(isNewAgain
        ? { state: 'new', decided_by: null, decided_at: null, decision_reason: null }
        : {}),
    })
    .where('id', '=', known.id)
    .execute();
  // A repetition alone says nothing new, and a tool gone wild must not fill the log.
  if (isGraver) {
    await recordReceived(deps, writer, { ...input, id: known.id, incidentId: known.incident_id });
  }
}

async function recordReceived(
  deps: RecordDeps,
  writer: LedgerWriter,
  {
    id,
    signal,
    origin,
    acting,
    incidentId,
  }: RecordSignal & { id: string; incidentId: string | null },
): Promise<void> {
  await writer.record({
    kind: 'signal.received',
    acting,
    incidentId,
    data: {
      signal_id: id,
      source: origin,
      type: evidenceCode(signal.kind),
      content: await commitToSignal(deps, writer, { signal_id: id, ...signal }),
    },
  });
}

/** A kind as the log's format allows it: codes begin with a letter or digit and have at most 64 characters. */
function evidenceCode(kind: string): string {
  const code = kind.replace(/^[^a-z0-9]+/, '').slice(0, 64);
  return code === '' ? 'unnamed' : code;
}

function toUtc(time: string | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}

// Starts the one dispatch of an approved manifest, inside the transaction of the approval that completed it.
import { sql } from 'kysely';
import { CodedError } from '../domain/coded-error.ts';
import {
  countOrdinals,
  formatOrdinals,
  MAX_ORDINALS_TEXT,
  parseOrdinals,
  splitOrdinals,
} from '../domain/evidence/ordinal-ranges.ts';
import type { ManifestBody } from '../contract/index.ts';
import { moveBySystem } from './move-incident-by-system.ts';
import type { Acting } from './ports/acting.ts';
import type { Ids } from './ports/clock.ts';
import type { LedgerWriter } from './ports/ledger.ts';

/**
 * Plans one delivery for each person of the frozen audience: pending where there is a usable address, suppressed with the
 * reason where there is none. Returns the dispatch id. After the commit the plan is whole or absent; a crash leaves
 * neither half a plan nor an approval without its dispatch.
 */
export async function startDispatch(
  writer: LedgerWriter,
  input: { manifestId: string; acting: Acting; now: Date; ids: Ids },
): Promise<string> {
  const manifest = await writer.tables
    .selectFrom('manifests')
    .selectAll()
    .where('id', '=', input.manifestId)
    .executeTakeFirstOrThrow();
  const body = JSON.parse(manifest.body_json) as ManifestBody;
  const dispatchId = input.ids.make('dsp');
  const now = input.now.toISOString();
  await writer.tables
    .insertInto('dispatches')
    .values({
      id: dispatchId,
      manifest_id: manifest.id,
      incident_id: manifest.incident_id,
      audience_id: manifest.audience_id,
      notice_id: manifest.notice_id,
      state: 'running',
      drill: body.drill ? 1 : 0,
      provider: body.plan.provider,
      planned: body.audience.count,
      adds_up: 1,
      started_at: now,
      ended_at: null,
      changed_by: null,
      change_reason: null,
    })
    .execute();
  await planDeliveries(writer, { dispatchId, audienceId: manifest.audience_id, now });
  await requirePlanned(writer, dispatchId, body.audience.count);
  if (!body.drill)
    await suppressAlreadyTold(writer, { dispatchId, incidentId: manifest.incident_id });
  const [suppressed = { ordinals: '', reasons: {} }, ...more] = await readSuppressed(
    writer,
    dispatchId,
  );
  await writer.record({
    kind: 'dispatch.started',
    acting: input.acting,
    incidentId: manifest.incident_id,
    data: {
      dispatch_id: dispatchId,
      manifest_id: manifest.id,
      manifest_hash: manifest.hash,
      planned: body.audience.count,
      drill: body.drill,
      provider: body.plan.provider,
      suppressed,
    },
  });
  for (const part of more) {
    await writer.record({
      kind: 'dispatch.suppressed',
      acting: input.acting,
      incidentId: manifest.incident_id,
      data: { dispatch_id: dispatchId, suppressed: part },
    });
  }
  await moveBySystem(writer, manifest.incident_id, 'notifying', input.now);
  return dispatchId;
}

async function planDeliveries(
  writer: LedgerWriter,
  input: { dispatchId: string; audienceId: string; now: string },
): Promise<void> {
  await writer.tables
    .insertInto('deliveries')
    .columns([
      'dispatch_id',
      'ordinal',
      'channel',
      'address_index',
      'state',
      'reason',
      'attempts',
      'batch_id',
      'provider_message_id',
      'changed_at',
    ])
    .expression((from) =>
      from
        .selectFrom('people')
        .select((person) => [
          sql<string>`${input.dispatchId}`.as('dispatch_id'),
          'number',
          sql<string>`'email'`.as('channel'),
          'address_index',
          person
            .case()
            .when('contactability', '=', 'reachable')
            .then('pending')
            .else('suppressed')
            .end()
            .as('state'),
          person
            .case()
            .when('contactability', '=', 'reachable')
            .then(null)
            .else(person.ref('contactability'))
            .end()
            .as('reason'),
          sql<number>`0`.as('attempts'),
          sql<null>`null`.as('batch_id'),
          sql<null>`null`.as('provider_message_id'),
          sql<string>`${input.now}`.as('changed_at'),
        ])
        .where('audience_id', '=', input.audienceId),
    )
    .execute();
}

/**
 * Whoever an earlier dispatch of this incident has told, or may have told, is not told again: a dispatch that was stopped is
 * followed by another for the rest. Addresses are compared by the incident's blind index, across its audiences.
 */
async function suppressAlreadyTold(
  writer: LedgerWriter,
  input: { dispatchId: string; incidentId: string },
): Promise<void> {
  await writer.tables
    .updateTable('deliveries')
    .set({ state: 'suppressed', reason: 'already_told' })
    .where('dispatch_id', '=', input.dispatchId)
    .where('state', '=', 'pending')
    .where('address_index', 'in', (row) =>
      row
        .selectFrom('deliveries as told')
        .innerJoin('dispatches as earlier', 'earlier.id', 'told.dispatch_id')
        .select('told.address_index')
        .where('earlier.incident_id', '=', input.incidentId)
        .where('earlier.id', '<>', input.dispatchId)
        .where('earlier.drill', '=', 0)
        .where('told.address_index', 'is not', null)
        .where('told.state', 'in', ['attempting', 'accepted', 'delivered', 'bounced', 'unknown']),
    )
    .execute();
}

/** The frozen people and the approved number must be the same; otherwise nothing starts. */
async function requirePlanned(
  writer: LedgerWriter,
  dispatchId: string,
  approved: number,
): Promise<void> {
  const { planned } = await writer.tables
    .selectFrom('deliveries')
    .select((row) => row.fn.countAll<number>().as('planned'))
    .where('dispatch_id', '=', dispatchId)
    .executeTakeFirstOrThrow();
  if (planned !== approved) {
    throw new CodedError({
      code: 'dispatch.audience_changed',
      category: 'internal',
      message: `couldn't start the dispatch: ${approved} people were approved, the ledger holds ${planned}`,
      detail: 'Freeze the audience again and ask for approval again; run tocsin doctor.',
    });
  }
}

type Suppressed = { ordinals: string; reasons: Record<string, number> };

/** Who is not written to and why, in as many parts as fit into entries of the log; at least one. */
async function readSuppressed(writer: LedgerWriter, dispatchId: string): Promise<Suppressed[]> {
  const rows = await writer.tables
    .selectFrom('deliveries')
    .select(['ordinal', 'reason'])
    .where('dispatch_id', '=', dispatchId)
    .where('state', '=', 'suppressed')
    .orderBy('ordinal')
    .execute();
  const byReason = Map.groupBy(rows, (row) => row.reason ?? 'unspecified');
  const reasons = Object.fromEntries(
    [...byReason].map(([reason, group]) => [reason, group.length]),
  );
  const ordinals = formatOrdinals(rows.map((row) => row.ordinal));
  if (ordinals.length <= MAX_ORDINALS_TEXT) return [{ ordinals, reasons }];
  return [...byReason].flatMap(([reason, group]) =>
    splitOrdinals(formatOrdinals(group.map((row) => row.ordinal))).map((part) => ({
      ordinals: part,
      reasons: { [reason]: countOrdinals(parseOrdinals(part)) },
    })),
  );
}

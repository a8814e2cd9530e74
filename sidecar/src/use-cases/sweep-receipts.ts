// Applies receipts that came before our own write, and writes receipt totals into the evidence log.
import { createHmac } from 'node:crypto';
import { makeCommitmentRoot } from '../domain/evidence/commitment.ts';
import { applyReceipts } from './apply-receipts.ts';
import { SYSTEM } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import { unlockIncident } from './unlock-incident.ts';

const PAGE = 500;

/** Tries the waiting receipts again, in pages. Returns how many could be applied. */
export async function sweepReceipts(deps: Pick<Deps, 'ledger' | 'clock' | 'ids'>): Promise<number> {
  let applied = 0;
  let after = '';
  for (;;) {
    const rows = await deps.ledger.tables
      .selectFrom('receipts')
      .select('id')
      .where('applied', '=', 0)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return applied;
    after = rows.at(-1)?.id ?? after;
    applied += await deps.ledger.transaction((writer) =>
      applyReceipts(deps, writer, {
        ids: rows.map((row) => row.id),
        now: deps.clock.now().toISOString(),
      }),
    );
  }
}

/**
 * Writes one entry with the totals of all receipts so far and the root over a commitment for each, unless nothing came
 * since the last such entry. One entry for each webhook would make the log as long as the audience.
 */
export async function recordReceiptTotals(
  deps: Pick<Deps, 'ledger' | 'clock' | 'vault'>,
  dispatch: { id: string; incident_id: string },
): Promise<boolean> {
  const key = `receipts_logged:${dispatch.id}`;
  const last = await deps.ledger.tables
    .selectFrom('settings')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst();
  const { applied } = await deps.ledger.tables
    .selectFrom('receipts')
    .select((row) => row.fn.countAll<number>().as('applied'))
    .where('dispatch_id', '=', dispatch.id)
    .where('applied', '=', 1)
    .executeTakeFirstOrThrow();
  if (applied === 0 || Number(last?.value ?? 0) === applied) return false;
  const { root, counts, all } = await addUpReceipts(deps, dispatch);
  await deps.ledger.transaction(async (writer) => {
    await writer.record({
      kind: 'receipts.recorded',
      acting: SYSTEM,
      incidentId: dispatch.incident_id,
      data: {
        dispatch_id: dispatch.id,
        delivered: counts.get('delivered') ?? 0,
        bounced: counts.get('bounced') ?? 0,
        complained: counts.get('complained') ?? 0,
        root,
      },
    });
    await writer.tables
      .insertInto('settings')
      .values({ key, value: String(all) })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: String(all) }))
      .execute();
  });
  return true;
}

/** Counts and root over the same rows, whatever comes in meanwhile. */
async function addUpReceipts(
  deps: Pick<Deps, 'ledger' | 'vault'>,
  dispatch: { id: string; incident_id: string },
): Promise<{ root: string; counts: Map<string, number>; all: number }> {
  const vault = await unlockIncident(deps, dispatch.incident_id);
  const root = makeCommitmentRoot();
  const counts = new Map<string, number>();
  let after = '';
  for (;;) {
    const rows = await deps.ledger.tables
      .selectFrom('receipts')
      .select(['id', 'ordinal', 'kind', 'detail', 'at'])
      .where('dispatch_id', '=', dispatch.id)
      .where('applied', '=', 1)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return { root: root.root(), counts, all: root.count() };
    after = rows.at(-1)?.id ?? after;
    for (const row of rows) {
      counts.set(row.kind, (counts.get(row.kind) ?? 0) + 1);
      const salt = vault.index(`receipt:${row.id}`);
      const line = JSON.stringify([row.ordinal, row.kind, row.detail, row.at]);
      root.add(createHmac('sha256', salt).update(line).digest());
    }
  }
}

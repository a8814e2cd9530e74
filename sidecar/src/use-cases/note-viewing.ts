// Looking at people leaves a trace: who, of which audience or dispatch, how many rows; never whose.
import type { Acting } from './ports/acting.ts';
import { actorKey } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';

/** Further looks of the same person at the same incident within this time are one act, in milliseconds. */
const ONE_ACT_MS = 600_000;

/** To be awaited before anything is shown: no look without its trace. */
export async function noteViewing(
  deps: Pick<Deps, 'ledger' | 'clock'>,
  acting: Acting,
  seen: { incidentId: string; of: string; count: number; purpose: string },
): Promise<void> {
  const since = new Date(deps.clock.now().getTime() - ONE_ACT_MS).toISOString();
  await deps.ledger.transaction(async (writer) => {
    const before = await writer.tables
      .selectFrom('evidence_entries')
      .select('seq')
      .where('incident_id', '=', seen.incidentId)
      .where('kind', '=', 'people.viewed')
      .where('actor_id', '=', actorKey(acting))
      .where('at', '>', since)
      .limit(1)
      .executeTakeFirst();
    if (before !== undefined) return;
    await writer.record({
      kind: 'people.viewed',
      acting,
      incidentId: seen.incidentId,
      data: { of: seen.of, count: seen.count, purpose: seen.purpose },
    });
  });
}

// Asks the provider about every unknown batch that is due, one after the other, beside the sending: a slow search of one incident
// must not hold up the start of another.
import { ManifestBody } from '../contract/index.ts';
import type { DeliveryDeps } from '../use-cases/ports/delivery-deps.ts';
import { settleBatch } from '../use-cases/settle-batch.ts';
import { clearTroubles, raiseTrouble } from '../use-cases/troubles.ts';

export type SettleOptions = {
  /** Pause between two questions about the same batch. */
  askEveryMs: number;
  signal: AbortSignal;
  /** One batch that cannot be asked about does not keep the others from it. */
  onError: (error: unknown, dispatchId: string) => void;
};

/** True when deliveries came back to pending. */
export async function settleUnknown(deps: DeliveryDeps, options: SettleOptions): Promise<boolean> {
  const before = new Date(deps.clock.now().getTime() - options.askEveryMs).toISOString();
  const due = await deps.ledger.tables
    .selectFrom('batches')
    .innerJoin('dispatches', 'dispatches.id', 'batches.dispatch_id')
    .innerJoin('manifests', 'manifests.id', 'dispatches.manifest_id')
    .select(['batches.id', 'batches.dispatch_id', 'manifests.body_json'])
    .where('batches.state', '=', 'unknown')
    .where((row) => row.or([row('asked_at', 'is', null), row('asked_at', '<=', before)]))
    .orderBy('batches.id')
    .execute();
  let cameBack = false;
  for (const batch of due) {
    if (options.signal.aborted) break;
    try {
      const { plan } = ManifestBody.parse(JSON.parse(batch.body_json));
      const result = await settleBatch(deps, { batchId: batch.id, stream: plan.stream });
      await noteSearch(deps, batch.dispatch_id, result.unavailable === null);
      if (result.returned > 0) cameBack = true;
    } catch (error) {
      options.onError(error, batch.dispatch_id);
    }
  }
  return cameBack;
}

async function noteSearch(
  deps: DeliveryDeps,
  dispatchId: string,
  isAnswered: boolean,
): Promise<void> {
  const code = 'provider.search_unavailable';
  const { tables } = deps.ledger;
  if (isAnswered) {
    await clearTroubles({ clock: deps.clock, tables }, { dispatchId, codes: [code] });
    return;
  }
  await raiseTrouble(
    { ...deps, tables },
    {
      dispatchId,
      code,
      sentence:
        'The provider cannot be asked right now which messages it took. They stay unknown and are not sent again; it is asked again by itself.',
      needsPerson: false,
    },
  );
}

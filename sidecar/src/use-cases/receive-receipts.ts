// Takes in what a provider tells about messages: stored first, whatever it is, then applied where it can be.
import { parseDeliveryId } from '../domain/delivery/delivery-id.ts';
import type { ReceiptKind } from '../domain/delivery/delivery-states.ts';
import { applyReceipts } from './apply-receipts.ts';
import type { Deps } from './ports/deps.ts';

export type Receipt = {
  /** The provider's own event id, or one made of its parts; the same event twice has the same id. */
  id: string;
  provider: string;
  providerMessageId: string;
  /** From the message's metadata; empty when the provider did not send it back. */
  deliveryId: string;
  kind: ReceiptKind;
  /** The provider's word for it, such as `HardBounce`; never an address or a free text. */
  detail: string;
  at: Date;
};

/**
 * Durable when it returns. Events may come twice, in any order, and before our own write of the acceptance: an event that
 * cannot be applied yet waits in the ledger and is applied by the sweeper. Returns how many were new.
 */
export async function receiveReceipts(
  deps: Pick<Deps, 'ledger' | 'clock' | 'ids'>,
  receipts: readonly Receipt[],
): Promise<number> {
  if (receipts.length === 0) return 0;
  const now = deps.clock.now().toISOString();
  const ids = await deps.ledger.transaction(async (writer) => {
    const fresh: string[] = [];
    for (const receipt of receipts) {
      const target = parseDeliveryId(receipt.deliveryId);
      const inserted = await writer.tables
        .insertInto('receipts')
        .values({
          id: receipt.id,
          provider: receipt.provider,
          provider_message_id: receipt.providerMessageId,
          dispatch_id: target?.dispatchId ?? null,
          ordinal: target?.ordinal ?? null,
          kind: receipt.kind,
          detail: receipt.detail,
          at: receipt.at.toISOString(),
          received_at: now,
          applied: 0,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      if (Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0) fresh.push(receipt.id);
    }
    await applyReceipts(deps, writer, { ids: fresh, now });
    return fresh;
  });
  return ids.length;
}

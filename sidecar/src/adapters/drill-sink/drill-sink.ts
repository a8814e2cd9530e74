// The provider of a drill: the same code runs to the last step, and nothing can reach a customer.
import { createHash } from 'node:crypto';
import type { MailProvider } from '../../use-cases/ports/mail-provider.ts';

/** Takes every message and forgets it. A search finds none, so an interrupted batch of a drill is taken again. */
export function makeDrillSink(): MailProvider {
  return {
    name: 'drill',
    send: (batch) =>
      Promise.resolve({
        kind: 'answered',
        results: batch.messages.map((message) => ({
          state: 'accepted',
          providerMessageId: `drill-${createHash('sha256').update(message.deliveryId).digest('hex').slice(0, 24)}`,
        })),
      }),
    findBatch: () => Promise.resolve({ kind: 'searched', found: [] }),
    check: () => Promise.resolve([{ ok: true, sentence: 'Drills are sent nowhere.', mend: '' }]),
  };
}

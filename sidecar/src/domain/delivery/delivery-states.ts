// What can become of one delivery, and which news may move it. Pure.
//
//   pending ──claim──▶ attempting ──answer──▶ accepted ──receipt──▶ delivered | bounced
//      ▲                   │  │                   ▲
//      │                   │  ├──answer──▶ failed | suppressed
//      └──not taken────────┘  └──no answer, crash──▶ unknown ──asked──▶ accepted | pending | failed
//
// suppressed is also where a delivery without a usable address starts. Nothing leads from accepted, delivered,
// bounced, failed or suppressed back to pending: what was taken once is never sent again.
import type { DeliveryState, DispatchCounts } from '../../contract/index.ts';

/** How a provider's news about a message it has taken moves its delivery; null where it changes nothing. */
export function stateAfterReceipt(state: DeliveryState, kind: ReceiptKind): DeliveryState | null {
  const isTaken = state === 'accepted' || state === 'delivered' || state === 'bounced';
  if (!isTaken && state !== 'unknown') return null;
  if (kind === 'bounced') return state === 'bounced' ? null : 'bounced';
  // A bounce may follow a delivery (the far side took it, then could not place it); a delivery notice that comes
  // after a bounce is an older one that was overtaken.
  if (kind === 'delivered')
    return state === 'delivered' || state === 'bounced' ? null : 'delivered';
  return state === 'unknown' ? 'accepted' : null;
}

/** `other`: news that shows the message exists but not its fate, such as a complaint or a passing bounce. */
export type ReceiptKind = 'delivered' | 'bounced' | 'complained' | 'other';

/** States from which a receipt can be applied now; in the others it waits for our own write. */
export function canTakeReceipt(state: DeliveryState): boolean {
  return ['accepted', 'delivered', 'bounced', 'unknown'].includes(state);
}

const EMPTY: DispatchCounts = {
  planned: 0,
  pending: 0,
  attempting: 0,
  accepted: 0,
  delivered: 0,
  bounced: 0,
  failed: 0,
  suppressed: 0,
  unknown: 0,
};

/** Counts by state as the ledger has them; a state that no row has is 0 because the rows were read, not by default. */
export function countsOf(
  planned: number,
  rows: readonly { state: string; count: number }[],
): DispatchCounts {
  const counts = { ...EMPTY, planned };
  for (const row of rows) {
    if (row.state in EMPTY && row.state !== 'planned') {
      counts[row.state as DeliveryState] = row.count;
    }
  }
  return counts;
}

/** Promise 1: planned is the sum of all states. */
export function addsUp(counts: DispatchCounts): boolean {
  return counts.planned === sumOfStates(counts);
}

export function sumOfStates(counts: DispatchCounts): number {
  const { planned: _planned, ...states } = counts;
  return Object.values(states).reduce((sum, count) => sum + count, 0);
}

/** Nothing is left to send, to wait for or to find out. */
export function isComplete(counts: DispatchCounts): boolean {
  return counts.pending === 0 && counts.attempting === 0 && counts.unknown === 0;
}

/** The log's coarser counts: what was accepted includes what was delivered or bounced since. */
export function loggedCounts(counts: DispatchCounts): {
  planned: number;
  accepted: number;
  suppressed: number;
  failed: number;
  unknown: number;
  pending: number;
} {
  return {
    planned: counts.planned,
    accepted: counts.accepted + counts.delivered + counts.bounced,
    suppressed: counts.suppressed,
    failed: counts.failed,
    unknown: counts.unknown,
    pending: counts.pending + counts.attempting,
  };
}

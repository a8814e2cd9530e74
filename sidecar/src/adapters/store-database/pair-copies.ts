// Puts the two copies of each order side by side. Both readings come by ascending order id, so one page of each in memory
// is enough, whatever the number of orders.
import type { OrderCopy, OrderPair } from '../../domain/audience/store-rows.ts';

type Pages = AsyncGenerator<readonly OrderCopy[]>;

/** Pages of at most the size of the pages that come in. Reads the two by turns: both may use one connection. */
export async function* pairCopies(hpos: Pages, legacy: Pages): AsyncGenerator<OrderPair[]> {
  const left = makeQueue(hpos);
  const right = makeQueue(legacy);
  for (;;) {
    const pairs: OrderPair[] = [];
    await left.fill();
    await right.fill();
    if (left.first() === undefined && right.first() === undefined) return;
    // Until one of the two runs dry: only then can its next page hold the smaller id.
    while (left.ready() && right.ready()) {
      const orderId = Math.min(
        left.first()?.orderId ?? Infinity,
        right.first()?.orderId ?? Infinity,
      );
      if (orderId === Infinity) break;
      pairs.push({ orderId, hpos: left.take(orderId), legacy: right.take(orderId) });
    }
    if (pairs.length > 0) yield pairs;
  }
}

type Queue = {
  fill(): Promise<void>;
  /** False when the next copy is not known yet: another page must be read first. */
  ready(): boolean;
  first(): OrderCopy | undefined;
  take(orderId: number): OrderCopy | null;
};

function makeQueue(pages: Pages): Queue {
  let page: readonly OrderCopy[] = [];
  let place = 0;
  let ended = false;
  return {
    fill: async () => {
      while (place >= page.length && !ended) {
        const next = await pages.next();
        if (next.done === true) {
          ended = true;
        } else {
          page = next.value;
          place = 0;
        }
      }
    },
    ready: () => ended || place < page.length,
    first: () => page[place],
    take: (orderId) => {
      const copy = page[place];
      if (copy?.orderId !== orderId) return null;
      place += 1;
      return copy;
    },
  };
}

/**
 * The part of the story about one dispatch's calls to the provider: an intent before each outcome,
 * each delivery in at most one open call, and none taken up again once it was accepted.
 */
import { makeDeliveryTally } from './delivery-tally.ts';
import type { DeliveryState, DeliveryTally } from './delivery-tally.ts';
import type { BatchIntent, BatchOutcome, BatchSettled, BatchUnknown } from './entry-data.ts';
import { countOrdinals, parseOrdinals } from './ordinal-ranges.ts';
import type { OrdinalRange } from './ordinal-ranges.ts';

interface KnownBatch {
  attempt: number;
  /** Ordinals of the current attempt; empty once all of them have an answer. */
  ranges: readonly OrdinalRange[];
  /** All ordinals of the current attempt. */
  readonly intended: readonly OrdinalRange[];
  /** Ordinals of the current attempt without a final answer. */
  unanswered: number;
}

/** Ordinals of one member of an entry and the state they move to. */
type Step = readonly [ordinals: string, to: DeliveryState];

export interface BatchStory {
  readonly tally: DeliveryTally;
  /** Each answers with what is wrong, or `undefined`. */
  intent(data: BatchIntent): string | undefined;
  outcome(data: BatchOutcome): string | undefined;
  unknown(data: BatchUnknown): string | undefined;
  settled(data: BatchSettled): string | undefined;
  /** Intents so far. */
  calls(): number;
}

function holds(outer: readonly OrdinalRange[], inner: readonly OrdinalRange[]): boolean {
  return inner.every(({ first, last }) =>
    outer.some((range) => range.first <= first && last <= range.last),
  );
}

function describeState(state: DeliveryState | 'not planned'): string {
  return state === 'open' ? 'already inside a call without an answer' : state;
}

/** Follows the batches of a dispatch of `planned` deliveries. */
export function makeBatchStory(planned: number): BatchStory {
  const tally = makeDeliveryTally(planned);
  const batches = new Map<string, KnownBatch>();
  let calls = 0;

  function answer(
    data: { readonly batch_id: string; readonly attempt: number },
    from: readonly DeliveryState[],
    steps: readonly Step[],
  ): { problem?: string; answered: number } {
    const batch = batches.get(data.batch_id);
    if (batch === undefined || batch.attempt !== data.attempt) {
      return { problem: `no intent of attempt ${data.attempt} stands before it`, answered: 0 };
    }
    let answered = 0;
    for (const [text, to] of steps) {
      const ranges = parseOrdinals(text);
      if (!holds(batch.ranges, ranges))
        return { problem: 'it names deliveries its intent does not', answered };
      const refused = tally.move(ranges, from, to);
      if (refused !== undefined) {
        const problem = `it makes delivery ${refused.ordinal} ${to}, which is ${describeState(refused.state)}`;
        return { problem, answered };
      }
      const count = countOrdinals(ranges);
      answered += count;
      if (to !== 'unknown') batch.unanswered -= count;
    }
    if (batch.unanswered === 0) batch.ranges = [];
    return { answered };
  }

  /** The provider speaks of deliveries that had gone back to pending: they were taken after all, and need no second call. */
  function isLateReceipt(data: BatchSettled): boolean {
    const batch = batches.get(data.batch_id);
    return data.by === 'receipt' && batch?.attempt === data.attempt && batch.unanswered === 0;
  }

  function lateReceipt(data: BatchSettled): string | undefined {
    const ranges = parseOrdinals(data.accepted);
    if (data.returned !== '' || data.failed !== '') return 'a receipt can only show what was taken';
    if (!holds(batches.get(data.batch_id)?.intended ?? [], ranges)) {
      return 'it names deliveries its intent does not';
    }
    const refused = tally.move(ranges, ['pending'], 'accepted');
    return refused === undefined
      ? undefined
      : `it makes delivery ${refused.ordinal} accepted, which is ${describeState(refused.state)}`;
  }

  return {
    tally,
    calls: () => calls,
    intent(data) {
      calls += 1;
      const batch = batches.get(data.batch_id);
      const ranges = parseOrdinals(data.ordinals);
      if (data.attempt !== (batch?.attempt ?? 0) + 1)
        return `attempt ${data.attempt} does not follow ${batch?.attempt ?? 0}`;
      if (batch !== undefined && batch.unanswered > 0) return 'its earlier attempt is not settled';
      if (countOrdinals(ranges) !== data.count)
        return 'its count is not the number of its deliveries';
      const refused = tally.move(ranges, ['pending'], 'open');
      if (refused !== undefined)
        return `it takes up delivery ${refused.ordinal}, which is ${describeState(refused.state)}`;
      batches.set(data.batch_id, {
        attempt: data.attempt,
        ranges,
        intended: ranges,
        unanswered: data.count,
      });
      return undefined;
    },
    outcome(data) {
      const expected = countOrdinals(batches.get(data.batch_id)?.ranges ?? []);
      const { problem, answered } = answer(
        data,
        ['open'],
        [
          [data.accepted, 'accepted'],
          [data.failed, 'failed'],
          [data.suppressed, 'suppressed'],
          [data.returned ?? '', 'pending'],
          [data.unknown ?? '', 'unknown'],
        ],
      );
      if (problem !== undefined) return problem;
      if (answered === 0) return 'it answers nothing';
      return answered === expected ? undefined : `it answers ${answered} of ${expected} deliveries`;
    },
    unknown: (data) => answer(data, ['open'], [[data.ordinals, 'unknown']]).problem,
    settled: (data) =>
      isLateReceipt(data)
        ? lateReceipt(data)
        : answer(
            data,
            ['open', 'unknown'],
            [
              [data.accepted, 'accepted'],
              [data.returned, 'pending'],
              [data.failed, 'failed'],
            ],
          ).problem,
  };
}

/**
 * The part of the story about sending: every dispatch executes one manifest with enough approvals
 * before it, calls the provider only while it runs, and accounts for every delivery when it is done.
 */
import type { DispatchCounts, Entry, EntryOfKind } from './entry-data.ts';
import { parseOrdinals, countOrdinals } from './ordinal-ranges.ts';
import type { ConsentStory } from './story-approvals.ts';
import { makeBatchStory } from './story-batches.ts';
import type { BatchStory } from './story-batches.ts';
import type { StoryFindings } from './story-findings.ts';

export type DispatchState = 'running' | 'paused' | 'stopped' | 'done';

/** What the log says about one dispatch, in the words of the product's first promise. */
export interface DispatchSummary {
  readonly dispatch_id: string;
  readonly manifest_id: string;
  readonly drill: boolean;
  readonly state: DispatchState;
  /** `unknown` includes deliveries inside a call without an answer. */
  readonly counts: DispatchCounts;
  /** Calls to the provider. */
  readonly calls: number;
}

interface KnownDispatch {
  readonly started: EntryOfKind<'dispatch.started'>['data'];
  state: DispatchState;
  batches: BatchStory | undefined;
  counts: DispatchCounts;
  calls: number;
}

export interface DispatchStory {
  push(entry: Entry): void;
  summaries(): DispatchSummary[];
}

const COUNT_NAMES = ['planned', 'accepted', 'suppressed', 'failed', 'unknown', 'pending'] as const;

function countsOf(planned: number, { tally }: BatchStory): DispatchCounts {
  return {
    planned,
    accepted: tally.count('accepted'),
    suppressed: tally.count('suppressed'),
    failed: tally.count('failed'),
    unknown: tally.count('unknown') + tally.count('open'),
    pending: tally.count('pending'),
  };
}

/** Follows dispatches through the log; reports problems of `dispatches`, `batches` and `counts`. */
export function makeDispatchStory(findings: StoryFindings, consent: ConsentStory): DispatchStory {
  const dispatches = new Map<string, KnownDispatch>();

  function findStartProblem({ at, data }: EntryOfKind<'dispatch.started'>): string | undefined {
    const manifest = consent.manifest(data.manifest_id);
    if (manifest === undefined) return 'its manifest was never prepared';
    if (manifest.hash !== data.manifest_hash) return 'it names another hash than the manifest has';
    if (manifest.ended !== undefined) return `its manifest was ${manifest.ended} before`;
    if (at > manifest.expiresAt) return 'its manifest had expired';
    if (manifest.dispatch !== undefined)
      return `its manifest was executed already, by ${manifest.dispatch}`;
    manifest.dispatch = data.dispatch_id;
    const needed = Math.max(2, manifest.approvalsRequired);
    if (manifest.approvedBy.size < needed) {
      return `only ${manifest.approvedBy.size} of ${needed} approvals stand before it`;
    }
    if (manifest.drill !== data.drill)
      return 'it is a drill where the manifest is not, or the other way round';
    if (manifest.planned !== undefined && manifest.planned !== data.planned) {
      return `it plans ${data.planned} deliveries, the manifest ${manifest.planned}`;
    }
    return undefined;
  }

  function start(entry: EntryOfKind<'dispatch.started'>): void {
    const { seq, data } = entry;
    const id = data.dispatch_id;
    if (dispatches.has(id)) {
      findings.report('dispatches', seq, `Dispatch ${id} is started a second time.`);
      return;
    }
    const problem = findStartProblem(entry);
    if (problem !== undefined) {
      findings.report('dispatches', seq, `Dispatch ${id} should not have started: ${problem}.`);
    }
    const batches = makeBatchStory(data.planned);
    suppress(seq, batches, data);
    const counts = countsOf(data.planned, batches);
    dispatches.set(id, { started: data, state: 'running', batches, counts, calls: 0 });
  }

  function suppress(
    seq: number,
    batches: BatchStory,
    { dispatch_id: id, suppressed }: EntryOfKind<'dispatch.suppressed'>['data'],
  ): void {
    const ranges = parseOrdinals(suppressed.ordinals);
    const refused = batches.tally.move(ranges, ['pending'], 'suppressed');
    if (refused !== undefined) {
      const { ordinal, state } = refused;
      findings.report(
        'counts',
        seq,
        `Dispatch ${id} suppresses delivery ${ordinal}, which is ${state}.`,
      );
    }
    const explained = Object.values(suppressed.reasons).reduce((sum, n) => sum + n, 0);
    const count = countOrdinals(ranges);
    if (explained !== count) {
      findings.report(
        'counts',
        seq,
        `Dispatch ${id} suppresses ${count} deliveries but gives reasons for ${explained}.`,
      );
    }
  }

  function suppressMore(
    { seq, data }: EntryOfKind<'dispatch.suppressed'>,
    dispatch: KnownDispatch,
  ): void {
    const { batches } = dispatch;
    if (batches === undefined) {
      const sentence = `Dispatch ${data.dispatch_id} suppresses deliveries after it is done.`;
      findings.report('counts', seq, sentence);
      return;
    }
    suppress(seq, batches, data);
    dispatch.counts = countsOf(dispatch.started.planned, batches);
  }

  function turn(
    seq: number,
    dispatch: KnownDispatch,
    from: readonly DispatchState[],
    to: DispatchState,
  ): boolean {
    const allowed = from.includes(dispatch.state);
    if (allowed) dispatch.state = to;
    else {
      const id = dispatch.started.dispatch_id;
      findings.report(
        'dispatches',
        seq,
        `Dispatch ${id} becomes ${to} while it is ${dispatch.state}.`,
      );
    }
    return allowed;
  }

  function compareCounts(seq: number, dispatch: KnownDispatch, stated: DispatchCounts): void {
    const id = dispatch.started.dispatch_id;
    for (const name of COUNT_NAMES) {
      if (stated[name] === dispatch.counts[name]) continue;
      findings.report(
        'counts',
        seq,
        `Dispatch ${id} says ${stated[name]} ${name}, its batches say ${dispatch.counts[name]}.`,
      );
    }
    if (dispatch.counts.unknown > 0 || dispatch.counts.pending > 0) {
      findings.report(
        'counts',
        seq,
        `Dispatch ${id} is called done with ${dispatch.counts.pending} pending and ${dispatch.counts.unknown} unknown.`,
      );
    }
  }

  function finish({ seq, data }: EntryOfKind<'dispatch.done'>, dispatch: KnownDispatch): void {
    if (!turn(seq, dispatch, ['running'], 'done')) return;
    compareCounts(seq, dispatch, data.counts);
    // Nothing may move any more, so the bytes per delivery can go.
    dispatch.batches = undefined;
  }

  function call(
    entry: EntryOfKind<'batch.intent' | 'batch.outcome' | 'batch.unknown' | 'batch.settled'>,
    dispatch: KnownDispatch,
  ): void {
    const { batches, started } = dispatch;
    const what = `Batch ${entry.data.batch_id} of dispatch ${started.dispatch_id} (${entry.kind})`;
    const fail = (why: string): void =>
      findings.report('batches', entry.seq, `${what} is wrong: ${why}.`);
    if (batches === undefined) {
      fail('the dispatch is done');
      return;
    }
    if (entry.kind === 'batch.intent') {
      if (dispatch.state !== 'running') fail(`the dispatch is ${dispatch.state}`);
      if (started.drill && entry.data.provider !== started.provider)
        fail('a drill calls another provider');
    }
    const problem = applyBatch(batches, entry);
    if (problem !== undefined) fail(problem);
    dispatch.counts = countsOf(started.planned, batches);
    dispatch.calls = batches.calls();
  }

  function continueWith(entry: Entry, dispatch: KnownDispatch): void {
    const { seq } = entry;
    switch (entry.kind) {
      case 'dispatch.suppressed':
        suppressMore(entry, dispatch);
        break;
      case 'dispatch.paused':
        turn(seq, dispatch, ['running'], 'paused');
        break;
      case 'dispatch.resumed':
        turn(seq, dispatch, ['paused'], 'running');
        break;
      case 'dispatch.stopped':
        turn(seq, dispatch, ['running', 'paused'], 'stopped');
        break;
      case 'dispatch.done':
        finish(entry, dispatch);
        break;
      case 'batch.intent':
      case 'batch.outcome':
      case 'batch.unknown':
      case 'batch.settled':
        call(entry, dispatch);
        break;
      default:
        break;
    }
  }

  return {
    push(entry) {
      if (entry.kind === 'dispatch.started') {
        start(entry);
        return;
      }
      if (!('dispatch_id' in entry.data)) return;
      const id = entry.data.dispatch_id;
      const dispatch = dispatches.get(id);
      if (dispatch === undefined) {
        findings.report(
          'dispatches',
          entry.seq,
          `A ${entry.kind} entry is about dispatch ${id}, which never started.`,
        );
      } else continueWith(entry, dispatch);
    },
    summaries: () =>
      [...dispatches.values()].map(({ started, state, counts, calls }) => ({
        dispatch_id: started.dispatch_id,
        manifest_id: started.manifest_id,
        drill: started.drill,
        state,
        counts,
        calls,
      })),
  };
}

function applyBatch(
  batches: BatchStory,
  entry: EntryOfKind<'batch.intent' | 'batch.outcome' | 'batch.unknown' | 'batch.settled'>,
): string | undefined {
  switch (entry.kind) {
    case 'batch.intent':
      return batches.intent(entry.data);
    case 'batch.outcome':
      return batches.outcome(entry.data);
    case 'batch.unknown':
      return batches.unknown(entry.data);
    case 'batch.settled':
      return batches.settled(entry.data);
  }
}

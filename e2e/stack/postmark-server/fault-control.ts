// The faults the server plays on purpose. Settable while it runs, by this object or by POST /_control;
// every fault played is counted. Chances are seeded: the same seed plays the same faults.

import type { BounceType } from './bounce-store.ts';
import type { Counters } from './counters.ts';
import { makeOutcomeDecision } from './recipient-outcome.ts';
import type { DecideOutcome, OutcomeRules } from './recipient-outcome.ts';
import { makeSeededRandom } from './seeded-random.ts';

/**
 * What goes wrong with one sending call (POST /email or /email/batch):
 * - `status`: answers with that status, before or after the messages were accepted;
 * - `acceptAndDrop`: accepts, then closes the connection instead of answering;
 * - `dropBefore`: reads the request, accepts nothing, closes the connection;
 * - `hang`: never answers (the connection stays open), before or after accepting;
 * - `hangMidBody`: accepts, sends the headers and half of the answer, then nothing more;
 * - `dropMidBody`: accepts, sends the headers and half of the answer, then closes the connection.
 */
export type SendFault =
  | {
      readonly kind: 'status';
      readonly status: 429 | 500 | 502 | 503;
      readonly when: 'before' | 'after';
    }
  | { readonly kind: 'hang'; readonly when: 'before' | 'after' }
  | { readonly kind: 'acceptAndDrop' | 'dropBefore' | 'hangMidBody' | 'dropMidBody' };

/** Refuses single recipients inside an answer that is otherwise good. */
export interface RejectRule {
  /** Addresses, compared without case. */
  readonly addresses?: readonly string[];
  /** A regular expression over the lower-case address. */
  readonly pattern?: string;
  readonly errorCode: 300 | 406;
}

/** What goes wrong with webhooks on their way out. Shares are 0 to 1, times are milliseconds. */
export interface WebhookFaults {
  /** Waits this long before the first attempt. */
  readonly delayMs: number;
  /** Waits a random time up to this long on top, so that events arrive out of order. */
  readonly shuffleMs: number;
  /** This share of events is never posted. */
  readonly dropShare: number;
  /** This share of events is posted twice, with the same trace id. */
  readonly repeatShare: number;
}

export interface FaultState {
  /** Restarts the random sequence whenever it is set. */
  readonly seed: number;
  /** Milliseconds every answer to a sending call is late, or the range it is drawn from. Accepting is not late. */
  readonly delayMs: number | readonly [number, number];
  /** Faults for the next sending calls, first come first; one is used up per call. */
  readonly next: readonly SendFault[];
  /** Faults drawn for every sending call that `next` leaves alone; the first that hits is played. */
  readonly chances: readonly { readonly fault: SendFault; readonly probability: number }[];
  readonly rejectRecipients: readonly RejectRule[];
  /** GET /messages/… answers 503, as in Postmark's maintenance of February 2023. */
  readonly searchDown: boolean;
  /** Every endpoint but the sending ones answers 503. */
  readonly readsDown: boolean;
  /** Accepted messages appear in GET /messages/… only after this many milliseconds. */
  readonly searchLagMs: number;
  readonly webhooks: WebhookFaults;
  /** What becomes of accepted mail, by recipient. `reset` leaves it as it is: it is no fault. */
  readonly outcomes: OutcomeRules;
}

/** Any part of the state; `webhooks` may be partial too. */
export type FaultPatch = Partial<Omit<FaultState, 'webhooks'>> & {
  readonly webhooks?: Partial<WebhookFaults>;
};

const NO_FAULTS: FaultState = {
  seed: 1,
  delayMs: 0,
  next: [],
  chances: [],
  rejectRecipients: [],
  searchDown: false,
  readsDown: false,
  searchLagMs: 0,
  webhooks: { delayMs: 0, shuffleMs: 0, dropShare: 0, repeatShare: 0 },
  outcomes: {},
};

export class FaultControl {
  readonly #counters: Counters;
  readonly #releaseHung: () => void;
  #state: FaultState;
  #random: () => number;
  #decideOutcome: DecideOutcome;
  #rejected: readonly { matches: (email: string) => boolean; errorCode: 300 | 406 }[] = [];

  constructor(counters: Counters, initial: FaultPatch, releaseHung: () => void) {
    this.#counters = counters;
    this.#releaseHung = releaseHung;
    this.#state = NO_FAULTS;
    this.#random = makeSeededRandom(NO_FAULTS.seed);
    this.#decideOutcome = makeOutcomeDecision(NO_FAULTS.outcomes, NO_FAULTS.seed);
    this.set(initial);
  }

  get state(): FaultState {
    return this.#state;
  }

  /** Changes the parts that are given and leaves the rest. */
  set(patch: FaultPatch): FaultState {
    const webhooks = { ...this.#state.webhooks, ...patch.webhooks };
    const rules = (patch.rejectRecipients ?? this.#state.rejectRecipients).map(compileRule);
    this.#state = { ...this.#state, ...patch, webhooks };
    this.#rejected = rules;
    if (patch.seed !== undefined) this.#random = makeSeededRandom(patch.seed);
    this.#decideOutcome = makeOutcomeDecision(this.#state.outcomes, this.#state.seed);
    return this.#state;
  }

  /** Queues a fault for the next `times` sending calls, after those already queued. */
  queue(fault: SendFault, times = 1): void {
    const added = Array.from({ length: times }, () => fault);
    this.#state = { ...this.#state, next: [...this.#state.next, ...added] };
  }

  /** Back to no faults; the seed stays and starts anew. Connections held by a hang are closed. */
  reset(): void {
    this.#releaseHung();
    const { seed, outcomes } = this.#state;
    this.set({ ...NO_FAULTS, seed, outcomes });
  }

  /** The fault for the sending call at hand, if any. Uses up one of `next`. */
  takeSendFault(): SendFault | undefined {
    const [first, ...rest] = this.#state.next;
    if (first) {
      this.#state = { ...this.#state, next: rest };
      this.#counters.count('faults', faultName(first));
      return first;
    }
    const hit = this.#state.chances.find(({ probability }) => this.#random() < probability);
    if (hit) this.#counters.count('faults', faultName(hit.fault));
    return hit?.fault;
  }

  /** How long the answer at hand is held back, in milliseconds. */
  drawDelay(): number {
    const { delayMs } = this.#state;
    if (typeof delayMs === 'number') return delayMs;
    const [from, to] = delayMs;
    return from + this.#random() * (to - from);
  }

  /** The code to refuse this address with, if a rule says so. */
  findRejection(email: string): 300 | 406 | undefined {
    if (this.#rejected.length === 0) return undefined;
    const lower = email.toLowerCase();
    return this.#rejected.find(({ matches }) => matches(lower))?.errorCode;
  }

  /** What becomes of a mail to this address; undefined is "delivered". */
  decideOutcome(email: string): BounceType | undefined {
    return this.#decideOutcome(email);
  }

  /** When the copies of one webhook event go out, in milliseconds from now; none when it is dropped. */
  drawWebhookTimes(): number[] {
    const { delayMs, shuffleMs, dropShare, repeatShare } = this.#state.webhooks;
    if (dropShare > 0 && this.#random() < dropShare) {
      this.#counters.count('webhooks', 'dropped');
      return [];
    }
    const repeated = repeatShare > 0 && this.#random() < repeatShare;
    if (repeated) this.#counters.count('webhooks', 'repeated');
    const shuffle = (): number => (shuffleMs > 0 ? this.#random() * shuffleMs : 0);
    return repeated ? [delayMs + shuffle(), delayMs + shuffle()] : [delayMs + shuffle()];
  }
}

/** The name a fault is counted under, such as `status:503:after` or `acceptAndDrop`. */
export function faultName(fault: SendFault): string {
  if (fault.kind === 'status') return `status:${String(fault.status)}:${fault.when}`;
  return fault.kind === 'hang' ? `hang:${fault.when}` : fault.kind;
}

function compileRule(rule: RejectRule) {
  const addresses = new Set(rule.addresses?.map((address) => address.toLowerCase()));
  const pattern = rule.pattern === undefined ? undefined : new RegExp(rule.pattern);
  const matches = (email: string): boolean => addresses.has(email) || pattern?.test(email) === true;
  return { matches, errorCode: rule.errorCode };
}

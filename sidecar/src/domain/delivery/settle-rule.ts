// When silence of the provider may be taken for "never arrived". Pure.

export type SettlePatience = {
  /** Complete searches that must have come back without the message. */
  emptyAnswers: number;
  /** Time since the call that must have passed: the provider's search lags behind what it took. */
  waitMs: number;
};

export type SettleFacts = { emptyAnswers: number; msSinceIntent: number };

/**
 * Only repeated complete searches over a time count as "not taken". A failed search is no answer: while a provider's
 * search is down it may still have taken the message, and sending again would mail somebody twice.
 */
export function mayReturnToPending(facts: SettleFacts, patience: SettlePatience): boolean {
  return facts.emptyAnswers >= patience.emptyAnswers && facts.msSinceIntent >= patience.waitMs;
}

/** Waiting time before the next try after `failures` refusals in a row: 1 s, doubled, at most 60 s. */
export function retryDelayMs(failures: number): number {
  return Math.min(60_000, 1_000 * 2 ** Math.max(0, Math.min(failures - 1, 6)));
}

// Counts what the server did, by group and name. Small and fixed in size: names come from code, not from callers.

/** `accepted` and `offered` count messages, `calls` sending calls and searches, the rest events. */
export interface CounterValues {
  /** Messages put into sending calls whose JSON could be read. */
  readonly offered: number;
  /** Messages stored. */
  readonly accepted: number;
  /** By route: `email`, `batch`, `search`, `details`, `other`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Messages and calls refused, by ErrorCode. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Faults played, by name. */
  readonly faults: Readonly<Record<string, number>>;
  /**
   * `queued`, `attempts`, `delivered`, `retried`, `refused` (a 4xx that ends it), `exhausted` (no retries left),
   * `dropped` and `repeated` (faults).
   */
  readonly webhooks: Readonly<Record<string, number>>;
}

type Group = 'calls' | 'rejected' | 'faults' | 'webhooks';

export class Counters {
  offered = 0;
  accepted = 0;
  readonly #groups: Record<Group, Map<string, number>> = {
    calls: new Map(),
    rejected: new Map(),
    faults: new Map(),
    webhooks: new Map(),
  };

  count(group: Group, name: string | number, by = 1): void {
    const key = String(name);
    this.#groups[group].set(key, (this.#groups[group].get(key) ?? 0) + by);
  }

  get values(): CounterValues {
    const read = (group: Group) => Object.fromEntries(this.#groups[group]);
    return {
      offered: this.offered,
      accepted: this.accepted,
      calls: read('calls'),
      rejected: read('rejected'),
      faults: read('faults'),
      webhooks: read('webhooks'),
    };
  }
}

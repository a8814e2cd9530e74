// Work that goes on after the answer was given. The runner keeps track of it and waits for it when it stops.

export interface Background {
  /** Starts `work` at once and returns. `work` settles its own failures in the ledger; what it throws is logged. */
  start(name: string, work: () => Promise<void>): void;
}

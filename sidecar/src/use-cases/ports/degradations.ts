// What is not well right now, in plain words, for the banner and the status. Facts that last; one event is a log line.

export type Degradation = {
  /** Such as `shop_database`. */
  name: string;
  sentence: string;
  /** When it began; setting it again with another sentence does not begin it anew. */
  since: string;
};

export interface Degradations {
  set(name: string, sentence: string): void;
  clear(name: string): void;
  /** Oldest first. */
  list(): readonly Degradation[];
}

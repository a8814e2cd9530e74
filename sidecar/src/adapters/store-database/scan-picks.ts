// Which rows are sampled: the first, the last, and some between, never more than so many.

/** `items` when they are few, else `most` of them at even distances, first and last among them. */
export function thinOut<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from(
    { length: most },
    (_none, at) => items[Math.round((at * (items.length - 1)) / (most - 1))],
  ).filter((item) => item !== undefined);
}

export type Picks = {
  add(items: readonly string[]): void;
  items(): readonly string[];
};

/** Picks out of a list that goes by once and whose length nobody knows: holds at most twice as many. */
export function makePicks(most: number): Picks {
  let kept: string[] = [];
  return {
    add: (items) => {
      kept.push(...items);
      if (kept.length > most * 2) kept = [...thinOut(kept, most)];
    },
    items: () => [...new Set(thinOut(kept, most))],
  };
}

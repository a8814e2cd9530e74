// Lists of ids and values on their way into statements.

/** Values of one `IN`: the server plans a list as so many ranges. */
const CHUNK = 1_000;

export function chunksOf<Value>(values: readonly Value[]): Value[][] {
  const chunks: Value[][] = [];
  for (let start = 0; start < values.length; start += CHUNK) {
    chunks.push(values.slice(start, start + CHUNK));
  }
  return chunks;
}

export function ascending(ids: Iterable<number>): number[] {
  return [...ids].sort((a, b) => a - b);
}

// Names like a mistyped one, for a refusal that helps.

/** At most three, the nearest first: up to a third of the letters wrong, or the one name inside the other. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const asked = name.toLowerCase();
  return known
    .map((candidate) => ({ candidate, far: distance(asked, candidate) }))
    .filter(
      ({ candidate, far }) =>
        far <= Math.max(asked.length, candidate.length) / 3 ||
        (asked.length > 3 && candidate.includes(asked)),
    )
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Letters to add, take away or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

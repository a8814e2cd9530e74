// The name people call an incident by: INC-2026-0001, counted from 1 in each year (UTC) without gaps.

/** `lastNumber`: the highest number given in that year, 0 for none. */
export function nextReference(
  year: number,
  lastNumber: number,
): { number: number; reference: string } {
  const number = lastNumber + 1;
  return { number, reference: `${referencePrefix(year)}${String(number).padStart(4, '0')}` };
}

export function referencePrefix(year: number): string {
  return `INC-${year}-`;
}

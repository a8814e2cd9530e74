// Says which data classes one value holds, by its names first and its shape second; whether a place holds them is decided
// over many rows (place-classifier.ts).
import type { Finding, NameInput, ValueInput } from './finding.ts';
import { rulesFor } from './keys/all-rules.ts';
import { nameContext } from './keys/name-context.ts';
import { evidenceOf, readyContext } from './name-evidence.ts';

export function classifyValue(input: ValueInput): readonly Finding[] {
  return evidenceOf(input.value, input.country, readyContext(nameContext(input)))
    .filter(({ variety }) => variety === 1)
    .map(({ dataClass, by, detector }) => ({ dataClass, by, detector }));
}

/** A hint only: what a value of this name would be, most likely first, if it looked like it. */
export function classifyKey(names: NameInput): readonly Finding[] {
  const seen = new Set<string>();
  return rulesFor(nameContext(names)).flatMap(({ dataClass, detector }) => {
    if (seen.has(dataClass)) return [];
    seen.add(dataClass);
    return [{ dataClass, by: 'key' as const, detector }];
  });
}

// What names and value say together.
import { rulesFor } from './keys/all-rules.ts';
import type { KeyRule } from './keys/key-rule.ts';
import type { NameContext } from './keys/name-context.ts';
import { valueEvidence, type Evidence } from './value-evidence.ts';

/** A context with the rules its names admit, so that they are chosen once and not for each value. */
export type ReadyContext = { readonly context: NameContext; readonly rules: readonly KeyRule[] };

export function readyContext(context: NameContext): ReadyContext {
  return { context, rules: rulesFor(context) };
}

export function keyEvidence(
  value: string,
  country: string | undefined,
  { context, rules }: ReadyContext,
): Evidence[] {
  const rule = rules.find(({ fits }) => fits(value, country, context));
  if (rule === undefined) return [];
  return [rule.dataClass, ...(rule.also ?? [])].map((dataClass) => ({
    dataClass,
    by: 'key',
    detector: rule.detector,
    variety: 1,
  }));
}

/** One class once; what the names say comes first. Values beyond 64 KiB are judged by their beginning. */
export function evidenceOf(
  raw: string,
  country: string | undefined,
  ready: ReadyContext,
): Evidence[] {
  const value = raw.slice(0, 65_536).trim();
  if (value === '') return [];
  const byKey = keyEvidence(value, country, ready);
  const known = new Set(byKey.map(({ dataClass }) => dataClass));
  return [
    ...byKey,
    ...valueEvidence(value, ready.context).filter(({ dataClass }) => !known.has(dataClass)),
  ];
}

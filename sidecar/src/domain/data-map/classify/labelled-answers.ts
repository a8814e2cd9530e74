// Leaves as the classifier sees them. Answers of forms and WordPress's meta lists write `{name: "Your e-mail", value: …}`:
// the value is then called by its label, and the label is a name and no value.
import type { SampledLeaf } from './place-verdict.ts';

export type NamedLeaf = {
  readonly path: readonly string[];
  readonly value: string;
  /** Names for the last path segment, best first. */
  readonly calls: readonly string[];
  /** Names on the same level; of an answer, the labels of all answers. */
  readonly siblings: readonly string[];
};

const ANSWER = /^(?:value|values|answer|field_?value|user_?value|response)$/i;
const LABELS = [
  'label',
  'question',
  'name',
  'key',
  'type',
  'field_label',
  'title',
  'field',
] as const;
const BESIDE_LABEL = new Set<string>([...LABELS, 'id', 'group_label', 'required']);

export function namedLeaves(leaves: readonly SampledLeaf[]): NamedLeaf[] {
  const levels = new Map<string, Map<string, string>>();
  for (const { path, value } of leaves) {
    const level = levels.get(levelOf(path)) ?? new Map<string, string>();
    level.set(path.at(-1) ?? '', value);
    levels.set(levelOf(path), level);
  }
  const labelsOfRow = [...levels.values()].map(labelsOf).filter((labels) => labels.length > 0);
  return leaves.flatMap(({ path, value }) => {
    const own = path.at(-1);
    const level = levels.get(levelOf(path));
    if (own === undefined || level === undefined)
      return [{ path, value, calls: [''], siblings: [] }];
    const siblings = [...level.keys()].filter((name) => name !== own).slice(0, 40);
    const labels = labelsOf(level);
    if (labels.length === 0) return [{ path, value, calls: [own], siblings }];
    if (ANSWER.test(own)) {
      return [{ path, value, calls: labels, siblings: labelsOfRow.flat().slice(0, 60) }];
    }
    return BESIDE_LABEL.has(own.toLowerCase()) ? [] : [{ path, value, calls: [own], siblings }];
  });
}

function levelOf(path: readonly string[]): string {
  return path.slice(0, -1).join('\u0000');
}

/** Empty when this level is no labelled answer. */
function labelsOf(level: ReadonlyMap<string, string>): string[] {
  if (![...level.keys()].some((name) => ANSWER.test(name))) return [];
  return LABELS.map((name) => level.get(name) ?? '').filter(
    (label) => label !== '' && label.length <= 120,
  );
}

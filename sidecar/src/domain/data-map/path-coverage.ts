// Which values inside a decoded value the fields of a source name. What no field names is looked at apart: a second address
// at a path nobody reads is a person missed, though the column is mapped.
import type { SourceField } from '../../contract/data-map.ts';
import type { DataClass } from '../../contract/scope.ts';
import { toByteText } from './byte-text.ts';
import { parsePath, type PathStep } from './field-path.ts';

type Fields = readonly Pick<SourceField, 'path' | 'encoding' | 'part' | 'classes'>[];

const ADDRESS = /[^\s@"'<>]@[\p{L}\p{N}-]+\.[\p{L}\p{N}]{2,}/u;

/** What a value must at least be read as; an address that is only known to be there is nobody. */
export function leastClasses(value: string): readonly DataClass[] {
  return ADDRESS.test(value) ? ['email'] : [];
}

/**
 * True when a field reads the value at `path`. A field of the part `holds` covers what lies below it too, unless the value
 * is of a class that it does not name. What lies in an encrypted value cannot be told apart without its key. `#` in `path`
 * stands for digits, `*` for any name.
 */
export function coversPath(
  fields: Fields,
  path: readonly string[],
  classes: readonly DataClass[],
): boolean {
  return fields.some((field) => {
    if (field.encoding.some((step) => step.startsWith('decrypt:'))) return true;
    const left = remainder(parsePath(field.path), 0, path, 0);
    if (left === null) return false;
    if (field.part !== 'holds') return left === 0;
    return classes.every((name) => field.classes.includes(name));
  });
}

/** How many segments of `path` are left when the steps are done; the least of all ways, null when they do not fit. */
function remainder(
  steps: readonly PathStep[],
  at: number,
  path: readonly string[],
  from: number,
): number | null {
  const step = steps[at];
  if (step === undefined) return path.length - from;
  if (step.kind === 'any') {
    for (let next = path.length; next >= from; next -= 1) {
      const left = remainder(steps, at + 1, path, next);
      if (left !== null) return left;
    }
    return null;
  }
  const segment = path[from];
  if (segment === undefined || !fits(step, segment)) return null;
  return remainder(steps, at + 1, path, from + 1);
}

function fits(step: PathStep, segment: string): boolean {
  if (step.kind !== 'name' || segment === '*') return true;
  const text = toByteText(segment);
  return step.name === text || (text.includes('#') && step.name.replace(/\d+/g, '#') === text);
}

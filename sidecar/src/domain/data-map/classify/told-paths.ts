// Paths as the data map tells them. Keys of arrays can be anybody's name, which no rule knows: a key that nobody would
// choose for a field, and every key of a level that has too many, is told as `*`.
import { foldSegment } from './keys/array-keys.ts';

/** Fields of one level; a level with more is a list by somebody's key. */
const MOST_FIELDS = 60;
const FIELD = /^[A-Za-z0-9_#*.:/[\]{}()-]{1,60}$/;

export class ToldPaths {
  readonly #fields = new Map<string, Set<string>>();

  /** Segments joined by dots. The same path may be told with more `*` once more of its neighbours were seen: `again`. */
  tell(path: readonly string[]): string {
    const told: string[] = [];
    for (const segment of path) {
      const folded = foldSegment(segment);
      told.push(this.#isField(told.join('.'), folded) ? folded.replaceAll('.', '#') : '*');
    }
    return told.join('.');
  }

  again(told: string): string {
    return this.tell(told === '' ? [] : told.split('.'));
  }

  #isField(level: string, name: string): boolean {
    if (!FIELD.test(name)) return false;
    const fields = this.#fields.get(level) ?? new Set<string>();
    this.#fields.set(level, fields);
    if (fields.size <= MOST_FIELDS) fields.add(name);
    return fields.size <= MOST_FIELDS;
  }
}

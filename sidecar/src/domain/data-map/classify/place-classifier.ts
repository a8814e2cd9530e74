// Decides what a place holds from a sample of its rows: names first, then shapes, each against the share of rows that a
// shape must reach before it is no chance. Keeps counts and folded names, never values, but for a few that must differ.
import { classesInName, foldSegment } from './keys/array-keys.ts';
import { nameContext } from './keys/name-context.ts';
import { spellName } from './keys/spell-name.ts';
import { namedLeaves, type NamedLeaf } from './labelled-answers.ts';
import { evidenceOf, readyContext, type ReadyContext } from './name-evidence.ts';
import { OpaqueTally } from './opaque-tally.ts';
import type {
  PlaceClassifier,
  PlaceVerdict,
  RowContext,
  SampledLeaf,
  SampledPlace,
} from './place-verdict.ts';
import { ToldPaths } from './told-paths.ts';
import type { Evidence } from './value-evidence.ts';
import { verdictOver, type Trace } from './weigh-evidence.ts';

/** Different paths of one place that are kept apart; a place with more is full of data in its keys. */
const MOST_PATHS = 2_000;
const MOST_CONTEXTS = 5_000;

export function makePlaceClassifier(place: SampledPlace): PlaceClassifier {
  return new SamplingClassifier(place);
}

class SamplingClassifier implements PlaceClassifier {
  readonly #place: SampledPlace;
  readonly #contexts = new Map<string, ReadyContext>();
  readonly #traces = new Map<string, Trace>();
  readonly #filledAt = new Map<string, number>();
  readonly #matches: Set<string>[] = [];
  readonly #opaque = new OpaqueTally();
  readonly #paths = new ToldPaths();
  #sampled = 0;
  #filled = 0;

  constructor(place: SampledPlace) {
    this.#place = place;
  }

  addRow(leaves: readonly SampledLeaf[], about: RowContext = {}): void {
    this.#sampled += 1;
    const named = namedLeaves(leaves).filter(({ value }) => value.trim() !== '');
    if (named.length === 0) return;
    this.#filled += 1;
    const matched = new Set<string>();
    const paths = new Set<string>();
    const unread: string[] = [];
    for (const leaf of named) {
      const path = this.#pathOf(leaf.path);
      paths.add(path);
      const evidence = this.#evidence(leaf, about);
      for (const one of [...evidence, ...this.#inSegments(leaf.path)]) {
        matched.add(this.#keep(path, one, leaf.value));
      }
      if (evidence.length === 0) unread.push(leaf.value);
    }
    for (const path of paths) this.#filledAt.set(path, (this.#filledAt.get(path) ?? 0) + 1);
    for (const id of matched) this.#count(id);
    this.#matches.push(matched);
    this.#opaque.addRow(unread);
  }

  verdict(): PlaceVerdict {
    return verdictOver({
      traces: this.#traces,
      filledAt: this.#filledAt,
      matches: this.#matches,
      known: this.#place.known ?? [],
      sampled: this.#sampled,
      opaque: this.#opaque.shapeOver(this.#filled),
      tell: (path) => this.#paths.again(path),
    });
  }

  #pathOf(path: readonly string[]): string {
    const folded = this.#paths.tell(path);
    return this.#filledAt.has(folded) || this.#filledAt.size < MOST_PATHS ? folded : '**';
  }

  #evidence(leaf: NamedLeaf, about: RowContext): Evidence[] {
    let best: Evidence[] = [];
    for (const call of leaf.calls) {
      const ready = this.#context(leaf, call, about.parent);
      const evidence = evidenceOf(leaf.value, about.country, ready);
      if (evidence.some(({ by }) => by === 'key')) return evidence;
      if (best.length === 0) best = evidence;
    }
    return best;
  }

  #context(leaf: NamedLeaf, call: string, parent: string | undefined): ReadyContext {
    const outer = leaf.path.slice(0, -1).map(foldSegment);
    const id = [parent ?? '', ...outer, call, ...leaf.siblings].join('\u0000');
    const kept = this.#contexts.get(id);
    if (kept !== undefined) return kept;
    if (this.#contexts.size >= MOST_CONTEXTS) this.#contexts.clear();
    const { table, column, key, columns } = this.#place;
    const own = leaf.path.length === 0;
    const ready = readyContext(
      nameContext({
        table,
        column,
        key,
        path: own ? [] : [...outer, call],
        parent,
        siblings: own ? (columns ?? []).filter((name) => name !== column) : leaf.siblings,
      }),
    );
    this.#contexts.set(id, ready);
    return ready;
  }

  #inSegments(path: readonly string[]): Evidence[] {
    const around = spellName(`${this.#place.column} ${this.#place.key}`);
    return path
      .flatMap((segment) => classesInName(segment, around))
      .map((dataClass) => ({ dataClass, by: 'key', detector: 'array-key', variety: 1 }));
  }

  #keep(path: string, evidence: Evidence, value: string): string {
    const { dataClass, by, detector, variety } = evidence;
    const id = `${path}\u0000${dataClass}\u0000${by}\u0000${detector}`;
    let trace = this.#traces.get(id);
    if (trace === undefined) {
      trace = { path, dataClass, by, detector, rows: 0, variety, different: new Set() };
      this.#traces.set(id, trace);
    }
    if (trace.different.size < variety) trace.different.add(value);
    return id;
  }

  #count(id: string): void {
    const trace = this.#traces.get(id);
    if (trace !== undefined) trace.rows += 1;
  }
}

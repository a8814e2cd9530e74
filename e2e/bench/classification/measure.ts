// Precision and recall of classification: a class of a place is one case, found or not, there or not.
import { makePlaceClassifier } from '../../../sidecar/src/domain/data-map/classify/place-classifier.ts';
import type { DataClass } from '../../../sidecar/src/contract/scope.ts';
import { foldKey } from '../../../sidecar/src/domain/data-map/fold-key.ts';
import { leavesOf, placeName, type CorpusFile, type CorpusPlace } from './corpus-file.ts';

export type Score = { right: number; missed: number; extra: number };
export type Mistake = {
  readonly place: string;
  readonly part: CorpusFile['part'];
  readonly missed: readonly string[];
  readonly extra: readonly string[];
};
export type Measured = {
  readonly all: Score;
  readonly byPart: ReadonlyMap<string, Score>;
  readonly byClass: ReadonlyMap<string, Score>;
  /** Tables with personal data, and how many of them showed any: where one is noticed, a human looks at all of it. */
  readonly tablesByPart: ReadonlyMap<string, { with: number; noticed: number }>;
  readonly mistakes: readonly Mistake[];
  readonly places: number;
  readonly values: number;
  readonly microsPerValue: number;
};

export function measure(corpus: readonly CorpusFile[]): Measured {
  const all = emptyScore();
  const byPart = new Map<string, Score>();
  const tables = new Map<string, Map<string, boolean>>();
  const byClass = new Map<string, Score>();
  const mistakes: Mistake[] = [];
  let places = 0;
  let values = 0;
  const started = performance.now();
  for (const { part, places: listed } of corpus) {
    for (const place of listed) {
      const found = classesFound(place);
      places += 1;
      values += found.values;
      if (place.holds.length > 0) {
        const seen = tables.get(part) ?? new Map<string, boolean>();
        const noticed = found.classes.length > 0 || (seen.get(place.table) ?? false);
        tables.set(part, seen.set(place.table, noticed));
      }
      const missed = place.holds.filter((name) => !found.classes.includes(name));
      const extra = found.classes.filter((name) => !place.holds.includes(name));
      for (const name of new Set([...place.holds, ...found.classes])) {
        const kind = missed.includes(name) ? 'missed' : extra.includes(name) ? 'extra' : 'right';
        for (const score of [all, entry(byPart, part), entry(byClass, name)]) score[kind] += 1;
      }
      if (missed.length + extra.length > 0) {
        mistakes.push({ place: placeName(place), part, missed, extra });
      }
    }
  }
  const micros = ((performance.now() - started) * 1000) / values;
  const tablesByPart = new Map(
    [...tables].map(([part, seen]) => [
      part,
      { with: seen.size, noticed: [...seen.values()].filter(Boolean).length },
    ]),
  );
  return { all, byPart, byClass, tablesByPart, mistakes, places, values, microsPerValue: micros };
}

/** µs a value of a place that is sampled with 500 rows, when its names are known already. */
export function microsInLongSamples(corpus: readonly CorpusFile[]): number {
  let values = 0;
  const started = performance.now();
  for (const { table, column, key, columns, rows } of corpus.flatMap(({ places }) =>
    places.slice(0, 40),
  )) {
    const classifier = makePlaceClassifier({ table, column, key, columns });
    const leaves = rows.map((row) => leavesOf(row));
    for (let row = 0; row < 500; row += 1) {
      const one = leaves[row % leaves.length] ?? [];
      values += one.length;
      classifier.addRow(one);
    }
    classifier.verdict();
  }
  return ((performance.now() - started) * 1000) / values;
}

export function precision({ right, extra }: Score): number {
  return right + extra === 0 ? 1 : right / (right + extra);
}

export function recall({ right, missed }: Score): number {
  return right + missed === 0 ? 1 : right / (right + missed);
}

function classesFound(place: CorpusPlace): { classes: readonly DataClass[]; values: number } {
  const { table, column, columns, parent, country } = place;
  // As the scan asks: by the folded key.
  const key = foldKey(place.key).key;
  const classifier = makePlaceClassifier({ table, column, key, columns });
  let values = 0;
  for (const row of place.rows) {
    const leaves = leavesOf(row);
    values += leaves.length;
    classifier.addRow(leaves, {
      ...(parent === undefined ? {} : { parent }),
      ...(country === undefined ? {} : { country }),
    });
  }
  return { classes: classifier.verdict().classes, values };
}

function emptyScore(): Score {
  return { right: 0, missed: 0, extra: 0 };
}

function entry(scores: Map<string, Score>, name: string): Score {
  const score = scores.get(name) ?? emptyScore();
  scores.set(name, score);
  return score;
}

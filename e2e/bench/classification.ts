// How well data classes are told from names and values alone, without the catalogue, over a labelled corpus.
import { readCorpus } from './classification/corpus-file.ts';
import { measure, precision, recall, type Score } from './classification/measure.ts';

export function benchClassification(): void {
  const corpus = readCorpus();
  measure(corpus);
  const measured = measure(corpus);
  const { all, byPart, byClass, mistakes, places, values, microsPerValue } = measured;
  console.log(
    `${String(places)} places, ${String(values)} values, ${microsPerValue.toFixed(1)} µs a value\n`,
  );
  console.log(line('class', 'precision', 'recall', 'right', 'missed', 'extra'));
  for (const [name, score] of [...byClass].sort()) console.log(scoreLine(name, score));
  console.log('');
  for (const [part, score] of byPart) console.log(scoreLine(`all, ${part} part`, score));
  console.log(scoreLine('all', all));
  if (mistakes.length > 0) console.log('\nWrong:');
  for (const { place, part, missed, extra } of mistakes) {
    const says = [
      ...missed.map((name) => `misses ${name}`),
      ...extra.map((name) => `wrongly says ${name}`),
    ];
    console.log(`  ${place} [${part}]: ${says.join(', ')}`);
  }
  console.log(JSON.stringify({ precision: rounded(precision(all)), recall: rounded(recall(all)) }));
}

function scoreLine(name: string, score: Score): string {
  const { right, missed, extra } = score;
  return line(
    name,
    precision(score).toFixed(4),
    recall(score).toFixed(4),
    String(right),
    String(missed),
    String(extra),
  );
}

function line(name: string, ...figures: readonly string[]): string {
  return name.padEnd(24) + figures.map((figure) => figure.padStart(10)).join('');
}

function rounded(share: number): number {
  return Math.floor(share * 10_000) / 10_000;
}

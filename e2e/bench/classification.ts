// How well data classes are told from names and values alone, without the catalogue, over a labelled corpus.
import { readCorpus } from './classification/corpus-file.ts';
import {
  measure,
  microsInLongSamples,
  precision,
  recall,
  type Measured,
  type Score,
} from './classification/measure.ts';

/**
 * The last line is of the part that rules were written for: the catalogue's stores, other plugins and traps. `held_out` is
 * of tables that no rule was ever changed for, which is how unknown ones fare.
 */
export function benchClassification(): void {
  const corpus = readCorpus();
  const measured = measure(corpus);
  console.log(
    `${String(measured.places)} places, ${String(measured.values)} values; ` +
      `${measured.microsPerValue.toFixed(0)} µs a value in samples of 3 rows, ` +
      `${microsInLongSamples(corpus).toFixed(1)} µs in samples of 500\n`,
  );
  console.log(line('class', 'precision', 'recall', 'right', 'missed', 'extra'));
  for (const [name, score] of [...measured.byClass].sort()) console.log(scoreLine(name, score));
  console.log('');
  for (const [part, score] of measured.byPart) console.log(scoreLine(`all, ${part}`, score));
  for (const [part, tables] of measured.tablesByPart) {
    console.log(
      `tables with personal data that were noticed, ${part}: ${String(tables.noticed)} of ${String(tables.with)}`,
    );
  }
  printMistakes(measured);
  const { byPart } = measured;
  console.log(
    JSON.stringify({ ...figures(byPart.get('tuned')), held_out: figures(byPart.get('held_out')) }),
  );
}

function printMistakes({ mistakes }: Measured): void {
  if (mistakes.length > 0) console.log('\nWrong:');
  for (const { place, part, missed, extra } of mistakes) {
    const says = [
      ...missed.map((name) => `misses ${name}`),
      ...extra.map((name) => `wrongly says ${name}`),
    ];
    console.log(`  ${place} [${part}]: ${says.join(', ')}`);
  }
}

function figures(score: Score = { right: 0, missed: 0, extra: 0 }): {
  precision: number;
  recall: number;
} {
  return { precision: rounded(precision(score)), recall: rounded(recall(score)) };
}

function scoreLine(name: string, score: Score): string {
  const { right, missed, extra } = score;
  const shares = [precision(score).toFixed(4), recall(score).toFixed(4)];
  return line(name, ...shares, String(right), String(missed), String(extra));
}

function line(name: string, ...columns: readonly string[]): string {
  return name.padEnd(24) + columns.map((column) => column.padStart(10)).join('');
}

/** Never rounded up. */
function rounded(share: number): number {
  return Math.floor(share * 10_000) / 10_000;
}

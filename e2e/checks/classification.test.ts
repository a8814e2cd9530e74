// Data classes are told well enough from names and values alone: a rule that helps one place must not break others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCorpus } from '../bench/classification/corpus-file.ts';
import { measure, precision, recall } from '../bench/classification/measure.ts';

const corpus = readCorpus();
const { byPart, tablesByPart, mistakes } = measure(corpus);

test('on the stores of the catalogue, other plugins and traps: precision 0.98 and recall 0.99 at least', () => {
  const score = byPart.get('tuned');
  assert.ok(score !== undefined);
  const wrong = mistakes.map(
    ({ place, missed, extra }) => `${place}: -${missed.join()} +${extra.join()}`,
  );
  assert.ok(precision(score) >= 0.98, wrong.join('\n'));
  assert.ok(recall(score) >= 0.99, wrong.join('\n'));
});

test('in tables no rule was changed for, what is said is right, and most tables with people are noticed', () => {
  const score = byPart.get('held_out');
  const tables = tablesByPart.get('held_out');
  assert.ok(score !== undefined && tables !== undefined);
  assert.ok(precision(score) >= 0.95);
  assert.ok(tables.noticed >= tables.with * 0.9);
});

test('the corpus has every class, and traps that hold nothing', () => {
  const places = corpus.flatMap((file) => file.places);
  const classes = new Set(places.flatMap(({ holds }) => holds));
  assert.equal(classes.size, 24);
  assert.ok(
    places.filter(({ holds, trap }) => holds.length === 0 && trap !== undefined).length >= 80,
  );
  assert.ok(places.length >= 1_000);
});

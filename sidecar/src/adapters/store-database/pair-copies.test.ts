import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderCopy } from '../../domain/audience/store-rows.ts';
import { pairCopies } from './pair-copies.ts';

async function* pages(...ids: number[][]): AsyncGenerator<readonly OrderCopy[]> {
  for (const page of ids) {
    yield await Promise.resolve(page.map((orderId) => ({ orderId }) as OrderCopy));
  }
}

async function paired(hpos: number[][], legacy: number[][]): Promise<string[]> {
  const found: string[] = [];
  for await (const page of pairCopies(pages(...hpos), pages(...legacy))) {
    for (const { orderId, hpos: left, legacy: right } of page) {
      found.push(`${orderId}${left === null ? '' : 'h'}${right === null ? '' : 'l'}`);
    }
  }
  return found;
}

test('puts copies side by side wherever the pages of the two stores end', async () => {
  const cases: [number[][], number[][], string][] = [
    [[], [], ''],
    [[[1, 2]], [], '1h 2h'],
    [[], [[], [3]], '3l'],
    [[[1, 2], [3]], [[2], [3, 9]], '1h 2hl 3hl 9l'],
    [
      [[1], [], [5]],
      [
        [1, 2, 3, 4],
        [5, 6],
      ],
      '1hl 2l 3l 4l 5hl 6l',
    ],
    [[[7, 8]], [[1], [2], [8]], '1l 2l 7h 8hl'],
  ];
  for (const [hpos, legacy, expected] of cases) {
    assert.equal((await paired(hpos, legacy)).join(' '), expected);
  }
});

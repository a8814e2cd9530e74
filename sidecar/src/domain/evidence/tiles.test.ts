import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  judgeTile,
  parseTilePath,
  tileFileCount,
  tilePath,
  tilesGrown,
  tileWidthAt,
} from './tiles.ts';

test('writes the paths of the C2SP examples', () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(tilePath({ level: 1, index: 0, width: 17 }), 'tile/1/000.p/17');
  assert.equal(tilePath({ level: 'entries', index: 999, width: 256 }), 'tile/entries/999');
  assert.equal(tilePath({ level: 'entries', index: 1000, width: 1 }), 'tile/entries/x001/000.p/1');
});

test('reads back every path it writes and no other spelling', () => {
  for (const level of ['entries', 0, 7, 63] as const) {
    for (const index of [0, 1, 255, 999, 1000, 999_999, 1_000_000, 1_234_067, 123_456_789_012]) {
      for (const width of [1, 9, 10, 255, 256]) {
        assert.deepEqual(parseTilePath(tilePath({ level, index, width })), { level, index, width });
      }
    }
  }
  for (const path of [
    'tile/0/x000/001',
    'tile/00/001',
    'tile/64/001',
    'tile/0/1',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/01',
    'tile/0/001/',
    '/tile/0/001',
    'tile/-1/001',
    'tile/0/x001/../001',
    'checkpoint',
  ]) {
    assert.equal(parseTilePath(path), undefined, path);
  }
});

test('a tree of 70,000 has the tiles the specification counts', () => {
  const paths = [...tilesGrown(0, 70_000)].map(tilePath);
  const hashTiles = paths.filter((path) => !path.startsWith('tile/entries/'));
  assert.equal(hashTiles.filter((path) => /^tile\/0\/[x\d/]+$/.test(path)).length, 273);
  assert.deepEqual(
    hashTiles.filter((path) => path.includes('.p/') || !path.startsWith('tile/0/')),
    ['tile/0/273.p/112', 'tile/1/000', 'tile/1/001.p/17', 'tile/2/000.p/1'],
  );
  assert.equal(paths.length, 551);
  assert.equal(tileFileCount(70_000), 551);
  assert.deepEqual([...tilesGrown(0, 256)].map(tilePath), [
    'tile/entries/000',
    'tile/0/000',
    'tile/1/000.p/1',
  ]);
});

test('growing in steps leaves exactly the files of the final size', () => {
  const sizes = [0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 65_800];
  const files = new Set<string>();
  for (let step = 1; step < sizes.length; step += 1) {
    const [older, newer] = [sizes[step - 1] as number, sizes[step] as number];
    for (const id of tilesGrown(older, newer)) files.add(tilePath(id));
    for (const path of files) {
      if (judgeTile(parseTilePath(path) ?? assert.fail(path), newer) !== 'needed')
        files.delete(path);
    }
    assert.deepEqual(
      [...files].sort(),
      [...tilesGrown(0, newer)].map(tilePath).sort(),
      `size ${newer}`,
    );
    assert.equal(files.size, tileFileCount(newer));
  }
  assert.equal(tileWidthAt(1, 1, 65_800), 1);
  assert.equal(tileWidthAt(2, 0, 65_535), 0);
});

test('keeps partial tiles of earlier checkpoints until their tile is full', () => {
  const judge = (width: number, size: number): string =>
    judgeTile({ level: 0, index: 1, width }, size);
  assert.equal(judge(44, 300), 'needed');
  assert.equal(judge(43, 300), 'older');
  assert.equal(judge(45, 300), 'ahead');
  assert.equal(judge(256, 300), 'ahead');
  assert.equal(judge(44, 512), 'outgrown');
  assert.equal(judge(44, 256), 'ahead');
});

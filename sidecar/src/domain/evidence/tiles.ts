/**
 * Path arithmetic of C2SP tlog-tiles: which files a tree of a given size consists of, and which of
 * them differ between two sizes. Nothing here touches a file.
 */

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;

/** `'entries'` for bundles of entries, else the level of a hash tile. */
export type TileLevel = number | 'entries';

export interface TileId {
  readonly level: TileLevel;
  readonly index: number;
  /** 1–256; 256 is a full tile and has no `.p/W` suffix. */
  readonly width: number;
}

/** 1234067 → `x001/x234/067`. */
function indexPath(index: number): string {
  let path = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return path;
}

/** Path of a tile or bundle below the log's folder. */
export function tilePath({ level, index, width }: TileId): string {
  const path = `tile/${level}/${indexPath(index)}`;
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}

const TILE_PATH =
  /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x\d{3}\/)*)(\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The tile of a path, or `undefined` when the path is not one that `tilePath` prints. */
export function parseTilePath(path: string): TileId | undefined {
  const match = TILE_PATH.exec(path);
  if (match === null) return undefined;
  const [, levelText, upper, lowest, widthText] = match;
  const index = Number(`${(upper ?? '').replaceAll(/[x/]/g, '')}${lowest}`);
  const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
  const id = {
    level: levelText === 'entries' ? 'entries' : Number(levelText),
    index,
    width,
  } as const;
  if (!Number.isSafeInteger(index) || (widthText !== undefined && width >= TILE_WIDTH))
    return undefined;
  return tilePath(id) === path ? id : undefined;
}

/** Levels a tree of `size` has tiles on: 0 for an empty tree, 1 up to 255 entries, 2 from 256. */
export function levelCount(size: number): number {
  let levels = 0;
  for (let rest = size; rest >= 1; rest = Math.floor(rest / TILE_WIDTH)) levels += 1;
  return levels;
}

/** Hashes on a level in all: floor(size / 256^level). Entries count as level 0. */
export function hashesOn(level: TileLevel, size: number): number {
  return level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);
}

/** Width of tile `index` on `level` in a tree of `size`; 0 when the tree has no such tile. */
export function tileWidthAt(level: TileLevel, index: number, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesOn(level, size) - index * TILE_WIDTH));
}

/** Every tile and bundle of a tree of `newer` entries that a tree of `older` entries did not have. */
export function* tilesGrown(older: number, newer: number): Generator<TileId> {
  const levels: TileLevel[] = ['entries'];
  for (let level = 0; level < levelCount(newer); level += 1) levels.push(level);
  for (const level of levels) {
    const before = hashesOn(level, older);
    const after = hashesOn(level, newer);
    if (before === after) continue;
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after; index += 1) {
      yield { level, index, width: Math.min(TILE_WIDTH, after - index * TILE_WIDTH) };
    }
  }
}

/**
 * What a path is to a log of `size` entries: `needed` by its checkpoint; `older`, a partial tile of
 * an earlier checkpoint, kept until the tile is full; `outgrown`, a partial tile of a tile that is
 * full by now; `ahead` of the checkpoint.
 */
export function judgeTile(id: TileId, size: number): 'needed' | 'older' | 'outgrown' | 'ahead' {
  const width = tileWidthAt(id.level, id.index, size);
  if (id.width === width) return 'needed';
  if (id.width > width) return 'ahead';
  return width === TILE_WIDTH ? 'outgrown' : 'older';
}

/** How many files (tiles and bundles) a tree of `size` consists of. */
export function tileFileCount(size: number): number {
  let files = Math.ceil(size / TILE_WIDTH);
  for (let level = 0; level < levelCount(size); level += 1) {
    files += Math.ceil(hashesOn(level, size) / TILE_WIDTH);
  }
  return files;
}

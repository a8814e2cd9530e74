// What changed between two scans, and what a map is in short.
import type { ScanChange } from '../../contract/data-map.ts';
import type { DataClass } from '../../contract/scope.ts';
import { canonicalHash } from '../evidence/canonical-json.ts';
import type { PlaceState } from './place-state.ts';

export type MapEntry = {
  readonly id: string;
  readonly state: PlaceState;
  readonly classes: readonly DataClass[];
};

/** New blind spots first. */
export function compareScans(
  before: readonly MapEntry[],
  after: readonly MapEntry[],
): ScanChange[] {
  const known = new Map(before.map((entry) => [entry.id, entry]));
  const found = new Set(after.map(({ id }) => id));
  const changes = after.flatMap((entry): ScanChange[] => {
    const kind = changeOf(known.get(entry.id), entry);
    return kind === null ? [] : [{ kind, place: entry.id, classes: [...entry.classes] }];
  });
  const gone = before
    .filter(({ id }) => !found.has(id))
    .map(({ id, classes }): ScanChange => ({ kind: 'gone', place: id, classes: [...classes] }));
  return [...changes, ...gone].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const ORDER: readonly ScanChange['kind'][] = [
  'new_blind_spot',
  'new_place',
  'classes_changed',
  'now_mapped',
  'gone',
];

function changeOf(before: MapEntry | undefined, after: MapEntry): ScanChange['kind'] | null {
  if (before === undefined) return after.state === 'blind_spot' ? 'new_blind_spot' : 'new_place';
  if (before.state !== 'blind_spot' && after.state === 'blind_spot') return 'new_blind_spot';
  if (before.state === 'blind_spot' && after.state === 'mapped') return 'now_mapped';
  const same = before.classes.toSorted().join() === after.classes.toSorted().join();
  return same ? null : 'classes_changed';
}

/** SHA-256 of the map as canonical JSON, by place: anyone who has the map can tell that it is the one in the log. */
export function hashOfMap(entries: readonly MapEntry[]): string {
  return canonicalHash(
    entries
      .map(({ id, state, classes }) => ({ id, state, classes: classes.toSorted() }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
}

export type MapCounts = { mapped: number; ignored: number; blind_spots: number };

export function countMap(entries: readonly Pick<MapEntry, 'state'>[]): MapCounts {
  const count = (state: PlaceState): number =>
    entries.filter((entry) => entry.state === state).length;
  return { mapped: count('mapped'), ignored: count('ignored'), blind_spots: count('blind_spot') };
}

/** Mapped and ignored of all places in per cent, one decimal, rounded down: 100 means that nothing is left. */
export function coverageOf({ mapped, ignored, blind_spots }: MapCounts): number {
  const places = mapped + ignored + blind_spots;
  return places === 0 ? 100 : Math.floor(((mapped + ignored) * 1_000) / places) / 10;
}

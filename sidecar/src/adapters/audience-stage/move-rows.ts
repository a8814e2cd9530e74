// Brings rows to the people they belong to by now.
import type { DatabaseSync } from 'node:sqlite';
import type { Owner } from '../../domain/audience/staged-row.ts';
import { firstKey, KEY_LANES } from './lane-of-owner.ts';
import type { LaneId, Move, StagedRows } from './staged-rows.ts';
import { MOVED_ACCOUNTS, MOVED_KEYS, PAIRED } from './stage-statements.ts';
import { mergeFrom, numberFrom, ownerFrom } from './stage-values.ts';

type Sorting = {
  readonly db: DatabaseSync;
  readonly rows: StagedRows;
  readonly moved: (owner: Owner) => Move | undefined;
};

/** In steps. */
export function* sortRows(sorting: Sorting): Iterable<undefined> {
  for (const { lane, moves } of movedAccounts(sorting)) {
    sorting.rows.moveFrom(lane, (owner) => moves.get(owner));
    yield;
  }
  for (let lane = 0; lane < KEY_LANES; lane += 1) {
    const moves = movedKeys(sorting.db, lane);
    const paired = pairedRows(sorting, lane);
    if (moves.size === 0 && paired.size === 0) continue;
    sorting.rows.moveFrom(
      { of: 'key', lane },
      (owner, place) => paired.get(place) ?? moves.get(owner),
    );
    yield;
  }
}

function* movedAccounts({
  db,
  rows,
}: Sorting): Iterable<{ lane: LaneId; moves: Map<Owner, Move> }> {
  let lane: LaneId | null = null;
  let moves = new Map<Owner, Move>();
  for (const row of db.prepare(MOVED_ACCOUNTS).all()) {
    const { from, ...move } = mergeFrom(row);
    const of = rows.laneOf(from);
    if (lane !== null && of.lane !== lane.lane) {
      yield { lane, moves };
      moves = new Map();
    }
    lane = of;
    moves.set(from, move);
  }
  if (lane !== null) yield { lane, moves };
}

function movedKeys(db: DatabaseSync, lane: number): Map<Owner, Move> {
  const moves = new Map<Owner, Move>();
  for (const row of db.prepare(MOVED_KEYS).all(firstKey(lane), firstKey(lane + 1))) {
    const { from, ...move } = mergeFrom(row);
    moves.set(from, move);
  }
  return moves;
}

/** By the place of the row: it goes to whoever the leading copy's person is by now. */
function pairedRows({ db, moved }: Sorting, lane: number): Map<number, Move> {
  const moves = new Map<number, Move>();
  for (const row of db.prepare(PAIRED).all(firstKey(lane), firstKey(lane + 1))) {
    const lead = ownerFrom(row['lead']);
    moves.set(numberFrom(row['place']), moved(lead) ?? { into: lead, via: null });
  }
  return moves;
}

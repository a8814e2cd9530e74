// The rows of one stage in lanes by owner, and how they get from one owner to another when people are joined.
import type { Reason } from '../../contract/audience.ts';
import type { Owner } from '../../domain/audience/staged-row.ts';
import type { StagedEntry } from '../../use-cases/ports/audience-stage.ts';
import { keyLane, KEY_LANES, makeAccountLanes } from './lane-of-owner.ts';
import {
  putRecord,
  putRow,
  recordLength,
  recordOwner,
  recordPlace,
  recordText,
} from './row-records.ts';
import type { SpillFile } from './spill-file.ts';
import { makeSpillLanes, type SpillLanes } from './spill-lanes.ts';

/** Of each of some hundreds of lanes. */
const PIECE = 16 * 1_024;

/** Rows of the accounts' or of the keys' lanes. */
export type LaneId = { readonly of: 'account' | 'key'; readonly lane: number };

/** Rows of one lane by owner: where their records begin in `bytes`, in the order the rows were staged. */
export type LaneGroups = { readonly bytes: Buffer; readonly owners: Map<Owner, number[]> };

export type Move = { readonly into: Owner; readonly via: Reason['via'] | null };

export interface StagedRows {
  knowAccount(userId: number): void;
  add(entries: readonly StagedEntry[]): void;
  size(): number;
  laneOf(owner: Owner): LaneId;
  /** All lanes, in the order of people. */
  lanes(): Iterable<LaneId>;
  groups(lane: LaneId): LaneGroups;
  /** Moves the rows of a lane for which `moveOf` knows another owner. */
  moveFrom(lane: LaneId, moveOf: (owner: Owner, place: number) => Move | undefined): void;
  /** Moves everything of one owner, without writing his lane anew: what is left there is passed over from now on. */
  moveOne(owner: Owner, move: Move): void;
}

export function makeStagedRows(file: SpillFile): StagedRows {
  const accountLanes = makeAccountLanes();
  const lanes: Record<LaneId['of'], SpillLanes> = {
    account: makeSpillLanes(file, PIECE),
    key: makeSpillLanes(file, PIECE),
  };
  /** Owners whose rows were copied away. */
  const left = new Set<Owner>();
  let size = 0;

  function laneOf(owner: Owner): LaneId {
    return typeof owner === 'number'
      ? { of: 'account', lane: accountLanes.lane(owner) }
      : { of: 'key', lane: keyLane(owner) };
  }

  function groups({ of, lane }: LaneId): LaneGroups {
    const bytes = lanes[of].read(lane);
    const owners = new Map<Owner, number[]>();
    let moved = false;
    let last = 0;
    for (let at = 0; at < bytes.length; at += recordLength(bytes, at)) {
      const owner = recordOwner(bytes, at);
      const records = owners.get(owner);
      if (records === undefined) owners.set(owner, [at]);
      else records.push(at);
      // Only rows that came from another lane stand behind later ones.
      moved ||= recordPlace(bytes, at) < last;
      last = recordPlace(bytes, at);
    }
    for (const owner of left) owners.delete(owner);
    if (moved) {
      for (const records of owners.values()) {
        records.sort((one, other) => recordPlace(bytes, one) - recordPlace(bytes, other));
      }
    }
    return { bytes, owners };
  }

  function copy(bytes: Buffer, at: number, { into, via }: Move): void {
    const to = laneOf(into);
    putRecord(lanes[to.of], to.lane, {
      owner: into,
      place: recordPlace(bytes, at),
      via,
      text: recordText(bytes, at),
    });
  }

  return {
    knowAccount: accountLanes.add,
    add: (entries) => {
      for (const { owner, row } of entries) {
        size += 1;
        if (typeof owner === 'number') {
          putRow(lanes.account, accountLanes.lane(owner), { owner, place: size, row });
        } else {
          putRow(lanes.key, keyLane(owner), { owner, place: size, row });
        }
      }
    },
    size: () => size,
    laneOf,
    lanes: function* () {
      for (let lane = 0; lane < accountLanes.count(); lane += 1) yield { of: 'account', lane };
      for (let lane = 0; lane < KEY_LANES; lane += 1) yield { of: 'key', lane };
    },
    groups,
    moveFrom: ({ of, lane }, moveOf) => {
      const bytes = lanes[of].read(lane);
      lanes[of].clear(lane);
      let kept = 0;
      for (let at = 0; at < bytes.length;) {
        const end = at + recordLength(bytes, at);
        const move = moveOf(recordOwner(bytes, at), recordPlace(bytes, at));
        if (move !== undefined) {
          if (kept < at) lanes[of].append(lane, bytes.subarray(kept, at));
          copy(bytes, at, move);
          kept = end;
        }
        at = end;
      }
      if (kept < bytes.length) lanes[of].append(lane, bytes.subarray(kept));
    },
    moveOne: (owner, move) => {
      const { bytes, owners } = groups(laneOf(owner));
      for (const at of owners.get(owner) ?? []) copy(bytes, at, move);
      left.add(owner);
    },
  };
}

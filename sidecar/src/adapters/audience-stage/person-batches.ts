// People in the order they are to stand in, with their rows unopened, a few hundred at a time; and how such a batch is opened.
import type { BlindKey, Owner, StagedPerson, StagedRow } from '../../domain/audience/staged-row.ts';
import type { StagedBatch } from '../../use-cases/ports/audience-stage.ts';
import { openRecord, recordLength, recordOwner } from './row-records.ts';
import type { LaneGroups, StagedRows } from './staged-rows.ts';

/** People of one batch, and bytes of it: few enough to have several on the way, many enough that handing over costs little. */
const PEOPLE = 1_000;
const BYTES = 1_024 * 1_024;

export type Denials = ReadonlyMap<Owner, ReadonlySet<BlindKey>>;

const NONE: ReadonlySet<BlindKey> = new Set();

export function* personBatches(rows: StagedRows, denials: Denials): Iterable<StagedBatch> {
  let people: { owner: Owner; bytes: Buffer; records: readonly number[] }[] = [];
  let size = 0;
  for (const lane of rows.lanes()) {
    const { bytes, owners } = rows.groups(lane);
    for (const owner of inOrder(owners)) {
      const records = owners.get(owner) ?? [];
      people.push({ owner, bytes, records });
      for (const at of records) size += recordLength(bytes, at);
      if (people.length < PEOPLE && size < BYTES) continue;
      yield batchOf(people, size, denials);
      people = [];
      size = 0;
    }
  }
  if (people.length > 0) yield batchOf(people, size, denials);
}

/** Owners of one lane are all of one kind. */
function inOrder(owners: LaneGroups['owners']): Owner[] {
  const all = [...owners.keys()];
  return all.every((owner) => typeof owner === 'number') ? all.sort((a, b) => a - b) : all.sort();
}

function batchOf(
  people: readonly { owner: Owner; bytes: Buffer; records: readonly number[] }[],
  size: number,
  denials: Denials,
): StagedBatch {
  const all = Buffer.allocUnsafeSlow(size);
  const denied: [Owner, BlindKey[]][] = [];
  let end = 0;
  for (const { owner, bytes, records } of people) {
    for (const at of records) end += bytes.copy(all, end, at, at + recordLength(bytes, at));
    const keys = denials.get(owner);
    if (keys !== undefined) denied.push([owner, [...keys]]);
  }
  return { bytes: new Uint8Array(all.buffer), denied };
}

export function* openBatch({ bytes, denied }: StagedBatch): Iterable<StagedPerson> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const denials = new Map(denied.map(([owner, keys]) => [owner, new Set(keys)]));
  let owner: Owner | null = null;
  let rows: StagedRow[] = [];
  const person = (of: Owner): StagedPerson => ({
    owner: of,
    rows,
    denied: denials.get(of) ?? NONE,
  });
  for (let at = 0; at < all.length; at += recordLength(all, at)) {
    const of = recordOwner(all, at);
    if (of !== owner) {
      if (owner !== null) yield person(owner);
      owner = of;
      rows = [];
    }
    rows.push(openRecord(all, at));
  }
  if (owner !== null) yield person(owner);
}

/** One person of a lane; null when nothing there is his. */
export function personOf(
  { bytes, owners }: LaneGroups,
  owner: Owner,
  denials: Denials,
): StagedPerson | null {
  const records = owners.get(owner);
  if (records === undefined) return null;
  return {
    owner,
    rows: records.map((at) => openRecord(bytes, at)),
    denied: denials.get(owner) ?? NONE,
  };
}

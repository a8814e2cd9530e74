// Rows as records in lanes: who a row belongs to and when it came stand before the row itself, so that rows are grouped and
// moved without being opened.
//
// | bytes    | what                                                                          |
// | -------- | ----------------------------------------------------------------------------- |
// | 0–3      | length of the whole record                                                    |
// | 4–7      | place of the row among all rows, from 1                                       |
// | 8        | 1 + how it was tied to its owner by a merge; 0 when it was not                |
// | 9        | length of the owner's key; 0 for an account                                   |
// | 10–      | user id as a double, or the key in ASCII; then the row as text (pack-row.ts)   |
import type { Reason } from '../../contract/audience.ts';
import type { Owner, StagedRow } from '../../domain/audience/staged-row.ts';
import { packRow, unpackRow } from './pack-row.ts';
import type { SpillLanes } from './spill-lanes.ts';

const LENGTH = 0;
const PLACE = 4;
const VIA = 8;
const KEY_LENGTH = 9;
const OWNER = 10;

const TIES: readonly Reason['via'][] = [
  'account',
  'order',
  'same_account',
  'same_order',
  'same_address',
  'account_address',
  'gateway_id',
  'same_contact',
  'reviewer',
  'listed',
  'row',
];

/** Appends one row. `via`: null when it stands as it was staged. */
export function putRecord(
  lanes: SpillLanes,
  lane: number,
  entry: { owner: Owner; place: number; via: Reason['via'] | null; text: string },
): void {
  const { owner, text } = entry;
  const keyLength = typeof owner === 'number' ? 0 : owner.length;
  const head = OWNER + (keyLength === 0 ? 8 : keyLength);
  // No character of UTF-16 takes more than three bytes in UTF-8.
  const { bytes, at } = lanes.room(lane, head + 3 * text.length);
  bytes.writeUInt32LE(entry.place, at + PLACE);
  bytes[at + VIA] = entry.via === null ? 0 : 1 + TIES.indexOf(entry.via);
  bytes[at + KEY_LENGTH] = keyLength;
  if (typeof owner === 'number') bytes.writeDoubleLE(owner, at + OWNER);
  else bytes.write(owner, at + OWNER, keyLength, 'latin1');
  const length = head + bytes.write(text, at + head, 'utf8');
  bytes.writeUInt32LE(length, at + LENGTH);
  lanes.used(lane, length);
}

export function putRow(
  lanes: SpillLanes,
  lane: number,
  entry: { owner: Owner; place: number; row: StagedRow },
): void {
  putRecord(lanes, lane, { ...entry, via: null, text: packRow(entry.row) });
}

export const recordLength = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at + LENGTH);

export const recordPlace = (bytes: Buffer, at: number): number => bytes.readUInt32LE(at + PLACE);

export function recordOwner(bytes: Buffer, at: number): Owner {
  const keyLength = bytes[at + KEY_LENGTH] ?? 0;
  if (keyLength === 0) return bytes.readDoubleLE(at + OWNER);
  return bytes.toString('latin1', at + OWNER, at + OWNER + keyLength);
}

/** The row itself, as text. */
export function recordText(bytes: Buffer, at: number): string {
  const keyLength = bytes[at + KEY_LENGTH] ?? 0;
  const head = OWNER + (keyLength === 0 ? 8 : keyLength);
  return bytes.toString('utf8', at + head, at + recordLength(bytes, at));
}

/** A merge's word on how a row was tied counts before what it was staged with. */
export function openRecord(bytes: Buffer, at: number): StagedRow {
  const row = unpackRow(recordText(bytes, at));
  const via = TIES[(bytes[at + VIA] ?? 0) - 1];
  return via === undefined ? row : { ...row, via };
}

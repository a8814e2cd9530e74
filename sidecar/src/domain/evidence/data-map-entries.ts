/** What the evidence log says of the data map: names are digests, reasons are commitments. */
import type { Hash, Id } from './entry-data.ts';

/** A finished walk of the shop's database. `hash` is SHA-256 of the map's canonical JSON: names of places, states and classes. */
export interface DataMapScanned {
  readonly scan_id: Id;
  readonly tables: number;
  readonly places: number;
  readonly mapped: number;
  readonly ignored: number;
  readonly blind_spots: number;
  /** Parts of the schema that could not be read. */
  readonly unread: number;
  readonly hash: Hash;
}

/** A source mapped by hand. `places` are those it covers; `hash` is SHA-256 of the source's canonical JSON. */
export interface DataMapMapped {
  readonly source_id: Id;
  readonly hash: Hash;
  readonly places: readonly Id[];
  /** Keyed commitment to what the person wrote as a reason. */
  readonly content: Hash;
}

export interface DataMapIgnored {
  readonly place: Id;
  /** Keyed commitment to the place and what the person wrote as a reason. */
  readonly content: Hash;
}

/** An earlier decision taken back. */
export interface DataMapUnignored {
  readonly place: Id;
  readonly content: Hash;
}

export interface DataMapEntries {
  'data_map.scanned': DataMapScanned;
  'data_map.mapped': DataMapMapped;
  'data_map.ignored': DataMapIgnored;
  'data_map.unignored': DataMapUnignored;
}

// Tables about who is one human, and who may read people at the command line; conventions as in ledger-tables.ts.

type Bytes = Uint8Array;

export type IdentityTables = {
  /**
   * The number of each person by his blind key (16 bytes), which is the same in every audience of the incident. Beside
   * `people`, and written in the order of keys: an index over keys there, in the order of numbers, would write each of
   * its pages again and again. Audiences frozen by a sidecar before schema version 2 have none.
   */
  people_keys: { audience_id: string; person_key: Bytes; number: number };
  /** People of one audience who may be one human, counted apart meanwhile. */
  hints: {
    audience_id: string;
    /** Place among the hints of the audience, from 0. */
    id: number;
    /** phone, loose_address, name_postcode, gateway_id */
    kind: string;
    /** People in the group. */
    size: number;
    /** Their numbers, ascending, at most 20 of them. */
    people_json: string;
  };
  /** What reviewers decided about who is one human. A decision that was taken back stays, with `undone_at`. */
  identity_decisions: {
    id: string;
    incident_id: string;
    /** merge, keep_apart, split */
    kind: string;
    /** Blind keys of the people, hex. */
    people_json: string;
    /** How many rows a split takes away. */
    rows: number;
    /** How many of the people had an account. */
    accounts: number;
    /** JSON { reason, rows }: a row's own key may be an address. Context `identity:<id>`. */
    sealed: Bytes;
    decided_at: string;
    decided_by: string;
    undone_at: string | null;
    undone_by: string | null;
  };
  /** Keys of people and programs that read people at the command line. */
  command_keys: {
    id: string;
    name: string;
    /** The one thing it allows: resolve */
    allows: string;
    /** SHA-256 of the key, hex. */
    hash: string;
    made_at: string;
    removed_at: string | null;
  };
};

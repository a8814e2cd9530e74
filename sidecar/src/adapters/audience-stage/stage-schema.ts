// What of one stage stands in a database: who went into whom, and what is found by a key. No journal and no sync: a stage that
// met a crash is deleted, never read again. An owner is a user id (integer) or a blind key (text); SQLite sorts integers
// first.

export const STAGE_SCHEMA = `
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA cache_size = -8192;
  CREATE TABLE weak (owner NOT NULL);
  CREATE TABLE pairs (lead TEXT NOT NULL, other TEXT NOT NULL, place INTEGER NOT NULL);
  CREATE TABLE gateways (key TEXT NOT NULL, owner NOT NULL, name INTEGER NOT NULL);
  CREATE TABLE remap (src PRIMARY KEY, dst NOT NULL, via TEXT NOT NULL) WITHOUT ROWID;
`;

/** Rule 3: one order is one person, unless either address has led to an account. */
export const SETTLE_PAIRS: readonly string[] = [
  `DELETE FROM pairs
    WHERE EXISTS (SELECT 1 FROM remap WHERE src = lead) OR EXISTS (SELECT 1 FROM remap WHERE src = other)`,
  'CREATE INDEX pairs_other ON pairs (other)',
];

/** Whose own an address is: built once somebody asks. */
export const ADDRESSES = `CREATE TABLE addresses (key TEXT PRIMARY KEY, user_id INTEGER) WITHOUT ROWID`;

/** Repeated until it changes nothing: a person who went into somebody who went on goes on too. */
export const FOLLOW_CHAINS = `UPDATE remap SET dst = next.dst FROM remap AS next WHERE next.src = remap.dst`;

// Tables of one stage. No journal and no sync: a stage that met a crash is deleted, never read again. An owner is a user
// id (integer) or a blind key (text); SQLite sorts integers first. Wide rows stand apart from what is sorted and joined.

export const STAGE_SCHEMA = `
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA cache_size = -24000;
  CREATE TABLE rows (id INTEGER PRIMARY KEY, block INTEGER NOT NULL, packed BLOB NOT NULL);
  CREATE TABLE links (row_id INTEGER PRIMARY KEY, owner NOT NULL);
  CREATE TABLE weak (owner NOT NULL);
  CREATE TABLE accounts (user_id INTEGER PRIMARY KEY, key TEXT);
  CREATE TABLE uses (key TEXT NOT NULL, user_id INTEGER NOT NULL);
  CREATE TABLE pairs (lead TEXT NOT NULL, other TEXT NOT NULL, row_id INTEGER NOT NULL);
  CREATE TABLE orders (
    order_id INTEGER PRIMARY KEY, owner NOT NULL, at INTEGER, anonymised INTEGER NOT NULL, name TEXT NOT NULL
  );
  CREATE TABLE gateways (key TEXT NOT NULL, owner NOT NULL, name TEXT NOT NULL);
  CREATE TABLE remap (src PRIMARY KEY, dst NOT NULL, via TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE sorted (owner NOT NULL, row_id INTEGER NOT NULL, via TEXT, PRIMARY KEY (owner, row_id)) WITHOUT ROWID;
  CREATE TABLE person_ids (id TEXT NOT NULL, number INTEGER NOT NULL);
  CREATE TABLE terms (term TEXT NOT NULL, number INTEGER NOT NULL);
  CREATE TABLE hints (kind INTEGER NOT NULL, key INTEGER NOT NULL, number INTEGER NOT NULL);
  CREATE TABLE chosen (key TEXT NOT NULL);
`;

/**
 * Rules 1–3 of domain/audience/person-keys.ts over keys. Tables are filled unsorted and sorted here at once: filling
 * sorted ones row by row is many times slower.
 */
export const SETTLE_STEPS: readonly string[] = [
  'CREATE INDEX accounts_key ON accounts (key, user_id) WHERE key IS NOT NULL',
  // Accounts whose own addresses fold to the same: the lowest id keeps the place.
  `INSERT INTO remap
     SELECT a.user_id, d.least, 'same_address'
       FROM (SELECT key, MIN(user_id) AS least FROM accounts WHERE key IS NOT NULL
              GROUP BY key HAVING COUNT(*) > 1) AS d
       JOIN accounts AS a ON a.key = d.key AND a.user_id <> d.least`,
  'CREATE TABLE guests (key TEXT PRIMARY KEY) WITHOUT ROWID',
  "INSERT INTO guests SELECT DISTINCT owner FROM links WHERE typeof(owner) = 'text' ORDER BY owner",
  // A guest's address that is an account's own.
  `INSERT INTO remap
     SELECT g.key, MIN(a.user_id), 'account_address'
       FROM guests AS g CROSS JOIN accounts AS a ON a.key = g.key GROUP BY g.key`,
  // One that a single account alone has used for billing.
  `INSERT INTO remap
     SELECT u.key, MIN(u.user_id), 'account_address' FROM uses AS u
      WHERE EXISTS (SELECT 1 FROM guests WHERE guests.key = u.key)
        AND NOT EXISTS (SELECT 1 FROM remap WHERE remap.src = u.key)
      GROUP BY u.key HAVING MIN(u.user_id) = MAX(u.user_id)`,
  'DROP TABLE uses',
  // Rule 3: one order is one person.
  `UPDATE links SET owner = p.lead FROM pairs AS p
    WHERE links.row_id = p.row_id
      AND NOT EXISTS (SELECT 1 FROM remap WHERE src = p.lead)
      AND NOT EXISTS (SELECT 1 FROM remap WHERE src = p.other)`,
];

/** Repeated until it changes nothing: a person who went into somebody who went on goes on too. */
export const FOLLOW_CHAINS = `UPDATE remap SET dst = next.dst FROM remap AS next WHERE next.src = remap.dst`;

export const SORT_STEPS: readonly string[] = [
  `INSERT INTO sorted
     SELECT COALESCE(r.dst, l.owner), l.row_id, r.via
       FROM links AS l LEFT JOIN remap AS r ON r.src = l.owner ORDER BY 1, 2`,
];

// Tables of one stage. No journal and no sync: a stage that met a crash is deleted, never read again.

export const STAGE_SCHEMA = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA cache_size = -16000;
  CREATE TABLE accounts (
    user_id INTEGER PRIMARY KEY, owner TEXT NOT NULL, in_scope INTEGER NOT NULL,
    listed INTEGER NOT NULL, excluded INTEGER NOT NULL, sealed BLOB,
    email_key TEXT, email_state TEXT, billing_key TEXT, billing_state TEXT,
    registered_at INTEGER, country TEXT NOT NULL, classes INTEGER NOT NULL, via TEXT NOT NULL
  );
  CREATE TABLE uses (key TEXT NOT NULL, user_id INTEGER NOT NULL, PRIMARY KEY (key, user_id)) WITHOUT ROWID;
  CREATE TABLE copies (
    owner TEXT NOT NULL, in_scope INTEGER NOT NULL, listed INTEGER NOT NULL,
    excluded INTEGER NOT NULL, sealed BLOB,
    order_id INTEGER NOT NULL, store TEXT NOT NULL, user_id INTEGER NOT NULL,
    tied_by TEXT, emails TEXT NOT NULL, created_at INTEGER, country TEXT NOT NULL,
    classes INTEGER NOT NULL, via TEXT NOT NULL
  );
  CREATE TABLE listed (
    key TEXT PRIMARY KEY, owner TEXT NOT NULL, state TEXT NOT NULL, excluded INTEGER NOT NULL, sealed BLOB
  );
  CREATE TABLE chosen (owner TEXT PRIMARY KEY, key TEXT NOT NULL, user_id INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Made once all rows are in: filling sorted tables row by row is many times slower. */
export const STAGE_INDEXES: readonly string[] = [
  'CREATE INDEX accounts_email ON accounts (email_key, user_id) WHERE email_key IS NOT NULL',
  'CREATE INDEX accounts_owner ON accounts (owner, user_id)',
  'CREATE INDEX copies_tied ON copies (tied_by) WHERE user_id = 0 AND tied_by IS NOT NULL',
  'CREATE INDEX copies_owner ON copies (owner, order_id, store)',
  'CREATE INDEX copies_order ON copies (order_id, store)',
  'CREATE INDEX listed_owner ON listed (owner, key)',
];

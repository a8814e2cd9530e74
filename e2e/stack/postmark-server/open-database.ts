// Opens the server's one SQLite database and makes its tables. Everything the server must not forget over
// a restart, and everything that grows with the number of messages, is in here and not in memory.

import { DatabaseSync } from 'node:sqlite';

const TABLES = `
CREATE TABLE IF NOT EXISTS messages (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  stream TEXT NOT NULL,
  tag TEXT NOT NULL,
  track_opens INTEGER NOT NULL,
  track_links TEXT NOT NULL,
  metadata TEXT NOT NULL,
  attachment_names TEXT NOT NULL,
  headers TEXT NOT NULL,
  attachments TEXT NOT NULL,
  text_body TEXT NOT NULL,
  html_body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS message_recipients (
  email TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (email, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS message_metadata (
  name TEXT NOT NULL, value TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (name, value, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS suppressions (
  stream TEXT NOT NULL, email TEXT NOT NULL, reason TEXT NOT NULL, origin TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (stream, email)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bounces (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, type TEXT NOT NULL, email TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS bounces_by_message ON bounces (seq);
CREATE TABLE IF NOT EXISTS webhook_queue (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, event TEXT NOT NULL, recipient TEXT NOT NULL,
  bounce_id INTEGER, trace_id TEXT NOT NULL, attempt INTEGER NOT NULL, due_at INTEGER NOT NULL,
  taken INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS webhook_queue_due ON webhook_queue (taken, due_at);
`;

/**
 * Opens `file`, or a database in memory when it is undefined.
 * synchronous=OFF still survives a SIGKILL of this process (the pages are with the kernel); it only
 * gives up power-loss safety, which a test double does not need.
 */
export function openDatabase(file: string | undefined): DatabaseSync {
  const database = new DatabaseSync(file ?? ':memory:', { timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;');
  database.exec(TABLES);
  return database;
}

/** Runs `work` in one transaction and returns its value; any throw rolls back. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

// Kysely's SQLite dialect over node:sqlite, which has no dialect of its own.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteDialect, type SqliteDatabase } from 'kysely';

/**
 * Opens the file with the settings the ledger's promises rest on: WAL and synchronous=FULL, so that a commit that
 * returned survives a power cut; a busy timeout, since the command line writes beside the server.
 */
export function openSqlite(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 10_000 });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA temp_store = MEMORY');
  database.exec('PRAGMA cache_size = -8192');
  return database;
}

export function nodeSqliteDialect(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: asKyselyDatabase(database) });
}

/** Kysely prepares anew for each query; the same few hundred texts come again and again. */
const STATEMENTS_KEPT = 300;

function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    // Lists of many lengths make many texts; the oldest goes.
    if (kept.size >= STATEMENTS_KEPT) kept.delete(kept.keys().next().value ?? '');
    kept.set(sql, statement);
    return statement;
  };
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (text) => {
      // Kysely begins with a plain BEGIN, which takes the write lock at the first write: two writers that both read
      // before they write would then fail instead of waiting.
      const sql = text === 'begin' ? 'begin immediate' : text;
      const statement = prepare(sql);
      const reader = statement.columns().length > 0;
      return {
        reader,
        all: (parameters) => statement.all(...asInputs(parameters)),
        run: (parameters) => {
          const { changes, lastInsertRowid } = statement.run(...asInputs(parameters));
          return { changes, lastInsertRowid };
        },
        *iterate(parameters) {
          // A statement that is being stepped through cannot serve another query meanwhile.
          yield* database.prepare(sql).iterate(...asInputs(parameters));
        },
      };
    },
  };
}

function asInputs(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === undefined) return null;
    if (typeof value === 'boolean') return value ? 1 : 0;
    return value as SQLInputValue;
  });
}

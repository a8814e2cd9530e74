// One stage over one SQLite file. See the port for what each call promises.
import { rmSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { AudienceStage } from '../../use-cases/ports/audience-stage.ts';
import type { StagedAccount, StagedPerson } from '../../domain/audience/staged-rows.ts';
import { STAGE_INDEXES, STAGE_SCHEMA } from './stage-schema.ts';
import {
  ACCOUNT_COLUMNS,
  accountFrom,
  COPY_COLUMNS,
  copyFrom,
  encodeAddresses,
  LISTED_COLUMNS,
  listedFrom,
  number,
  text,
  type StageRow,
} from './stage-rows.ts';

const PAGE = 1_000;

/** `file` exists and is empty. */
export function openAudienceStage(file: string): AudienceStage {
  const db = new DatabaseSync(file);
  db.exec(STAGE_SCHEMA);
  const statement = preparedOnce(db);
  const insertAll = <Row>(
    sql: string,
    rows: readonly Row[],
    values: (row: Row) => SQLInputValue[],
  ): void => {
    db.exec('BEGIN');
    for (const row of rows) statement(sql).run(...values(row));
    db.exec('COMMIT');
  };
  return {
    addAccounts: (rows) => {
      insertAll(INSERT_ACCOUNT, rows, accountValues);
    },
    accountOwner: (userId) => {
      const found = statement(ACCOUNT_OWNER).get(userId);
      return found === undefined ? null : text(found['owner']);
    },
    addUses: (uses) => {
      insertAll(INSERT_USE, uses, ({ userId, key }) => [key, userId]);
    },
    addOrderCopies: (rows) => {
      insertAll(INSERT_COPY, rows, (row) => [
        ...sharedValues(row),
        row.orderId,
        row.store,
        row.userId,
        row.tiedBy,
        encodeAddresses(row.emails),
        row.createdAt,
        row.country,
        row.classes,
        row.via,
      ]);
    },
    addListed: (rows) => {
      insertAll(INSERT_LISTED, rows, (row) => [
        row.address.key,
        row.owner,
        row.address.state,
        row.excluded ? 1 : 0,
        row.sealed,
      ]);
    },
    sort: () => sortInSteps(db),
    guestAddresses: () => pagesOfKeys(statement(GUEST_ADDRESSES)),
    accountByEmail: (key) => {
      const found = statement(ACCOUNT_BY_EMAIL).get(key);
      return found === undefined ? null : number(found['user_id']);
    },
    accountsUsing: (key) =>
      statement(ACCOUNTS_USING)
        .all(key)
        .map((row) => number(row['user_id'])),
    tieGuests: (key, owner) => {
      statement(TIE_COPIES).run(owner, key);
      statement(TIE_LISTED).run(owner, key);
    },
    joinCopies: (leading) => {
      statement(JOIN_COPIES).run(leading, leading);
    },
    people: ({ sealed }) => groupByOwner(db, sealed),
    noteChosen: (rows) => {
      insertAll(INSERT_CHOSEN, rows, (row) => [row.owner, row.key, row.userId]);
    },
    sameChosen: () => sameChosen(db),
    merge: (owner, into) => {
      for (const table of ['accounts', 'copies']) {
        statement(`UPDATE ${table} SET owner = ?, via = 'same_address' WHERE owner = ?`).run(
          into,
          owner,
        );
      }
      statement('UPDATE listed SET owner = ? WHERE owner = ?').run(into, owner);
    },
    close: () => {
      if (db.isOpen) db.close();
      rmSync(file, { force: true });
    },
  };
}

const INSERT_ACCOUNT = `INSERT INTO accounts
  (owner, in_scope, listed, excluded, sealed, user_id, email_key, email_state, billing_key,
   billing_state, registered_at, country, classes, via)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const ACCOUNT_OWNER = 'SELECT owner FROM accounts WHERE user_id = ?';
const INSERT_USE = 'INSERT OR IGNORE INTO uses (key, user_id) VALUES (?, ?)';
const INSERT_COPY = `INSERT INTO copies
  (owner, in_scope, listed, excluded, sealed, order_id, store, user_id, tied_by, emails,
   created_at, country, classes, via)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const INSERT_LISTED =
  'INSERT OR IGNORE INTO listed (key, owner, state, excluded, sealed) VALUES (?, ?, ?, ?, ?)';
const INSERT_CHOSEN = 'INSERT INTO chosen (owner, key, user_id) VALUES (?, ?, ?)';
const GUEST_ADDRESSES = `SELECT key FROM (
    SELECT * FROM (SELECT DISTINCT tied_by AS key FROM copies
      WHERE user_id = 0 AND tied_by IS NOT NULL AND tied_by > ?1 ORDER BY tied_by LIMIT ${PAGE})
    UNION
    SELECT * FROM (SELECT key FROM listed WHERE key > ?1 ORDER BY key LIMIT ${PAGE})
  ) ORDER BY key LIMIT ${PAGE}`;
const ACCOUNT_BY_EMAIL =
  'SELECT user_id FROM accounts WHERE email_key = ? ORDER BY user_id LIMIT 1';
const ACCOUNTS_USING = 'SELECT user_id FROM uses WHERE key = ? ORDER BY user_id LIMIT 2';
const TIE_COPIES = `UPDATE copies SET owner = ?, via = 'account_address'
  WHERE user_id = 0 AND tied_by IS NOT NULL AND tied_by = ?`;
const JOIN_COPIES = `UPDATE copies SET owner = lead.owner
  FROM copies AS lead
  WHERE lead.order_id = copies.order_id AND lead.store = ? AND copies.store <> ?
    AND copies.user_id = 0 AND copies.tied_by IS NOT NULL AND copies.owner = copies.tied_by
    AND lead.user_id = 0 AND lead.owner = lead.tied_by AND lead.owner <> copies.owner`;
const TIE_LISTED = 'UPDATE listed SET owner = ? WHERE key = ?';

function preparedOnce(db: DatabaseSync): (sql: string) => StatementSync {
  const known = new Map<string, StatementSync>();
  return (sql) => {
    const found = known.get(sql) ?? db.prepare(sql);
    known.set(sql, found);
    return found;
  };
}

function* sortInSteps(db: DatabaseSync): Iterable<undefined> {
  for (const index of STAGE_INDEXES) {
    db.exec(index);
    yield;
  }
}

function accountValues(row: StagedAccount): SQLInputValue[] {
  return [
    ...sharedValues(row),
    row.userId,
    row.email?.key ?? null,
    row.email?.state ?? null,
    row.billing?.key ?? null,
    row.billing?.state ?? null,
    row.registeredAt,
    row.country,
    row.classes,
    row.via,
  ];
}

function sharedValues(
  row: Pick<StagedAccount, 'owner' | 'inScope' | 'listed' | 'excluded' | 'sealed'>,
): SQLInputValue[] {
  return [row.owner, row.inScope ? 1 : 0, row.listed ? 1 : 0, row.excluded ? 1 : 0, row.sealed];
}

function* pagesOfKeys(statement: StatementSync): Iterable<string[]> {
  let after = '';
  for (;;) {
    const keys = statement.all(after).map((row) => text(row['key']));
    const last = keys.at(-1);
    if (last === undefined) return;
    yield keys;
    after = last;
  }
}

/** Three readings side by side, each sorted by owner: grouping needs one person in memory, whatever the audience. */
function* groupByOwner(db: DatabaseSync, sealed: boolean): Iterable<StagedPerson> {
  const read = (table: string, columns: readonly string[], order: string): ReadAhead => {
    const wanted = columns.map((column) =>
      column === 'sealed' && !sealed ? 'NULL AS sealed' : column,
    );
    return readAhead(db.prepare(`SELECT ${wanted.join(', ')} FROM ${table} ORDER BY ${order}`));
  };
  const accounts = read('accounts', ACCOUNT_COLUMNS, 'owner, user_id');
  const copies = read('copies', COPY_COLUMNS, 'owner, order_id, store');
  const listed = read('listed', LISTED_COLUMNS, 'owner, key');
  for (;;) {
    const owners = [accounts.owner(), copies.owner(), listed.owner()].filter(
      (owner) => owner !== null,
    );
    if (owners.length === 0) return;
    const owner = owners.reduce((least, next) => (next < least ? next : least));
    yield {
      owner,
      accounts: accounts.take(owner).map(accountFrom),
      copies: copies.take(owner).map(copyFrom),
      listed: listed.take(owner).map(listedFrom),
    };
  }
}

type ReadAhead = { owner(): string | null; take(owner: string): StageRow[] };

/** The first column is the owner. Rows as arrays: objects with names cost twice the time. */
function readAhead(statement: StatementSync): ReadAhead {
  statement.setReturnArrays(true);
  const rows = statement.iterate() as unknown as Iterator<StageRow, undefined>;
  let next = rows.next();
  const owner = (): string | null => (next.done === true ? null : text(next.value[0]));
  return {
    owner,
    take: (wanted) => {
      const taken: StageRow[] = [];
      while (next.done !== true && next.value[0] === wanted) {
        taken.push(next.value);
        next = rows.next();
      }
      return taken;
    },
  };
}

function* sameChosen(db: DatabaseSync): Iterable<{ owner: string; into: string }> {
  const rows = db
    .prepare(
      `SELECT owner, key FROM chosen WHERE key IN (SELECT key FROM chosen GROUP BY key HAVING COUNT(*) > 1)
       ORDER BY key, user_id = 0, user_id, owner`,
    )
    .iterate();
  let into: { owner: string; key: string } | null = null;
  for (const row of rows) {
    const here = { owner: text(row['owner']), key: text(row['key']) };
    if (into?.key === here.key) yield { owner: here.owner, into: into.owner };
    else into = here;
  }
}

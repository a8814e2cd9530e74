// One stage over one SQLite file. See the port for what each call promises.
import { hash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Owner, StagedPerson, StagedRow } from '../../domain/audience/staged-row.ts';
import type { AudienceStage, Merge } from '../../use-cases/ports/audience-stage.ts';
import { readGroups, type GroupRow } from './read-groups.ts';
import {
  HINT_KINDS,
  hintGroups,
  sharedGatewayIds,
  personIdPages,
  termPages,
} from './read-notes.ts';
import { makeRowSealer } from './seal-rows.ts';
import {
  ACCOUNT,
  ACCOUNT_OF_KEY,
  ANYBODY,
  INSERT_ORDER,
  ONE_PERSON,
  ORDER,
  REMAPPED,
  SHARED_CHOICES,
  UPSERT_REMAP,
  WEAK_OWNERS,
} from './stage-statements.ts';
import { numberFrom, orderFrom, ownerFrom } from './stage-values.ts';
import { FOLLOW_CHAINS, SETTLE_STEPS, SORT_STEPS, STAGE_SCHEMA } from './stage-schema.ts';

const PAGE = 5_000;

/** `file` exists and is empty. */
export function openAudienceStage(file: string): AudienceStage {
  const db = new DatabaseSync(file);
  db.exec(STAGE_SCHEMA);
  const sealer = makeRowSealer();
  const statement = preparedOnce(db);
  const seed = randomBytes(16).toString('hex');
  const denied = new Map<Owner, Set<string>>();
  const none: ReadonlySet<string> = new Set();
  let rows = 0;
  let pendingNotes = 0;

  function insertAll<Item>(
    sql: string,
    items: readonly Item[],
    values: (item: Item) => SQLInputValue[],
  ): void {
    if (items.length === 0) return;
    const insert = statement(sql);
    db.exec('BEGIN');
    for (const item of items) insert.run(...values(item));
    db.exec('COMMIT');
  }

  /** The sort's word on how a row was tied counts before what it was staged with. */
  function openRow({ block, packed, via }: GroupRow): StagedRow {
    const row = sealer.open({ block, packed });
    return via === null ? row : { ...row, via: via as StagedRow['via'] };
  }

  function personOf(owner: Owner, found: readonly GroupRow[]): StagedPerson {
    return { owner, rows: found.map(openRow), denied: denied.get(owner) ?? none };
  }

  function applyMerges(merges: readonly Merge[]): void {
    insertAll(UPSERT_REMAP, merges, ({ from, into, via }) => [from, into, via]);
    while (Number(db.prepare(FOLLOW_CHAINS).run().changes) > 0);
  }

  function ownerNow(owner: Owner): Owner {
    const found = statement(REMAPPED).get(owner);
    return found === undefined ? owner : ownerFrom(found['dst']);
  }

  /** Noted rows are written in transactions of thousands: one for each would be most of the time. */
  function inNotes(): void {
    if (pendingNotes === 0) db.exec('BEGIN');
    pendingNotes += 1;
    if (pendingNotes < PAGE) return;
    endNotes();
  }
  function endNotes(): void {
    if (pendingNotes > 0) db.exec('COMMIT');
    pendingNotes = 0;
  }

  return {
    add: (entries) => {
      if (entries.length === 0) return;
      const sealed = sealer.seal(entries.map(({ row }) => row));
      const insertRow = statement('INSERT INTO rows (id, block, packed) VALUES (?, ?, ?)');
      const insertLink = statement('INSERT INTO links (row_id, owner) VALUES (?, ?)');
      const insertWeak = statement('INSERT INTO weak (owner) VALUES (?)');
      db.exec('BEGIN');
      entries.forEach(({ owner, weak }, place) => {
        rows += 1;
        const { block, packed } = sealed[place] ?? { block: 0, packed: new Uint8Array() };
        insertRow.run(rows, block, packed);
        insertLink.run(rows, owner);
        if (weak) insertWeak.run(owner);
      });
      db.exec('COMMIT');
    },
    size: () => rows,
    addAccounts: (accounts) => {
      insertAll('INSERT INTO accounts (user_id, key) VALUES (?, ?)', accounts, (account) => [
        account.userId,
        account.key,
      ]);
    },
    accountExists: (userId) => statement(ACCOUNT).get(userId) !== undefined,
    addUses: (uses) => {
      insertAll('INSERT INTO uses (key, user_id) VALUES (?, ?)', uses, (use) => [
        use.key,
        use.userId,
      ]);
    },
    addCopyPairs: (pairs) => {
      insertAll('INSERT INTO pairs (lead, other, row_id) VALUES (?, ?, ?)', pairs, (pair) => [
        pair.lead,
        pair.other,
        pair.row,
      ]);
    },
    addOrders: (orders) => {
      insertAll(INSERT_ORDER, orders, (order) => [
        order.orderId,
        order.owner,
        order.at,
        order.anonymised ? 1 : 0,
        order.name,
      ]);
    },
    order: (orderId) => orderFrom(orderId, statement(ORDER).get(orderId)),
    addGatewayIds: (ids) => {
      insertAll('INSERT INTO gateways (key, owner, name) VALUES (?, ?, ?)', ids, (id) => [
        id.key,
        id.owner,
        id.name,
      ]);
    },
    settle: function* () {
      for (const step of SETTLE_STEPS) {
        db.exec(step);
        yield;
      }
      while (Number(db.prepare(FOLLOW_CHAINS).run().changes) > 0) yield;
    },
    sharedGatewayIds: () => sharedGatewayIds(db),
    merge: applyMerges,
    ownerNow,
    sort: function* () {
      for (const step of SORT_STEPS) {
        db.exec(step);
        yield;
      }
    },
    weakOwners: function* () {
      const found = db.prepare(WEAK_OWNERS).all();
      for (const row of found) yield ownerFrom(row['owner']);
    },
    person: (owner) => {
      const found = statement(ONE_PERSON).all(owner) as unknown as GroupRow[];
      return found.length === 0 ? null : personOf(owner, found);
    },
    ownerOf: (key) => {
      const account = statement(ACCOUNT_OF_KEY).get(key);
      const known = account === undefined ? key : ownerFrom(account['user_id']);
      const now = ownerNow(known);
      return statement(ANYBODY).get(now) === undefined ? null : now;
    },
    mergeSorted: (merge) => {
      applyMerges([merge]);
      statement('UPDATE sorted SET owner = ?, via = ? WHERE owner = ?').run(
        merge.into,
        merge.via,
        merge.from,
      );
    },
    deny: (owner, key) => {
      denied.set(owner, (denied.get(owner) ?? new Set()).add(key));
    },
    people: function* () {
      for (const { owner, rows: found } of readGroups(db)) yield personOf(owner, found);
    },
    note: ({ number, personId, terms, hints, chosen }) => {
      inNotes();
      statement('INSERT INTO person_ids VALUES (?, ?)').run(personId, number);
      for (const term of terms) statement('INSERT INTO terms VALUES (?, ?)').run(term, number);
      for (const [kind, term] of hints) {
        statement('INSERT INTO hints VALUES (?, ?, ?)').run(
          HINT_KINDS.indexOf(kind),
          shortKey(seed, kind, term),
          number,
        );
      }
      if (chosen !== null) statement('INSERT INTO chosen VALUES (?)').run(chosen);
    },
    personIds: function* () {
      endNotes();
      yield* personIdPages(db);
    },
    terms: function* () {
      endNotes();
      yield* termPages(db);
    },
    hints: () => {
      endNotes();
      return hintGroups(db);
    },
    countSharedChoices: () => {
      endNotes();
      return numberFrom(db.prepare(SHARED_CHOICES).get()?.['shared']);
    },
    close: () => {
      if (db.isOpen) db.close();
      rmSync(file, { force: true });
    },
  };
}

function preparedOnce(db: DatabaseSync): (sql: string) => StatementSync {
  const known = new Map<string, StatementSync>();
  return (sql) => {
    const found = known.get(sql) ?? db.prepare(sql);
    known.set(sql, found);
    return found;
  };
}

/** 48 bits of a hash under a seed that is forgotten: two people by chance are a hint too many, and no more. */
function shortKey(seed: string, kind: string, term: string): number {
  return Number.parseInt(hash('sha256', `${seed}:${kind}:${term}`).slice(0, 12), 16);
}

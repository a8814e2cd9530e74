// One stage: rows, orders and notes in lanes of a spill file, and who goes into whom in a database. See the port for what
// each call promises.
import { rmSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { BlindKey, Owner } from '../../domain/audience/staged-row.ts';
import type { AudienceStage, Merge } from '../../use-cases/ports/audience-stage.ts';
import { makeKeyedUsers } from './keyed-users.ts';
import { makeKnownAccounts } from './known-accounts.ts';
import { KEY_LANES } from './lane-of-owner.ts';
import { sortRows } from './move-rows.ts';
import { makeNotedPeople } from './noted-people.ts';
import { openBatch, personBatches, personOf } from './person-batches.ts';
import { sharedGatewayIds } from './shared-gateways.ts';
import type { SpillFile } from './spill-file.ts';
import { ADDRESSES, FOLLOW_CHAINS, SETTLE_PAIRS, STAGE_SCHEMA } from './stage-schema.ts';
import {
  ADDRESS,
  INSERT_ADDRESS,
  REMAPPED,
  UNTIE,
  UPSERT_REMAP,
  WEAK_OWNERS,
} from './stage-statements.ts';
import { mergeFrom, ownerFrom } from './stage-values.ts';
import { makeStagedOrders } from './staged-orders.ts';
import { makeStagedRows, type LaneGroups, type Move } from './staged-rows.ts';
import { tieLane } from './tie-guests.ts';

/** `database`: path of an empty file, removed at the end; `spill`: the file rows go to, closed at the end. */
export function openAudienceStage(database: string, spill: SpillFile): AudienceStage {
  const db = new DatabaseSync(database);
  db.exec(STAGE_SCHEMA);
  const statement = preparedOnce(db);
  let known = makeKnownAccounts();
  const accounts = makeKeyedUsers(spill);
  const uses = makeKeyedUsers(spill);
  const rows = makeStagedRows(spill);
  const orders = makeStagedOrders(spill);
  const denied = new Map<Owner, Set<BlindKey>>();
  /** The lane somebody was last looked up in. */
  let near: { of: string; groups: LaneGroups } | null = null;
  let addressesKnown = false;

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

  function remap(merges: readonly Merge[]): void {
    insertAll(UPSERT_REMAP, merges, ({ from, into, via }) => [from, into, via]);
  }

  const followOnce = (): boolean => Number(statement(FOLLOW_CHAINS).run().changes) > 0;

  function applyMerges(merges: readonly Merge[]): void {
    if (merges.length === 0) return;
    remap(merges);
    while (followOnce());
  }

  function moved(owner: Owner): Move | undefined {
    const found = statement(REMAPPED).get(owner);
    return found === undefined ? undefined : mergeFrom(found);
  }

  const ownerNow = (owner: Owner): Owner => moved(owner)?.into ?? owner;

  function groupsOf(owner: Owner): LaneGroups {
    const lane = rows.laneOf(owner);
    const of = `${lane.of} ${lane.lane}`;
    if (near?.of !== of) near = { of, groups: rows.groups(lane) };
    return near.groups;
  }

  /** Accounts' own addresses and guests, with the lowest user id of the former. */
  function findAddresses(): void {
    db.exec(ADDRESSES);
    for (let lane = 0; lane < KEY_LANES; lane += 1) {
      insertAll(INSERT_ADDRESS, [...accounts.lane(lane)], ([key, userId]) => [key, userId]);
      const { owners } = rows.groups({ of: 'key', lane });
      insertAll(INSERT_ADDRESS, [...owners.keys()], (key) => [key, null]);
    }
    addressesKnown = true;
  }

  return {
    add: (entries) => {
      rows.add(entries);
      const weak = entries.filter((entry) => entry.weak);
      insertAll('INSERT INTO weak (owner) VALUES (?)', weak, ({ owner }) => [owner]);
    },
    size: rows.size,
    addAccounts: (added) => {
      for (const { userId, key } of added) {
        known.add(userId, key);
        rows.knowAccount(userId);
        if (key !== null) accounts.add(key, userId);
      }
    },
    accountExists: (userId) => known.has(userId),
    addUses: (used) => {
      for (const { key, userId } of used) {
        // Whoever uses his own address says nothing new.
        if (!known.isKnownBy(userId, key)) uses.add(key, userId);
      }
    },
    addCopyPairs: (pairs) => {
      insertAll('INSERT INTO pairs (lead, other, place) VALUES (?, ?, ?)', pairs, (pair) => [
        pair.lead,
        pair.other,
        pair.row,
      ]);
    },
    addOrders: (added) => {
      for (const order of added) orders.add(order);
    },
    order: orders.find,
    addGatewayIds: (ids) => {
      insertAll('INSERT INTO gateways (key, owner, name) VALUES (?, ?, ?)', ids, (id) => [
        id.key,
        id.owner,
        id.name,
      ]);
    },
    settle: function* () {
      // Asked for while rows come, and large.
      known = makeKnownAccounts();
      for (let lane = 0; lane < KEY_LANES; lane += 1) {
        const { owners } = rows.groups({ of: 'key', lane });
        remap(tieLane({ lane, guests: owners.keys(), accounts, uses }));
        yield;
      }
      for (const step of SETTLE_PAIRS) db.exec(step);
      while (followOnce()) yield;
    },
    sharedGatewayIds: () => sharedGatewayIds(db),
    merge: applyMerges,
    untie: (key) => {
      statement(UNTIE).run(key);
    },
    ownerNow,
    sort: () => sortRows({ db, rows, moved }),
    weakOwners: function* () {
      const found = db.prepare(WEAK_OWNERS).all();
      for (const row of found) yield ownerFrom(row['owner']);
    },
    person: (owner) => personOf(groupsOf(owner), owner, denied),
    ownerOf: (key) => {
      if (!addressesKnown) findAddresses();
      const found = statement(ADDRESS).get(key);
      // A guest whose rows have gone elsewhere is no guest any more.
      if (found === undefined) return moved(key)?.into ?? null;
      return ownerNow(found['user_id'] === null ? key : ownerFrom(found['user_id']));
    },
    mergeSorted: (merge) => {
      applyMerges([merge]);
      rows.moveOne(merge.from, merge);
      near = null;
    },
    deny: (owner, key) => {
      denied.set(owner, (denied.get(owner) ?? new Set()).add(key));
    },
    people: function* () {
      for (const batch of personBatches(rows, denied)) yield* openBatch(batch);
    },
    batches: () => personBatches(rows, denied),
    ...makeNotedPeople(spill),
    close: () => {
      if (db.isOpen) db.close();
      spill.close();
      rmSync(database, { force: true });
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

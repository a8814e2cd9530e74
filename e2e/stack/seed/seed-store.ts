// Fills a store with people whose truth is known, straight through SQL: what the product finds can
// then be compared with what is there. The same seed, size and `now` give the same store.
import type { Connection } from 'mysql2/promise';
import { connectTo } from '../database-server.ts';
import type { StoreDatabase } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { inventPerson } from './invent-person.ts';
import { allotKinds } from './person-kinds.ts';
import { makeRandom } from './random.ts';
import { seedTraps } from './traps/seed-traps.ts';
import { readFreeIds, readStaff } from './store-before.ts';
import { TableWriter } from './table-writer.ts';
import type { Truth } from './truth.ts';
import { openTruth } from './truth-writer.ts';
import { writeErasedOrders } from './erased-orders.ts';
import { writePerson } from './write-person.ts';
import type { WritingContext } from './write-person.ts';

/** Set in the options table by the first seeding: a second one would break the first one's truth. */
const MARKER = 'store_in_a_box_seed';

export type SeedOptions = {
  /** Any running store; only its owner's database account is used. */
  readonly store: { readonly db: StoreDatabase };
  /** Customers to invent, 1 to 5,000,000; accounts the store has already are the staff. */
  readonly people: number;
  /** Lay the traps of traps/ beside the bulk. Default false. */
  readonly traps?: boolean;
  /** Default 1. */
  readonly seed?: number;
  /** Orders lie in the 400 days before this moment. Default: now. */
  readonly now?: Date;
  /** Where the truth goes, as NDJSON; its totals go beside it. */
  readonly truthFile: string;
  /** Told how far it is, about every 10,000 people. */
  readonly log?: (line: string) => void;
};

/** Rejects with `already_seeded` when the store has been filled before. */
export async function seedStore(options: SeedOptions): Promise<Truth> {
  const { people, store } = options;
  if (!Number.isInteger(people) || people < 1 || people > 5_000_000) {
    throw new StoreError(
      'bad_option',
      `couldn't seed the store: people must be a whole number (you gave ${people}; allowed: 1 to 5,000,000)`,
    );
  }
  const connection = await connectTo(store.db);
  try {
    await markSeeded(connection, options);
    return await fill(connection, options);
  } finally {
    await connection.end();
  }
}

async function fill(connection: Connection, options: SeedOptions): Promise<Truth> {
  const { prefix } = options.store.db;
  const { people, seed = 1, now = new Date(), log = () => {} } = options;
  const random = makeRandom(seed);
  const staff = await readStaff(connection, prefix);
  const ids = await readFreeIds(connection, prefix);
  const writer = new TableWriter(connection, prefix);
  await writer.begin();
  const truth = await openTruth(options.truthFile);
  for (const person of staff) await truth.add(person);

  const context: WritingContext = { writer, prefix, random, ids };
  let anotherGuest = 'first.guest@example.com';
  let number = 0;
  for (const kind of allotKinds(people, random)) {
    number += 1;
    const person = inventPerson({ kind, number, random, ids, now, anotherGuest });
    if (kind === 'guest' && person.truth.contact !== null) anotherGuest = person.truth.contact;
    writePerson(person, context);
    await truth.add(person.truth);
    await writer.flushFull();
    if (number % 10_000 === 0) log(`seeded ${number} of ${people} people`);
  }
  const erased = Math.max(1, Math.round(people / 100));
  writeErasedOrders({ count: erased, now, context });
  truth.totals.anonymisedOrders = erased;
  await writer.finish();
  if (options.traps === true) {
    const laid = await seedTraps(connection, { prefix, ids, now });
    for (const person of laid.people) await truth.add(person);
    truth.totals.traps = laid.figures;
    log(`laid traps for ${laid.people.length} people`);
  }
  return truth.finish();
}

async function markSeeded(connection: Connection, options: SeedOptions): Promise<void> {
  const table = `\`${options.store.db.prefix}options\``;
  const value = JSON.stringify({ people: options.people, seed: options.seed ?? 1 });
  const [result] = await connection.query(
    `INSERT IGNORE INTO ${table} (option_name, option_value, autoload) VALUES (?, ?, 'off')`,
    [MARKER, value],
  );
  if ('affectedRows' in result && result.affectedRows === 1) return;
  throw new StoreError(
    'already_seeded',
    "couldn't seed the store: it was seeded before, and its truth would no longer hold; start a new store",
  );
}

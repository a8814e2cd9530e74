// Writes the truth file while people are invented, and counts.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EVERYONE_ON_SCREEN, isFound, SHOP_ALONE } from './true-scope.ts';
import { readTruth, totalsFile } from './truth.ts';
import type { Truth, TruePerson, TruthTotals } from './truth.ts';

export type TruthWriter = {
  readonly totals: TruthTotals;
  /** Waits when the disk is slower than the inventing, so that memory stays flat. */
  readonly add: (person: TruePerson) => Promise<void>;
  readonly finish: () => Promise<Truth>;
};

/** Replaces the file. */
export async function openTruth(file: string): Promise<TruthWriter> {
  await mkdir(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { highWaterMark: 1 << 20 });
  const totals = emptyTotals();
  return {
    totals,
    add: async (person) => {
      count(totals, person);
      if (!stream.write(`${JSON.stringify(person)}\n`)) await once(stream, 'drain');
    },
    finish: async () => {
      stream.end();
      await once(stream, 'finish');
      await writeFile(totalsFile(file), `${JSON.stringify(totals, null, 2)}\n`);
      return readTruth(file);
    },
  };
}

function emptyTotals(): TruthTotals {
  return {
    people: 0,
    peopleOfShop: 0,
    staff: 0,
    withAddress: 0,
    withoutAddress: 0,
    accounts: 0,
    orders: 0,
    refunds: 0,
    anonymisedOrders: 0,
    byKind: {},
    ordersByStore: {},
    ordersByStatus: {},
    ordersByPaymentMethod: {},
    ordersByCountry: {},
    traps: null,
  };
}

function count(totals: TruthTotals, person: TruePerson): void {
  increase(totals.byKind, person.kind);
  if (person.kind === 'staff') {
    totals.staff += 1;
    return;
  }
  if (isFound(person, SHOP_ALONE)) totals.peopleOfShop += 1;
  if (!isFound(person, EVERYONE_ON_SCREEN)) return;
  totals.people += 1;
  if (person.contact === null) totals.withoutAddress += 1;
  else totals.withAddress += 1;
  if (person.userId !== null) totals.accounts += 1;
  for (const order of person.orders) {
    totals.orders += 1;
    totals.refunds += order.refundIds.length;
    increase(totals.ordersByStore, order.store);
    increase(totals.ordersByStatus, order.status);
    increase(totals.ordersByPaymentMethod, order.paymentMethod);
    increase(totals.ordersByCountry, order.country);
  }
}

function increase(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

// Reads the shop in one snapshot and stages what a scope needs of it. Rows nobody asked for stay behind: of other orders
// only those of accounts are staged, since they tell which addresses an account has used.
import type { Source } from '../contract/data-map.ts';
import type { Scope } from '../contract/scope.ts';
import { tallies, type ReadingFacts } from '../domain/audience/audience-tally.ts';
import type { ComposeBasis } from '../domain/audience/compose-person.ts';
import { classBits, classesOf, EVERY_CLASS } from '../domain/audience/held-classes.ts';
import type { IdentityRules } from '../domain/audience/identity-rules.ts';
import { accountTerm } from '../domain/audience/person-keys.ts';
import { makeScopeTest } from '../domain/audience/scope-test.ts';
import type { BlindKey } from '../domain/audience/staged-row.ts';
import { planReading } from './plan-reading.ts';
import type { AudienceStage } from './ports/audience-stage.ts';
import type { SnapshotAbout, StoreReader, StoreSnapshot } from './ports/store-reader.ts';
import type { IncidentVault } from './ports/vault.ts';
import { makeAccountStager } from './stage-accounts.ts';
import { makeNameKey, makeStagingTally, type StageContext } from './stage-context.ts';
import { stageListed } from './stage-listed.ts';
import { makeMentionStager } from './stage-mentions.ts';
import { makeOrderStager } from './stage-orders.ts';

export type StageInput = {
  scope: Scope;
  /** The sources the scope names, of those this shop has. */
  sources: readonly Source[];
  identity: IdentityRules;
  bounced: ReadonlySet<BlindKey>;
  stage: AudienceStage;
  vault: IncidentVault;
  /** False for a count: then no value of anybody is staged, not even sealed. */
  keepValues: boolean;
  /** Called with the number of rows read so far, once a page; awaited, so that it may write it down. */
  onRows: (rows: number) => Promise<void>;
};

export type StagedShop = {
  about: SnapshotAbout;
  basis: ComposeBasis;
  facts: ReadingFacts;
  rowsRead: number;
  /** Accounts that a reviewer's decision names, by person id. */
  namedAccounts: ReadonlyMap<BlindKey, number>;
};

export async function stageShop(
  deps: { store: StoreReader },
  input: StageInput,
): Promise<StagedShop> {
  return deps.store.withSnapshot((snapshot) => stageSnapshot(snapshot, input));
}

async function stageSnapshot(snapshot: StoreSnapshot, input: StageInput): Promise<StagedShop> {
  const { scope, sources, stage, vault, identity } = input;
  const test = makeScopeTest(scope);
  const tally = makeStagingTally();
  const held = sources.reduce(
    (bits, source) => bits | classBits(source.fields.flatMap((field) => field.classes)),
    0,
  );
  const context: StageContext = {
    test,
    stage,
    vault,
    keepValues: input.keepValues,
    asTheScopeSays: EVERY_CLASS & ~held,
    keepOrders: sources.length > 0,
    ownDates: sources.some(({ date }) => date !== null),
    bounced: input.bounced,
    takeUndated: scope.sources?.undated === 'take_in',
    identity,
    tally,
    nameKey: makeNameKey(vault),
  };
  let rows = 0;
  const took = async (count: number): Promise<void> => {
    rows += count;
    await input.onRows(rows);
  };
  stageListed(context);
  // Whom a reviewer joined may have nothing but the decision in common: then everybody is read.
  const plan =
    identity.merges.length > 0 ? {} : await planReading(snapshot, { scope, sources, took });
  const namedAccounts = new Map<BlindKey, number>();
  const accounts = makeAccountStager(context);
  for await (const page of snapshot.accounts(plan.accounts)) {
    accounts.add(page);
    if (identity.named.size > 0) {
      for (const { userId } of page) {
        const id = vault.blind(accountTerm(userId));
        if (identity.named.has(id)) namedAccounts.set(id, userId);
      }
    }
    await took(page.length);
  }
  const orders = makeOrderStager(context, {
    authoritative: snapshot.about.authoritative,
  });
  const products = (scope.orders?.products.length ?? 0) > 0;
  for await (const page of snapshot.orders({ ...plan.orders, products })) {
    orders.add(page);
    await took(page.length);
  }
  const mentions = makeMentionStager(context);
  if (sources.length > 0) {
    for await (const page of snapshot.mentions(sources, plan.mentions)) {
      mentions.add(page);
      await took(page.rows);
    }
  }
  const facts = orders.facts();
  return {
    about: snapshot.about,
    rowsRead: rows,
    namedAccounts,
    basis: {
      authoritative: snapshot.about.authoritative,
      asked: test.asked,
      wantsStaff: test.wantsStaff,
      bounced: input.bounced,
    },
    facts: {
      order_stores: facts.order_stores,
      anonymised_orders: facts.anonymised_orders,
      anonymised_remains: tallies(
        new Map([...tally.remains].map(([bit, count]) => [classesOf(bit)[0] ?? '', count])),
      ),
      unlinked_rows: tallies(tally.unlinked),
      unresolved_values: tallies(tally.unresolved),
      unread: [
        ...snapshot.about.missing
          .filter(({ concerns }) =>
            concerns === 'accounts' ? test.wantsAccounts : test.wantsOrders,
          )
          .map(({ code, sentence }) => ({ code, sentence })),
        ...snapshot.gaps(),
        ...accounts.unread(),
        ...facts.unread,
        ...tallies(tally.undated).map(({ key, count }) => ({
          code: 'scope.undated_rows',
          sentence: `${count} rows of ${key} have no usable date and were ${context.takeUndated ? 'taken for inside' : 'left out by'} the time window.`,
        })),
      ],
    },
  };
}

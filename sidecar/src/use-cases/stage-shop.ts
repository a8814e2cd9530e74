// Reads the shop once, in one snapshot, and stages what a scope needs of it. Rows nobody asked for stay behind: of other
// orders only those of accounts are staged, since they tell which addresses an account has used.
import type { Scope } from '../contract/scope.ts';
import type { ReadingFacts } from '../domain/audience/audience-tally.ts';
import type { ComposeBasis } from '../domain/audience/compose-person.ts';
import { makeScopeTest } from '../domain/audience/scope-test.ts';
import type { AudienceStage } from './ports/audience-stage.ts';
import type { SnapshotAbout, StoreReader } from './ports/store-reader.ts';
import type { IncidentVault } from './ports/vault.ts';
import { makeAccountStager } from './stage-accounts.ts';
import { rememberAddresses } from './stage-context.ts';
import { stageListed } from './stage-listed.ts';
import { makeOrderStager } from './stage-orders.ts';

export type StageInput = {
  scope: Scope;
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
};

export async function stageShop(
  deps: { store: StoreReader },
  input: StageInput,
): Promise<StagedShop> {
  const test = makeScopeTest(input.scope);
  const context = { ...input, test, addresses: rememberAddresses(input.vault) };
  stageListed(context);
  return deps.store.withSnapshot(async (snapshot) => {
    let rows = 0;
    const accounts = makeAccountStager(context);
    for await (const page of snapshot.accounts()) {
      accounts.add(page);
      rows += page.length;
      await input.onRows(rows);
    }
    const orders = makeOrderStager(context);
    for await (const page of snapshot.orders()) {
      orders.add(page);
      rows += page.length;
      await input.onRows(rows);
    }
    const { order_stores, anonymised_orders, unread } = orders.facts();
    return {
      about: snapshot.about,
      rowsRead: rows,
      basis: { authoritative: snapshot.about.authoritative, asked: test.asked },
      facts: {
        order_stores,
        anonymised_orders,
        unread: [
          ...snapshot.about.missing
            .filter(({ concerns }) =>
              concerns === 'accounts' ? test.wantsAccounts : test.wantsOrders,
            )
            .map(({ code, sentence }) => ({ code, sentence })),
          ...accounts.unread(),
          ...unread,
        ],
      },
    };
  });
}

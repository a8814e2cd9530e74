// Counts who a scope comes to and keeps nobody: the same reading and the same decisions as a frozen audience, under a
// key that is forgotten, with no values staged at all.
import type { AudienceCounts, Scope } from '../contract/scope.ts';
import { makeAudienceTally } from '../domain/audience/audience-tally.ts';
import { makeIdentityRules, NO_DECISIONS } from '../domain/audience/identity-rules.ts';
import type { AudienceStages } from './ports/audience-stage.ts';
import type { Deps } from './ports/deps.ts';
import type { SourceCatalogue } from './ports/source-catalogue.ts';
import type { StoreReader } from './ports/store-reader.ts';
import { resolvePeople } from './resolve-people.ts';
import { stageShop } from './stage-shop.ts';

export type CountDeps = Pick<Deps, 'vault'> & {
  store: StoreReader;
  stages: AudienceStages;
  sources: SourceCatalogue;
};

/** Reviewers' decisions and known bounces belong to one incident and do not count here. */
export async function countAudience(
  deps: CountDeps,
  input: { scope: Scope; onRows: (rows: number) => Promise<void> },
): Promise<AudienceCounts> {
  const vault = deps.vault.unlock(deps.vault.createKey());
  const sources = await deps.sources.sourcesFor(input.scope.sources);
  const identity = makeIdentityRules(NO_DECISIONS);
  const stage = deps.stages.open();
  try {
    const shop = await stageShop(deps, {
      ...input,
      sources,
      identity,
      bounced: new Set(),
      stage,
      vault,
      keepValues: false,
    });
    const tally = makeAudienceTally();
    const { basis, namedAccounts } = shop;
    for await (const { plan } of resolvePeople({ stage, vault, basis, identity, namedAccounts })) {
      tally.add(plan);
    }
    return tally.counts(shop.facts, null);
  } finally {
    stage.close();
  }
}

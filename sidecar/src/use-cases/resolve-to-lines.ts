// Resolves a scope for the command line and freezes nobody: figures first, then, if they are asked for, the people.
import type { AudienceCounts, Scope } from '../contract/scope.ts';
import { makeAudienceTally } from '../domain/audience/audience-tally.ts';
import { canonicalScope } from '../domain/audience/canonical-scope.ts';
import { checkScope } from '../domain/audience/check-scope.ts';
import { makeIdentityRules, NO_DECISIONS } from '../domain/audience/identity-rules.ts';
import { makePersonRecord } from '../domain/audience/person-record.ts';
import { requireCommandKey } from './command-keys.ts';
import { commitContent } from './commit-content.ts';
import { personLine, type PersonLine } from './person-line.ts';
import type { Acting } from './ports/acting.ts';
import type { AudienceStage, AudienceStages } from './ports/audience-stage.ts';
import type { Deps } from './ports/deps.ts';
import type { SourceCatalogue } from './ports/source-catalogue.ts';
import type { StoreReader } from './ports/store-reader.ts';
import { readIdentity } from './read-identity.ts';
import { openResolveVault, type ResolveVault } from './open-resolve-vault.ts';
import { resolvedPeople, resolvePeople } from './resolve-people.ts';
import { stageShop } from './stage-shop.ts';

export type LinesDeps = Deps & {
  store: StoreReader;
  stages: AudienceStages;
  sources: SourceCatalogue;
};

export type ResolveToLines = {
  scope: Scope;
  /** As it was shown when it was made. */
  key: string;
  /** Id or reference: its reviewers' decisions, known bounces and person ids count. Null for none. */
  incident: string | null;
  /** Ends the reading with its own reason. */
  signal: AbortSignal;
  /** What could not be read or leads to nobody, in sentences, before the first person; none when all is well. */
  onGaps?: (sentences: readonly string[]) => void;
};

/**
 * One person at a time, in the same order for the same snapshot. The evidence is written when all people are known and
 * before the first is handed out. To be read to its end or dropped. Throws `command_key.refused`, `scope.…`, `store.…`,
 * `incident.…`.
 */
export async function* resolveToLines(
  deps: LinesDeps,
  acting: Acting,
  input: ResolveToLines,
): AsyncGenerator<PersonLine> {
  const stage = deps.stages.open();
  try {
    const { vault, shop, counts } = await resolveOnce(deps, acting, {
      ...input,
      stage,
      countsOnly: false,
    });
    input.onGaps?.(gapsOf(counts));
    const { basis } = shop;
    let number = 0;
    for await (const { plan, personId } of resolvedPeople({ stage, vault, basis })) {
      input.signal.throwIfAborted();
      if (plan.staff) continue;
      yield personLine(makePersonRecord({ number, personId, plan, bounced: basis.bounced }));
      number += 1;
    }
  } finally {
    stage.close();
  }
}

/** Lines of people say nothing of who is not among them. */
function gapsOf(counts: AudienceCounts): string[] {
  return [
    ...counts.unread.map(({ sentence }) => sentence),
    ...counts.unresolved_values.map(
      ({ key, count }) => `${count} values of ${key} are there and could not be read.`,
    ),
    ...counts.unlinked_rows.map(({ key, count }) => `${count} rows of ${key} name nobody.`),
  ];
}

/** The figures alone; no value of anybody leaves the shop's database. Throws as `resolveToLines`. */
export async function resolveToCounts(
  deps: LinesDeps,
  acting: Acting,
  input: ResolveToLines,
): Promise<AudienceCounts> {
  const stage = deps.stages.open();
  try {
    const { counts } = await resolveOnce(deps, acting, { ...input, stage, countsOnly: true });
    return counts;
  } finally {
    stage.close();
  }
}

async function resolveOnce(
  deps: LinesDeps,
  acting: Acting,
  input: ResolveToLines & { stage: AudienceStage; countsOnly: boolean },
) {
  const { scope, stage, countsOnly } = input;
  const keyId = await requireCommandKey(deps, { key: input.key, allows: 'resolve' });
  checkScope(scope);
  const opened = await openResolveVault(deps, input.incident);
  const { vault } = opened;
  const sources = await deps.sources.sourcesFor(scope.sources);
  const { identity, bounced } = await knownBefore(deps, opened);
  const shop = await stageShop(deps, {
    scope,
    sources,
    identity,
    bounced,
    stage,
    vault,
    keepValues: !countsOnly,
    onRows: () => {
      input.signal.throwIfAborted();
      return Promise.resolve();
    },
  });
  const { basis, namedAccounts } = shop;
  const tally = makeAudienceTally();
  for await (const { plan } of resolvePeople({ stage, vault, basis, identity, namedAccounts })) {
    input.signal.throwIfAborted();
    tally.add(plan);
  }
  const counts = tally.counts(shop.facts, null);
  await deps.ledger.transaction((writer) =>
    writer.record({
      kind: 'people.resolved',
      acting,
      incidentId: opened.incidentId,
      data: {
        key_id: keyId,
        scope_hash: commitContent(deps.vault, opened.holder, { scope: canonicalScope(scope) }),
        count: counts.people,
        counts_only: countsOnly,
      },
    }),
  );
  return { vault, shop, counts };
}

function knownBefore(
  deps: LinesDeps,
  { vault, incidentId }: ResolveVault,
): ReturnType<typeof readIdentity> {
  if (incidentId !== null) return readIdentity(deps.ledger.tables, vault, incidentId);
  return Promise.resolve({ identity: makeIdentityRules(NO_DECISIONS), bounced: new Set() });
}

// What staging a row needs: the scope's questions, the stage, blind keys, and what a row says in figures.
import type { AudienceCounts } from '../contract/scope.ts';
import { splitTerm } from '../domain/audience/identity-decisions.ts';
import type { IdentityRules } from '../domain/audience/identity-rules.ts';
import { addressTerm } from '../domain/audience/person-keys.ts';
import { foldAddress } from '../domain/audience/fold-address.ts';
import { judgeAddress } from '../domain/audience/judge-address.ts';
import type { ClassBits } from '../domain/audience/held-classes.ts';
import type { ScopeTest } from '../domain/audience/scope-test.ts';
import { foldedName } from '../domain/audience/shipping-contact.ts';
import { makeShortHash, numberOf } from '../domain/audience/short-hash.ts';
import type { BlindKey, Owner, StagedAddress, StagedRow } from '../domain/audience/staged-row.ts';
import type { AudienceStage, StagedEntry } from './ports/audience-stage.ts';
import type { IncidentVault } from './ports/vault.ts';

export type StageContext = {
  readonly test: ScopeTest;
  readonly stage: AudienceStage;
  readonly vault: IncidentVault;
  /** False for a count: then no value of anybody is staged, not even sealed. */
  readonly keepValues: boolean;
  /** Classes that accounts and orders have lost although nothing in their rows shows it (held-classes.ts). */
  readonly asTheScopeSays: ClassBits;
  /** Rows of other sources lead to people by order id: whose each order is, and how to reach him, must be known. */
  readonly keepOrders: boolean;
  /** Some of those rows have dates of their own, and may lead to an order of any date. */
  readonly ownDates: boolean;
  /** Addresses known not to take mail. */
  readonly bounced: ReadonlySet<BlindKey>;
  /** Rows without a date count as inside the scope's window. */
  readonly takeUndated: boolean;
  readonly identity: IdentityRules;
  readonly tally: StagingTally;
  /** What tells a person's full name from others'. */
  readonly nameKey: (name: { readonly firstName: string; readonly lastName: string }) => number;
};

/** What the reading found besides people. */
export type StagingTally = {
  readonly unlinked: Map<string, number>;
  readonly unresolved: Map<string, number>;
  readonly undated: Map<string, number>;
  /** By single class bit. */
  readonly remains: Map<ClassBits, number>;
};

export function makeStagingTally(): StagingTally {
  return { unlinked: new Map(), unresolved: new Map(), undated: new Map(), remains: new Map() };
}

export function countOne(map: Map<string, number>, key: string, by = 1): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

/** Null for no address at all; without a key for an erased one, which is nobody's. */
export function stageAddress(vault: IncidentVault, value: string): StagedAddress | null {
  const state = judgeAddress(value);
  if (state === null) return null;
  if (state === 'erased') return { key: null, state, exact: '' };
  const folded = foldAddress(value);
  const key = vault.blind(addressTerm(folded));
  const text = value.trim();
  return { key, state, exact: text === folded ? '' : vault.blind(`exact:${text}`).slice(0, 8) };
}

/** The addresses among these values, with the values they come from. */
export function stageAddresses(
  vault: IncidentVault,
  values: readonly string[],
): { emails: StagedAddress[]; texts: string[] } {
  const emails: StagedAddress[] = [];
  const texts: string[] = [];
  for (const value of values) {
    const address = stageAddress(vault, value);
    if (address === null) continue;
    emails.push(address);
    texts.push(value);
  }
  return { emails, texts };
}

/** The key a person without an account is known by: his first usable address, else his first one. */
export function addressOwner(
  emails: readonly StagedAddress[],
): { key: BlindKey; weak: boolean } | null {
  const valid = emails.find(({ key, state }) => state === 'valid' && key !== null)?.key ?? null;
  if (valid !== null) return { key: valid, weak: false };
  const any = emails.find(({ key }) => key !== null)?.key ?? null;
  return any === null ? null : { key: any, weak: true };
}

/** Under a seed of the incident's, for comparing within this stage alone; 0 for no name. */
export function makeNameKey(vault: IncidentVault): StageContext['nameKey'] {
  const hash = makeShortHash(Number.parseInt(vault.blind('seed:names').slice(0, 8), 16));
  return (name) => {
    const folded = foldedName(name);
    return folded === '' ? 0 : numberOf(hash(folded));
  };
}

/** A reviewer may have said that this row is somebody else's. */
export function entryOf(
  { identity, vault, bounced }: StageContext,
  owner: Owner,
  weak: boolean,
  row: StagedRow,
): StagedEntry {
  const split = identity.splitOf(row);
  if (split === null) {
    // Whoever's own address takes no mail chooses another one, which may be somebody's.
    const silent =
      bounced.size > 0 && row.emails.some(({ key }) => key !== null && bounced.has(key));
    return { owner, weak: weak || silent, row };
  }
  return {
    owner: vault.blind(splitTerm(split)),
    weak: true,
    row: { ...row, via: 'reviewer', userId: 0 },
  };
}

export function noted(
  count: number,
  code: string,
  sentence: (count: number) => string,
): AudienceCounts['unread'] {
  return count === 0 ? [] : [{ code, sentence: sentence(count) }];
}

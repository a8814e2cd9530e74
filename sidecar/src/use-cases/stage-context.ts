// What staging a row needs: the scope's questions, the stage, blind keys, and how values are sealed.
import { addressTerm } from '../domain/audience/person-keys.ts';
import { foldAddress } from '../domain/audience/fold-address.ts';
import { judgeAddress } from '../domain/audience/judge-address.ts';
import type { ScopeTest } from '../domain/audience/scope-test.ts';
import type { BlindKey, StagedAddress } from '../domain/audience/staged-rows.ts';
import type { AudienceStage } from './ports/audience-stage.ts';
import type { IncidentVault } from './ports/vault.ts';

export type StageContext = {
  test: ScopeTest;
  stage: AudienceStage;
  vault: IncidentVault;
  keepValues: boolean;
  /** The addresses among these values; empty ones are none. */
  addresses(values: readonly string[]): StagedAddress[];
};

/** Addresses remembered: the copies of an order, and the orders of a person, mostly carry the same one. */
const REMEMBERED = 5_000;

/** Judges and keys each distinct address once in a while instead of once a row. */
export function rememberAddresses(vault: IncidentVault): StageContext['addresses'] {
  const known = new Map<string, StagedAddress | null>();
  const address = (value: string): StagedAddress | null => {
    let found = known.get(value);
    if (found === undefined) {
      if (known.size >= REMEMBERED) known.clear();
      found = stageAddress(vault, value);
      known.set(value, found);
    }
    return found;
  };
  return (values) => values.map(address).filter((found) => found !== null);
}

/** The vault's blind index as text, as the stage keeps it. */
export function blindKey(vault: IncidentVault, term: string): BlindKey {
  return Buffer.from(vault.index(term)).toString('hex');
}

/** Null for no address at all; without a key for an erased one, which is nobody's. */
function stageAddress(vault: IncidentVault, value: string): StagedAddress | null {
  const state = judgeAddress(value);
  if (state === null) return null;
  return {
    key: state === 'erased' ? null : blindKey(vault, addressTerm(foldAddress(value))),
    state,
  };
}

/** `place` names the row, so that one row's values cannot be taken for another's. */
export function sealValues(
  context: StageContext,
  place: string,
  values: unknown,
): Uint8Array | null {
  return context.keepValues ? context.vault.seal(JSON.stringify(values), place) : null;
}

export const accountPlace = (userId: number): string => `stage:account:${userId}`;
export const copyPlace = (store: string, orderId: number): string => `stage:${store}:${orderId}`;
export const listedPlace = (key: BlindKey): string => `stage:listed:${key}`;

// From staged rows to people: ties guests to accounts, joins what gateways and reviewers say is one, joins people who would
// be mailed at the same address, and hands everybody out one by one in an order that is the same for the same snapshot
// and incident.
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  composePerson,
  isInScope,
  type ComposeBasis,
  type PersonPlan,
} from '../domain/audience/compose-person.ts';
import type { IdentityRules } from '../domain/audience/identity-rules.ts';
import { joinByGateway } from '../domain/audience/join-by-gateway.ts';
import { accountTerm } from '../domain/audience/person-keys.ts';
import type { BlindKey, Owner, StagedPerson } from '../domain/audience/staged-row.ts';
import type { AudienceStage } from './ports/audience-stage.ts';
import type { IncidentVault } from './ports/vault.ts';

/** People handled between two turns of the event loop, so that requests are answered meanwhile. */
const TURN = 200;

export type ResolvedPerson = {
  readonly plan: PersonPlan;
  /** The same for the same human in every audience of the incident. */
  readonly personId: BlindKey;
};

export type ResolveInput = {
  readonly stage: AudienceStage;
  readonly vault: IncidentVault;
  readonly basis: ComposeBasis;
  readonly identity: IdentityRules;
  readonly namedAccounts: ReadonlyMap<BlindKey, number>;
};

export type GatewayConflict = { readonly owners: readonly Owner[] };

/** To be read to its end or dropped; the stage is the caller's to close. `onConflict`: people a gateway takes for one. */
export function resolvePeople(
  input: ResolveInput,
  onConflict: (conflict: GatewayConflict) => void = () => undefined,
): AsyncGenerator<ResolvedPerson> {
  return composePeople(input, () => groupPeople(input, onConflict));
}

/** The same people once more, after `resolvePeople` was read to its end over this stage. */
export function resolvedPeople(
  input: Pick<ResolveInput, 'stage' | 'vault' | 'basis'>,
): AsyncGenerator<ResolvedPerson> {
  return composePeople(input, () => Promise.resolve());
}

async function* composePeople(
  { stage, vault, basis }: Pick<ResolveInput, 'stage' | 'vault' | 'basis'>,
  begin: () => Promise<void>,
): AsyncGenerator<ResolvedPerson> {
  await begin();
  let seen = 0;
  for (const person of stage.people()) {
    seen += 1;
    if (seen % TURN === 0) await nextTurn();
    if (!isInScope(person)) continue;
    const plan = composePerson(person, basis);
    if (plan === null || plan.excluded) continue;
    yield { plan, personId: personIdOf(vault, person.owner) };
  }
}

/** Settles who is whom: people can be read from the stage then. */
export async function groupPeople(
  input: ResolveInput,
  onConflict: (conflict: GatewayConflict) => void,
): Promise<void> {
  const { stage } = input;
  for (const _step of stage.settle()) await nextTurn();
  const untied = keepApart(input);
  mergeByReviewers(input);
  for (const shared of mergeByGateways(input)) onConflict(shared);
  for (const _step of stage.sort()) await nextTurn();
  await joinSameAddress(input, untied);
}

export function personIdOf(vault: IncidentVault, owner: Owner): BlindKey {
  return typeof owner === 'number' ? vault.blind(accountTerm(owner)) : owner;
}

/** A reviewer's word stands above an address that leads to an account. The guests who were taken back. */
function keepApart({ stage, identity, namedAccounts }: ResolveInput): readonly BlindKey[] {
  const untied: BlindKey[] = [];
  for (const pair of identity.apart) {
    const [one, other] = pair.map((id) => namedAccounts.get(id) ?? id);
    if (one === undefined || other === undefined) continue;
    if (stage.ownerNow(one) !== stage.ownerNow(other)) continue;
    for (const guest of [one, other]) {
      if (typeof guest !== 'string') continue;
      stage.untie(guest);
      untied.push(guest);
    }
  }
  return untied;
}

function mergeByReviewers({ stage, identity, namedAccounts }: ResolveInput): void {
  for (const [one, other] of identity.merges) {
    const from = stage.ownerNow(namedAccounts.get(one) ?? one);
    const to = stage.ownerNow(namedAccounts.get(other) ?? other);
    if (from === to) continue;
    const [into, goes] = firstOf(from, to);
    stage.merge([{ from: goes, into, via: 'reviewer' }]);
  }
}

/** Joins what does not conflict; yields what does. */
function mergeByGateways({ stage, identity, vault }: ResolveInput): readonly GatewayConflict[] {
  const apart = (one: Owner, other: Owner): boolean =>
    identity.keptApart(personIdOf(vault, one), personIdOf(vault, other));
  const { joins, conflicts } = joinByGateway(stage.sharedGatewayIds(), apart);
  stage.merge(joins.map(({ from, into }) => ({ from, into, via: 'gateway_id' })));
  return conflicts;
}

/**
 * Rule 6. People known by a valid address of their own choose that address, and nobody else is known by it; so only the
 * others can have chosen somebody's.
 */
async function joinSameAddress(
  { stage, basis, identity, vault }: ResolveInput,
  untied: readonly BlindKey[],
): Promise<void> {
  const takenBy = new Map<BlindKey, Owner>();
  let seen = 0;
  for (const weak of both(untied, stage.weakOwners())) {
    seen += 1;
    if (seen % TURN === 0) await nextTurn();
    for (;;) {
      const person = stage.person(weak);
      const key = person === null ? null : chosenKey(person, basis);
      if (key === null) break;
      const other = whoTakes(stage, { key, weak, basis, takenBy });
      if (other === null) {
        takenBy.set(key, weak);
        break;
      }
      if (
        !identity.keptApart(personIdOf(vault, weak), personIdOf(vault, other)) &&
        !isSplit(person) &&
        !hasSilentAddress(person, basis)
      ) {
        const [into, goes] = firstOf(weak, other);
        stage.mergeSorted({ from: goes, into, via: 'same_address' });
        takenBy.set(key, into);
        break;
      }
      stage.deny(weak, key);
    }
  }
}

/** Rows a reviewer took away from somebody are not given back to him by an address. */
function isSplit(person: StagedPerson | null): boolean {
  return person?.rows.some(({ via, kind }) => via === 'reviewer' && kind !== 'listed') ?? false;
}

/** An account whose own address takes no mail is known all the same: another account's address does not make it that one. */
function hasSilentAddress(person: StagedPerson | null, basis: ComposeBasis): boolean {
  if (basis.bounced.size === 0) return false;
  return (
    person?.rows.some(
      ({ kind, emails: [own] }) =>
        kind === 'account' &&
        own !== undefined &&
        own.key !== null &&
        own.state === 'valid' &&
        basis.bounced.has(own.key),
    ) ?? false
  );
}

function* both<T>(one: Iterable<T>, other: Iterable<T>): Iterable<T> {
  yield* one;
  yield* other;
}

function chosenKey(person: StagedPerson, basis: ComposeBasis): BlindKey | null {
  return composePerson(person, basis)?.chosen?.key ?? null;
}

/** Somebody else in the audience who is reached by this address; null when nobody is. */
function whoTakes(
  stage: AudienceStage,
  input: {
    key: BlindKey;
    weak: Owner;
    basis: ComposeBasis;
    takenBy: ReadonlyMap<BlindKey, Owner>;
  },
): Owner | null {
  const { key, weak, basis, takenBy } = input;
  for (const owner of [stage.ownerOf(key), takenBy.get(key)]) {
    if (owner === null || owner === undefined || owner === weak) continue;
    const now = stage.ownerNow(owner);
    const person = now === weak ? null : stage.person(now);
    if (person !== null && chosenKey(person, basis) === key) return now;
  }
  return null;
}

/** Who keeps the place: the account with the lowest id, else the lowest key. */
function firstOf(one: Owner, other: Owner): readonly [Owner, Owner] {
  if (typeof one === 'number' && typeof other === 'number') {
    return one < other ? [one, other] : [other, one];
  }
  if (typeof one === 'number') return [one, other];
  if (typeof other === 'number') return [other, one];
  return one < other ? [one, other] : [other, one];
}

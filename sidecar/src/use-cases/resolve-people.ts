// From staged rows to people: ties guests to accounts, joins people who would be mailed at the same address, and hands
// everybody out one by one in an order that is the same for the same snapshot and incident.
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  composePerson,
  isInScope,
  type ComposeBasis,
  type PersonPlan,
} from '../domain/audience/compose-person.ts';
import { accountOfGuest, accountTerm } from '../domain/audience/person-keys.ts';
import type { StagedPerson } from '../domain/audience/staged-rows.ts';
import type { AudienceStage } from './ports/audience-stage.ts';
import type { IncidentVault } from './ports/vault.ts';
import { blindKey } from './stage-context.ts';

/** People handled between two turns of the event loop, so that requests are answered meanwhile. */
const TURN = 100;

export type ResolvedPerson = { readonly plan: PersonPlan; readonly person: StagedPerson };

/** To be read to its end or dropped; the stage is the caller's to close. */
export async function* resolvePeople(input: {
  stage: AudienceStage;
  vault: IncidentVault;
  basis: ComposeBasis;
  /** Whether the people come with their sealed values. */
  sealed: boolean;
}): AsyncGenerator<ResolvedPerson> {
  const { stage, vault, basis, sealed } = input;
  for (const _step of stage.sort()) await nextTurn();
  await tieGuests(stage, vault);
  stage.joinCopies(basis.authoritative);
  await joinSameAddress(stage, basis);
  let seen = 0;
  for (const person of stage.people({ sealed })) {
    seen += 1;
    if (seen % TURN === 0) await nextTurn();
    if (!isInScope(person)) continue;
    const plan = composePerson(person, basis);
    if (plan !== null && !plan.excluded) yield { plan, person };
  }
}

async function tieGuests(stage: AudienceStage, vault: IncidentVault): Promise<void> {
  for (const keys of stage.guestAddresses()) {
    for (const key of keys) {
      const account = accountOfGuest({
        ownedBy: stage.accountByEmail(key),
        usedBy: stage.accountsUsing(key),
      });
      if (account !== null) stage.tieGuests(key, blindKey(vault, accountTerm(account)));
    }
    await nextTurn();
  }
}

async function joinSameAddress(stage: AudienceStage, basis: ComposeBasis): Promise<void> {
  let page: { owner: string; key: string; userId: number }[] = [];
  for (const person of stage.people({ sealed: false })) {
    const plan = composePerson(person, basis);
    if (plan === null || plan.chosen === null) continue;
    page.push({ owner: plan.owner, key: plan.chosen.key, userId: plan.userId });
    if (page.length < TURN) continue;
    stage.noteChosen(page);
    page = [];
    await nextTurn();
  }
  stage.noteChosen(page);
  for (const { owner, into } of stage.sameChosen()) stage.merge(owner, into);
}

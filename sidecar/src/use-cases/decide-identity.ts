// A reviewer says who is one human: people are one, are different, or rows of one are somebody else's. It changes nothing
// that is frozen; the next freeze follows it.
import type { Kysely } from 'kysely';
import type { IdentityDecision, IdentityDecisionDraft } from '../contract/audience.ts';
import {
  findContradiction,
  splitTerm,
  type StandingDecision,
} from '../domain/audience/identity-decisions.ts';
import { contradicts, personNotFound, samePerson } from '../domain/audience/identity-errors.ts';
import { rowsToSplit } from '../domain/audience/rows-to-split.ts';
import type { BlindKey } from '../domain/audience/staged-row.ts';
import { commitContent } from './commit-content.ts';
import { findPeopleById } from './find-people-by-id.ts';
import { openPersonRecord } from './open-person.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import type { IncidentVault } from './ports/vault.ts';
import { readActors } from './read-actors.ts';
import { requireFrozenAudience } from './read-audience.ts';
import { readStandingDecisions, sealDecision } from './read-effective-decisions.ts';
import { requireIncident } from './require-incident.ts';
import { requireOpen } from './require-open-incident.ts';
import { unlockIncident } from './unlock-incident.ts';
import { viewDecision } from './view-identity-decision.ts';

export type DecideIdentity = { incidentId: string; draft: IdentityDecisionDraft };

/**
 * Two accounts never become one by themselves, but a reviewer may merge them: the decision then says how many accounts it
 * joins. Throws `identity.…` codes, `audience.not_frozen`, `incident.not_open`, `incident.erased`.
 */
export async function decideIdentity(
  deps: Pick<Deps, 'ledger' | 'clock' | 'ids' | 'vault'>,
  acting: Acting,
  { incidentId, draft }: DecideIdentity,
): Promise<IdentityDecision> {
  const vault = await unlockIncident(deps, incidentId);
  const people = draft.kind === 'split' ? [draft.person] : [...new Set(draft.people)];
  if (draft.kind !== 'split' && people.length < 2) throw samePerson();
  const id = deps.ids.make('idd');
  const row = await deps.ledger.transaction(async (writer) => {
    const { tables } = writer;
    const incident = requireOpen(await requireIncident(tables, incidentId));
    const audience = await requireFrozenAudience(tables, incidentId);
    const standing = await readStandingDecisions(tables, vault, incidentId);
    const found = await requirePeople(tables, audience.id, people);
    const rows =
      draft.kind === 'split'
        ? rowsToSplit({ wanted: draft.rows, standing, ...readReasons(vault, found) })
        : [];
    const said: Omit<StandingDecision, 'id'> = { kind: draft.kind, people, rows };
    const clash = findContradiction(standing, said, (split) => vault.blind(splitTerm(split)));
    if (clash !== null) throw contradicts(clash);
    const accounts = found.filter(({ registered }) => registered === 1).length;
    const { reason } = draft;
    await writer.record({
      kind: 'identity.decided',
      acting,
      incidentId,
      data: {
        decision_id: id,
        audience_id: audience.id,
        kind: draft.kind,
        people: people.length,
        rows: rows.length,
        accounts,
        content: commitContent(deps.vault, incident, { people, reason, rows }),
      },
    });
    return tables
      .insertInto('identity_decisions')
      .values({
        id,
        incident_id: incidentId,
        kind: draft.kind,
        people_json: JSON.stringify(people),
        rows: rows.length,
        accounts,
        sealed: sealDecision(vault, id, { reason, rows }),
        decided_at: deps.clock.now().toISOString(),
        decided_by: actorKey(acting),
        undone_at: null,
        undone_by: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  return viewDecision(vault, row, await readActors(deps.ledger.tables, [row.decided_by]));
}

type FoundPerson = {
  audience_id: string;
  number: number;
  sealed: Uint8Array;
  registered: number;
};

async function requirePeople(
  tables: Kysely<LedgerTables>,
  audienceId: string,
  people: readonly BlindKey[],
): Promise<FoundPerson[]> {
  const numbers = await findPeopleById(tables, audienceId, people);
  if (numbers.size < people.length) throw personNotFound(people.length - numbers.size);
  return tables
    .selectFrom('people')
    .select(['audience_id', 'number', 'sealed', 'registered'])
    .where('audience_id', '=', audienceId)
    .where('number', 'in', [...numbers.values()])
    .execute();
}

function readReasons(vault: IncidentVault, [person]: readonly FoundPerson[]) {
  if (person === undefined) throw personNotFound(1);
  const record = openPersonRecord(vault, { audienceId: person.audience_id, ...person });
  return { person: record.person_id, reasons: record.reasons };
}

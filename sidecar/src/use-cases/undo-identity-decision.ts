// Takes a decision about who is one human back. It counts from the next freeze on, as the decision did.
import type { Kysely } from 'kysely';
import type { IdentityDecision } from '../contract/audience.ts';
import { CodedError } from '../domain/coded-error.ts';
import { commitContent } from './commit-content.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';
import { readActors } from './read-actors.ts';
import { openDecision } from './read-effective-decisions.ts';
import { requireIncident } from './require-incident.ts';
import { requireOpen } from './require-open-incident.ts';
import { unlockIncident } from './unlock-incident.ts';
import { viewDecision, type DecisionRecord } from './view-identity-decision.ts';

/** Throws `identity.decision_not_found`, `identity.already_undone`, `incident.not_open`, `incident.erased`. */
export async function undoIdentityDecision(
  deps: Pick<Deps, 'ledger' | 'clock' | 'vault'>,
  acting: Acting,
  { decisionId }: { decisionId: string },
): Promise<IdentityDecision> {
  const { incident_id: incidentId } = await requireDecision(deps.ledger.tables, decisionId);
  const vault = await unlockIncident(deps, incidentId);
  const row = await deps.ledger.transaction(async (writer) => {
    const incident = requireOpen(await requireIncident(writer.tables, incidentId));
    const decision = await requireDecision(writer.tables, decisionId);
    if (decision.undone_at !== null) throw alreadyUndone();
    const people = JSON.parse(decision.people_json) as string[];
    await writer.record({
      kind: 'identity.undone',
      acting,
      incidentId,
      data: {
        decision_id: decisionId,
        kind: decision.kind as IdentityDecision['kind'],
        people: people.length,
        content: commitContent(deps.vault, incident, { people, ...openDecision(vault, decision) }),
      },
    });
    return writer.tables
      .updateTable('identity_decisions')
      .set({ undone_at: deps.clock.now().toISOString(), undone_by: actorKey(acting) })
      .where('id', '=', decisionId)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  return viewDecision(vault, row, await readActors(deps.ledger.tables, [row.decided_by]));
}

async function requireDecision(tables: Kysely<LedgerTables>, id: string): Promise<DecisionRecord> {
  const row = await tables
    .selectFrom('identity_decisions')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  return row;
}

function notFound(): CodedError {
  return new CodedError({
    code: 'identity.decision_not_found',
    category: 'not_found',
    message: "couldn't take the decision back: there is none with this id",
    detail: 'Open it from the list of decisions of the incident.',
  });
}

function alreadyUndone(): CodedError {
  return new CodedError({
    code: 'identity.already_undone',
    category: 'conflict',
    message: "couldn't take the decision back: it was taken back already",
    detail: 'Reload the list. To decide the same again, make a new decision.',
  });
}

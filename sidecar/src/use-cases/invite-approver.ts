// Invites a person to become an approver: from the command line of the sidecar only, by a link that works once.
import { z } from 'zod';
import { CodedError } from '../domain/coded-error.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { PlanSettings } from './ports/plan-settings.ts';
import { makeSecretToken } from './secret-token.ts';

export type Invitation = {
  approverId: string;
  /** `https://…/console/enrol#token=…`: the token stays in the fragment, which browsers do not send to servers or logs. */
  link: string;
  expiresAt: string;
};

const Input = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(320),
  hoursValid: z.number().min(1).max(168),
});

/**
 * A person invited before who has not enrolled gets a new link and the earlier one stops working. The e-mail address is
 * used to tell people apart and is not kept. Throws `approver.invite_invalid`, `approver.already_enrolled`.
 */
export async function inviteApprover(
  deps: Pick<Deps, 'ledger' | 'clock' | 'ids' | 'randomness' | 'vault'> & { plan: PlanSettings },
  acting: Acting,
  input: { name: string; email: string; hoursValid?: number },
): Promise<Invitation> {
  const { name, email, hoursValid } = readInput({ hoursValid: 24, ...input });
  const subject = deps.vault.subject(email);
  const { token, hash } = makeSecretToken(deps.randomness);
  return deps.ledger.transaction(async (writer) => {
    const now = deps.clock.now();
    const expiresAt = new Date(now.getTime() + hoursValid * 3_600_000).toISOString();
    const approverId = await writeApprover(writer, {
      id: deps.ids.make('apr'),
      name,
      subject,
      now,
    });
    await writer.tables.deleteFrom('invites').where('approver_id', '=', approverId).execute();
    await writer.tables
      .insertInto('invites')
      .values({ token_hash: hash, approver_id: approverId, expires_at: expiresAt, used_at: null })
      .execute();
    await writer.record({
      kind: 'approver.invited',
      acting,
      incidentId: null,
      data: { invite_id: deps.ids.make('inv'), subject, expires_at: expiresAt },
    });
    return {
      approverId,
      link: `${deps.plan.consoleOrigin}/console/enrol#token=${token}`,
      expiresAt,
    };
  });
}

function readInput(input: z.input<typeof Input>): z.infer<typeof Input> {
  const parsed = Input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new CodedError({
    code: 'approver.invite_invalid',
    category: 'invalid',
    message: `couldn't invite this person: ${[...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].join(', ')} cannot be used`,
    detail: 'Needed: a name of 1 to 100 characters, an e-mail address, and 1 to 168 hours.',
  });
}

/** One record for each person who may become or is an approver; the id of theirs. */
async function writeApprover(
  writer: LedgerWriter,
  input: { id: string; name: string; subject: string; now: Date },
): Promise<string> {
  const known = await writer.tables
    .selectFrom('approvers')
    .select(['id', 'state'])
    .where('subject', '=', input.subject)
    .where('state', 'in', ['invited', 'enrolled'])
    .executeTakeFirst();
  if (known?.state === 'enrolled') {
    throw new CodedError({
      code: 'approver.already_enrolled',
      category: 'conflict',
      message: "couldn't invite this person: they are enrolled already",
      detail:
        'If their passkey is lost, remove them first (tocsin approver remove), then invite them again.',
    });
  }
  const invitedAt = input.now.toISOString();
  if (known !== undefined) {
    await writer.tables
      .updateTable('approvers')
      .set({ name: input.name, invited_at: invitedAt })
      .where('id', '=', known.id)
      .execute();
    return known.id;
  }
  await writer.tables
    .insertInto('approvers')
    .values({
      id: input.id,
      name: input.name,
      subject: input.subject,
      state: 'invited',
      invited_at: invitedAt,
      enrolled_at: null,
    })
    .execute();
  return input.id;
}

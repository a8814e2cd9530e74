// tocsin approver invite | list | remove: who may approve. Only here: whoever owns WordPress cannot add an approver.
import { inviteApprover } from '../use-cases/invite-approver.ts';
import { listApprovers } from '../use-cases/list-approvers.ts';
import type { Acting } from '../use-cases/ports/acting.ts';
import type { Deps } from '../use-cases/ports/deps.ts';
import type { PlanSettings } from '../use-cases/ports/plan-settings.ts';
import { removeApprover } from '../use-cases/remove-approver.ts';
import { CodedError } from '../domain/coded-error.ts';
import type { Config } from '../config/load-config.ts';
import type { Command, CommandIo } from './command.ts';
import { readOptions } from './read-options.ts';

const USAGE =
  'tocsin approver invite --name <name> --email <address> [--hours 24] | tocsin approver list | tocsin approver remove <id>';

export const OPERATOR: Acting = {
  actor: { id: 'operator', kind: 'operator', name: 'Operator at the command line' },
  subject: null,
  capabilities: [],
};

export type ApproverParts = Deps & { plan: PlanSettings; close(): Promise<void> };

/** `open` gives the ledger and what goes with it; it is closed before the command returns. */
export function makeApproverCommand(open: (config: Config) => Promise<ApproverParts>): Command {
  return {
    name: 'approver',
    usage: USAGE,
    summary: 'Invite, list or remove approvers',
    run: async ({ args, io, config }) => {
      const [verb, ...rest] = args;
      const parts = await open(config());
      try {
        if (verb === 'invite') return await invite(parts, rest, io);
        if (verb === 'list') return await list(parts, io);
        if (verb === 'remove') return await remove(parts, rest, io);
      } finally {
        await parts.close();
      }
      throw badUse(`there is no "${verb ?? ''}"`);
    },
  };
}

async function invite(
  parts: ApproverParts,
  args: readonly string[],
  io: CommandIo,
): Promise<number> {
  const { values } = readOptions(
    args,
    { name: { type: 'string' }, email: { type: 'string' }, hours: { type: 'string' } },
    USAGE,
  );
  if (values.name === undefined || values.email === undefined)
    throw badUse('--name and --email are needed');
  const invitation = await inviteApprover(parts, OPERATOR, {
    name: values.name,
    email: values.email,
    ...(values.hours === undefined ? {} : { hoursValid: readHours(values.hours) }),
  });
  io.out(
    `Give this link to ${values.name}, by a way you trust. It works once, until ${invitation.expiresAt}:`,
  );
  io.out(invitation.link);
  return 0;
}

function readHours(text: string): number {
  const hours = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (hours >= 1 && hours <= 168) return hours;
  throw badUse(`--hours is not a number of hours (you gave ${text}; allowed: 1 to 168)`);
}

async function list(parts: ApproverParts, io: CommandIo): Promise<number> {
  const approvers = await listApprovers(parts);
  if (approvers.length === 0)
    io.out('No approvers yet. Invite two people with: tocsin approver invite');
  for (const approver of approvers) {
    const when =
      approver.state === 'enrolled'
        ? `enrolled ${approver.enrolled_at ?? ''}`
        : `invited ${approver.invited_at}, link until ${approver.invite_expires_at ?? 'used up'}`;
    io.out(`${approver.id}  ${approver.name}  ${when}`);
  }
  return 0;
}

async function remove(
  parts: ApproverParts,
  args: readonly string[],
  io: CommandIo,
): Promise<number> {
  const { positionals } = readOptions(args, {}, USAGE);
  const [approverId] = positionals;
  if (approverId === undefined)
    throw badUse('the id of an approver is needed; see: tocsin approver list');
  await removeApprover(parts, OPERATOR, { approverId });
  io.out(`Removed ${approverId}. Approvals they gave to manifests that are still open are void.`);
  return 0;
}

function badUse(what: string): CodedError {
  return new CodedError({
    code: 'cli.bad_options',
    category: 'invalid',
    message: `couldn't run tocsin approver: ${what}`,
    detail: `Usage: ${USAGE}`,
  });
}

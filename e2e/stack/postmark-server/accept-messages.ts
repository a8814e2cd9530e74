// Accepts checked messages: stores them, decides what becomes of each recipient and queues the webhooks, all in
// one transaction, so that a crash leaves a batch accepted as a whole or not at all.

import * as errors from './api-error.ts';
import type { ApiError } from './api-error.ts';
import { checkDraft } from './check-draft.ts';
import type { CheckedMessage, CheckResult } from './check-draft.ts';
import type { MessageDraft } from './message-draft.ts';
import { inTransaction } from './open-database.ts';
import type { ServerContext } from './server-context.ts';
import { timestamp } from './timestamp.ts';
import type { WebhookEvent } from './webhook-queue.ts';

/** The answer for one message. */
export interface SendResult {
  readonly ErrorCode: number;
  readonly Message: string;
  readonly MessageID?: string;
  readonly SubmittedAt?: string;
  readonly To?: string;
  readonly Cc?: string;
  readonly Bcc?: string;
}

/**
 * One result per draft, in order. A draft that already has an error (too large) comes as that error.
 * With `testOnly` everything is checked and nothing kept, as with the token POSTMARK_API_TEST.
 */
export function acceptMessages(
  context: ServerContext,
  drafts: readonly (MessageDraft | ApiError)[],
  testOnly: boolean,
): SendResult[] {
  const at = context.now();
  context.counters.offered += drafts.length;
  const results = inTransaction(context.database, () =>
    drafts.map((draft) => acceptOne(context, draft, { at, testOnly })),
  );
  context.webhooks?.wake();
  return results;
}

interface Moment {
  readonly at: number;
  readonly testOnly: boolean;
}

function acceptOne(
  context: ServerContext,
  draft: MessageDraft | ApiError,
  { at, testOnly }: Moment,
): SendResult {
  const checked = 'code' in draft ? { error: draft } : checkWithFaults(context, draft);
  if (checked.error) {
    context.counters.count('rejected', checked.error.code);
    return { ErrorCode: checked.error.code, Message: checked.error.message };
  }
  const { message } = checked;
  const echo = {
    To: message.draft.To,
    ...(message.draft.Cc === '' ? {} : { Cc: message.draft.Cc }),
    ...(message.draft.Bcc === '' ? {} : { Bcc: message.draft.Bcc }),
    SubmittedAt: timestamp(at),
  };
  if (testOnly) {
    const MessageID = '00000000-0000-0000-0000-000000000000';
    return { ...echo, MessageID, ErrorCode: 0, Message: 'Test job accepted' };
  }
  const { seq, id } = context.messages.add(message, at);
  context.counters.accepted += 1;
  for (const recipient of message.recipients) queueEvents(context, message, { seq, recipient, at });
  return { ...echo, MessageID: id, ErrorCode: 0, Message: describeAcceptance(message) };
}

function describeAcceptance({ inactive }: CheckedMessage): string {
  return inactive.length === 0
    ? 'OK'
    : `Message OK, but will not deliver to these inactive addresses: ${inactive.join(', ')}`;
}

function checkWithFaults(context: ServerContext, draft: MessageDraft): CheckResult {
  const checked = checkDraft(draft, context.rules);
  if (checked.error) return checked;
  const { to, cc, bcc } = checked.message;
  for (const { Email } of [...to, ...cc, ...bcc]) {
    const code = context.faults.findRejection(Email);
    if (code === undefined) continue;
    context.counters.count('faults', `rejectRecipient:${String(code)}`);
    return {
      error:
        code === 406
          ? errors.inactiveRecipients([Email])
          : errors.invalidEmailRequest(`Invalid 'To' address: '${Email}'.`),
    };
  }
  return checked;
}

function queueEvents(
  context: ServerContext,
  message: CheckedMessage,
  target: { readonly seq: number; readonly recipient: string; readonly at: number },
): void {
  const { seq, recipient, at } = target;
  const outcome = context.faults.decideOutcome(recipient);
  const bounceId = outcome && context.bounces.add({ seq, type: outcome, email: recipient, at });
  if (outcome === 'HardBounce' || outcome === 'SpamComplaint') {
    const suppression = { email: recipient, reason: outcome, origin: 'Recipient', at } as const;
    context.suppressions.add(message.stream, suppression);
  }
  const queue = (event: WebhookEvent, id: number | null): void => {
    if (!context.webhooks?.wants(event)) return;
    const times = context.faults.drawWebhookTimes().map((wait) => Date.now() + wait);
    context.counters.count('webhooks', 'queued', times.length);
    context.webhookQueue.add({ seq, event, recipient, bounceId: id }, times);
  };
  if (outcome === undefined || outcome === 'SpamComplaint') queue('Delivery', null);
  if (outcome === 'SpamComplaint') queue('SpamComplaint', bounceId ?? null);
  else if (outcome) queue('Bounce', bounceId ?? null);
}

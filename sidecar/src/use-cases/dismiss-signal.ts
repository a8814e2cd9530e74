// Dismisses a signal with a reason, which is kept. If it comes again graver than before, it is new again.
import type { Signal } from '../contract/index.ts';
import { CodedError } from '../domain/coded-error.ts';
import { alreadyJoined, requireSignal } from './join-signals.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import { commitToSignal } from './signal-commitment.ts';
import { readSignal } from './view-signal.ts';

/** Throws `signal.not_found`, `signal.already_joined` or `signal.already_dismissed`. */
export async function dismissSignal(
  deps: Pick<Deps, 'ledger' | 'clock' | 'randomness'>,
  acting: Acting,
  { signalId, reason }: { signalId: string; reason: string },
): Promise<Signal> {
  await deps.ledger.transaction(async (writer) => {
    const signal = await requireSignal(writer.tables, signalId);
    if (signal.state === 'joined') throw alreadyJoined();
    if (signal.state === 'dismissed') throw alreadyDismissed();
    await writer.tables
      .updateTable('signals')
      .set({
        state: 'dismissed',
        decided_by: actorKey(acting),
        decided_at: deps.clock.now().toISOString(),
        decision_reason: reason,
      })
      .where('id', '=', signalId)
      .execute();
    await writer.record({
      kind: 'signal.dismissed',
      acting,
      incidentId: null,
      data: {
        signal_id: signalId,
        reason: 'dismissed_by_person',
        content: await commitToSignal(deps, writer, { signal_id: signalId, reason }),
      },
    });
  });
  return readSignal(deps, signalId);
}

function alreadyDismissed(): CodedError {
  return new CodedError({
    code: 'signal.already_dismissed',
    category: 'conflict',
    message: "couldn't dismiss the signal: it was dismissed already",
    detail: 'Reload the list. To take it up again, join it to an incident.',
  });
}

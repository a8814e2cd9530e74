// Takes a report of a security tool, sent straight to the sidecar: works while WordPress is down.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { SignalAccepted, SignalReport } from '../contract/index.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import { recordSignal, type NewSignal } from './record-signal.ts';

export type Report = z.output<typeof SignalReport>;
export type ReceiveSignal = {
  report: Report;
  /** The sender's own id of this message; the same message sent twice is one signal. */
  messageId: string;
};

export async function receiveSignal(
  deps: Pick<Deps, 'ledger' | 'clock' | 'ids' | 'randomness'>,
  acting: Acting,
  { report, messageId }: ReceiveSignal,
): Promise<z.output<typeof SignalAccepted>> {
  return deps.ledger.transaction((writer) =>
    recordSignal(deps, writer, {
      signal: signalOfReport(report, messageId),
      origin: 'siem',
      acting,
      now: deps.clock.now(),
    }),
  );
}

/** The same key from the same source is one matter, whichever way it came: straight, or through the plugin's outbox. */
export function signalOfReport(report: Report, messageId: string): NewSignal {
  const matter =
    report.dedupe_key === null
      ? ['message', report.source, messageId]
      : ['key', report.source, report.dedupe_key];
  return {
    source: report.source,
    kind: report.kind,
    severity: report.severity,
    title: report.title,
    detail: report.detail,
    occurredAt: report.occurred_at,
    // Hashed, since source and key together may be longer than the column.
    dedupe: `report:${createHash('sha256').update(JSON.stringify(matter)).digest('hex')}`,
  };
}

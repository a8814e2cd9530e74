// A security tool's report as the plugin put it into the outbox. Checked again here: whoever owns WordPress can write
// into that table. One that cannot be read becomes a signal that says so, since a lost alarm is worse than a strange one.
import { z } from 'zod';
import { SignalReport } from '../contract/index.ts';
import type { OutboxRow } from './ports/store-outbox.ts';
import { signalOfReport } from './receive-signal.ts';
import type { NewSignal } from './record-signal.ts';

/** The plugin may wrap the report with the sender's message id. */
const Wrapped = z.object({ report: z.unknown(), message_id: z.string().max(200).optional() });

export function readReportedSignal(row: OutboxRow): NewSignal {
  let value: unknown;
  try {
    value = row.data === null ? undefined : JSON.parse(row.data);
  } catch {
    value = undefined;
  }
  const wrapped = Wrapped.safeParse(value);
  const inner = wrapped.success && wrapped.data.report !== undefined ? wrapped.data.report : value;
  const messageId = wrapped.success ? (wrapped.data.message_id ?? row.eventId) : row.eventId;
  const report = SignalReport.safeParse(inner);
  return report.success
    ? signalOfReport(report.data, messageId)
    : invalidReport(row, whatIsWrong(row, value, report.error));
}

/** Names of fields and what is wrong with them, never what they hold. */
function whatIsWrong(row: OutboxRow, value: unknown, error: z.ZodError): string {
  if (row.data === null) return 'It is far too long.';
  if (value === undefined) return 'It is not JSON.';
  const wrong = error.issues.map(
    ({ path, code }) => `${path.map(String).join('.') || 'the whole'} (${code})`,
  );
  return `Wrong: ${wrong.slice(0, 20).join(', ')}.`;
}

function invalidReport(row: OutboxRow, why: string): NewSignal {
  return {
    source: 'store',
    kind: 'tocsin.invalid_report',
    severity: 'medium',
    title: 'A security tool reported something that could not be read',
    detail:
      `${why} The report came through the shop and is kept as event ${row.eventId}. Look at the tool's own console, and mend the way it reports.`.slice(
        0,
        5000,
      ),
    occurredAt: row.occurredAt,
    dedupe: `invalid_report:${row.eventId}`,
  };
}

// Resolving and counting people: minutes of work on one core, done where it does not hold up anything else.
import type { AudienceCounts, Scope } from '../../contract/scope.ts';
import type { Acting } from './acting.ts';

export interface AudienceWork {
  /** Frozen or failed in the ledger when it resolves. Rejects for faults that are not coded, for the log. */
  resolve(acting: Acting, input: { audienceId: string }): Promise<void>;
  count(input: { scope: Scope; onRows: (rows: number) => Promise<void> }): Promise<AudienceCounts>;
}

// Evidence: the state of the log and the result of verify, as the auditor's list.
import { z } from 'zod';
import { Sha256, Time } from './values.ts';

export const VerifyCheck = z.object({ name: z.string(), ok: z.boolean(), sentence: z.string() });

export const Evidence = z.object({
  origin: z.string(),
  size: z.int().nonnegative(),
  root: Sha256.nullable(),
  /** Entries recorded in the ledger and not yet in the signed log. */
  waiting: z.int().nonnegative(),
  verification: z.object({
    state: z.enum(['never', 'running', 'ready']),
    checked_at: Time.nullable(),
    size: z.int().nonnegative().nullable(),
    ok: z.boolean().nullable(),
    checks: z.array(VerifyCheck),
  }),
});
export type Evidence = z.infer<typeof Evidence>;

// Status for the plugin's banner and bubble, and the doctor's findings.
import { z } from 'zod';
import { Time } from './values.ts';

export const Finding = z.object({
  name: z.string(),
  level: z.enum(['ok', 'warning', 'error']),
  sentence: z.string(),
  /** What to do, as text to copy; empty when there is nothing to mend. */
  mend: z.string(),
});
export type Finding = z.infer<typeof Finding>;

export const Health = z.object({ checked_at: Time, findings: z.array(Finding) });
export type Health = z.infer<typeof Health>;

export const Status = z.object({
  version: z.string(),
  now: Time,
  open_incidents: z.int().nonnegative(),
  new_signals: z.int().nonnegative(),
  console_url: z.string(),
  ready: z.boolean(),
  /** Dependencies that are not well, by name, in plain words. */
  degraded: z.array(z.object({ name: z.string(), sentence: z.string(), since: Time })),
  data_map: z
    .object({
      /** Places with personal data that no source maps and nobody ignored. */
      blind_spots: z.int().nonnegative(),
      /** End of the last finished scan; null before the first. */
      scanned_at: Time.nullable(),
    })
    .default({ blind_spots: 0, scanned_at: null }),
  outbox: z.object({
    /** The highest outbox id up to which nothing is missing; rows up to it may be pruned. */
    position: z.int().nonnegative(),
    read_at: Time.nullable(),
  }),
});
export type Status = z.infer<typeof Status>;

// Dispatch: the execution of one approved manifest; deliveries and their counts.
import { z } from 'zod';
import { Id, PageQuery, Time } from './values.ts';

export const DispatchState = z.enum(['running', 'paused', 'stopped', 'done']);
export const DeliveryState = z.enum([
  'pending',
  'attempting',
  'accepted',
  'delivered',
  'bounced',
  'failed',
  'suppressed',
  'unknown',
]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/**
 * planned = pending + attempting + accepted + delivered + bounced + failed + suppressed + unknown, always.
 * delivered and bounced are accepted ones of which the provider has told more since.
 */
export const DispatchCounts = z.object({
  planned: z.int().nonnegative(),
  pending: z.int().nonnegative(),
  attempting: z.int().nonnegative(),
  accepted: z.int().nonnegative(),
  delivered: z.int().nonnegative(),
  bounced: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  suppressed: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
});
export type DispatchCounts = z.infer<typeof DispatchCounts>;

export const Dispatch = z.object({
  id: Id,
  manifest_id: Id,
  incident_id: Id,
  state: DispatchState,
  drill: z.boolean(),
  provider: z.string(),
  counts: DispatchCounts,
  /** False only when code found that the counts do not add up; the dispatch is then paused and an alarm raised. */
  adds_up: z.boolean(),
  started_at: Time,
  ended_at: Time.nullable(),
  /** Messages accepted a second over the last minute; null when nothing was sent in it. */
  per_second: z.number().nullable(),
  expected_end_at: Time.nullable(),
  /** What stands in the way now, and what the sidecar does about it or a person must do. */
  troubles: z.array(
    z.object({ code: z.string(), sentence: z.string(), since: Time, needs_person: z.boolean() }),
  ),
  changed_by: z.string().nullable(),
  change_reason: z.string().nullable(),
});
export type Dispatch = z.infer<typeof Dispatch>;

export const DeliveryRow = z.object({
  /** Number of the delivery in the dispatch, from 0: the same as the person's number in the audience. */
  ordinal: z.int().nonnegative(),
  name: z.string(),
  email: z.string().nullable(),
  state: DeliveryState,
  /** Why it is in this state, as a code such as `no_address`, `postmark.406`, `HardBounce`. */
  reason: z.string().nullable(),
  attempts: z.int().nonnegative(),
  provider_message_id: z.string().nullable(),
  changed_at: Time,
});
export type DeliveryRow = z.infer<typeof DeliveryRow>;

export const DeliveriesQuery = PageQuery.extend({
  state: DeliveryState.optional(),
  search: z.string().trim().max(320).optional(),
});
export type DeliveriesQuery = z.infer<typeof DeliveriesQuery>;

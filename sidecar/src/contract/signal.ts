// Signals: one report that something may be wrong, from a monitor, a store hook or a person.
import { z } from 'zod';
import { Severity } from './incident.ts';
import { Id, PageQuery, Time } from './values.ts';

/**
 * What a security tool sends, signed as Standard Webhooks (HMAC-SHA256 over `id.timestamp.body`).
 * `dedupe_key`: the same key from the same source is one signal, counted up.
 */
export const SignalReport = z.strictObject({
  source: z.string().trim().min(1).max(100),
  kind: z.string().regex(/^[a-z0-9_.-]{1,80}$/),
  severity: Severity,
  title: z.string().trim().min(3).max(200),
  detail: z.string().max(5000).default(''),
  occurred_at: Time.nullable().default(null),
  dedupe_key: z.string().max(200).nullable().default(null),
});
export type SignalReport = z.infer<typeof SignalReport>;

export const Signal = z.object({
  id: Id,
  source: z.string(),
  kind: z.string(),
  severity: Severity,
  title: z.string(),
  detail: z.string(),
  occurred_at: Time.nullable(),
  received_at: Time,
  last_seen_at: Time,
  times_seen: z.int().positive(),
  state: z.enum(['new', 'joined', 'dismissed']),
  incident_id: Id.nullable(),
  incident_title: z.string().nullable(),
  decided_by: z.string().nullable(),
  decision_reason: z.string().nullable(),
});
export type Signal = z.infer<typeof Signal>;

export const SignalsQuery = PageQuery.extend({
  state: z.enum(['new', 'joined', 'dismissed']).optional(),
});
export type SignalsQuery = z.infer<typeof SignalsQuery>;

export const SignalDismissal = z.strictObject({ reason: z.string().trim().min(3).max(500) });
export const SignalJoin = z.strictObject({ incident_id: Id });
export const SignalAccepted = z.object({ id: Id, duplicate: z.boolean() });

// Incidents: a suspected or confirmed leak with its times and states.
import { z } from 'zod';
import { Actor, Id, Time } from './values.ts';

export const IncidentType = z.enum([
  'database_access',
  'checkout_skimmer',
  'account_takeover',
  'gateway_data',
  'stolen_backup',
  'misdirected_export',
  'api_key_abuse',
  'other',
]);
export const Severity = z.enum(['low', 'medium', 'high', 'critical']);
/** suspected → confirmed → notifying → notified → closed; suspected or confirmed → dismissed; closed or dismissed → suspected (reopened). */
export const IncidentState = z.enum([
  'suspected',
  'confirmed',
  'notifying',
  'notified',
  'closed',
  'dismissed',
]);

const times = {
  /** When the leak began and ended, as far as known. */
  occurred_from: Time.nullable(),
  occurred_to: Time.nullable(),
  /** When something first pointed to it. */
  detected_at: Time.nullable(),
  /** When the controller became aware (GDPR Art. 33(1)); the 72-hour clock starts here. */
  aware_at: Time.nullable(),
};

export const Incident = z.object({
  id: Id,
  reference: z.string(),
  title: z.string(),
  type: IncidentType,
  severity: Severity,
  state: IncidentState,
  drill: z.boolean(),
  description: z.string(),
  ...times,
  confirmed_at: Time.nullable(),
  /** aware_at + 72 h (GDPR Art. 33(1)); null until aware. */
  deadline_at: Time.nullable(),
  created_at: Time,
  updated_at: Time,
  created_by: Actor,
  /** Raised by one on each change; a change that names another version is refused (`incident.changed_meanwhile`). */
  version: z.int().positive(),
});
export type Incident = z.infer<typeof Incident>;

export const IncidentDraft = z.strictObject({
  title: z.string().trim().min(3).max(200),
  type: IncidentType,
  severity: Severity,
  drill: z.boolean().default(false),
  description: z.string().max(5000).default(''),
  occurred_from: times.occurred_from.default(null),
  occurred_to: times.occurred_to.default(null),
  detected_at: times.detected_at.default(null),
  aware_at: times.aware_at.default(null),
  signal_ids: z.array(Id).max(100).default([]),
});
export type IncidentDraft = z.infer<typeof IncidentDraft>;

export const IncidentChange = z.strictObject({
  version: z.int().positive(),
  title: z.string().trim().min(3).max(200).optional(),
  type: IncidentType.optional(),
  severity: Severity.optional(),
  description: z.string().max(5000).optional(),
  occurred_from: times.occurred_from.optional(),
  occurred_to: times.occurred_to.optional(),
  detected_at: times.detected_at.optional(),
  aware_at: times.aware_at.optional(),
});
export type IncidentChange = z.infer<typeof IncidentChange>;

export const IncidentTransition = z.strictObject({
  to: z.enum(['confirmed', 'dismissed', 'closed', 'suspected']),
  reason: z.string().trim().max(1000).default(''),
});
export type IncidentTransition = z.infer<typeof IncidentTransition>;

/** A line of the incidents table: the incident and what the table's columns need, in one request. */
export const IncidentRow = Incident.extend({
  /** People of the frozen audience; null while none is frozen ("not counted yet", never 0). */
  people: z.int().nonnegative().nullable(),
  next_step: z.string(),
});
export type IncidentRow = z.infer<typeof IncidentRow>;

/** One act in the timeline, with the number of its entry in the evidence log. `text` holds no personal data. */
export const TimelineEntry = z.object({
  evidence_seq: z.int().nonnegative(),
  at: Time,
  kind: z.string(),
  actor: Actor,
  text: z.string(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

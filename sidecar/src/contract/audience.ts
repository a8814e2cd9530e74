// Audience: the people a scope resolved to, frozen; and one person with reasons.
import { z } from 'zod';
import { AudienceCounts, DataClass } from './scope.ts';
import { Id, PageQuery, Sha256, Time } from './values.ts';

export const Audience = z.object({
  id: Id,
  scope_id: Id,
  state: z.enum(['resolving', 'frozen', 'failed', 'superseded']),
  /** Merkle root over the salted commitments of all people, in order of person number. Null until frozen. */
  root: Sha256.nullable(),
  counts: AudienceCounts.nullable(),
  rows_read: z.int().nonnegative(),
  requested_at: Time,
  frozen_at: Time.nullable(),
  problem: z.object({ code: z.string(), title: z.string() }).nullable(),
});
export type Audience = z.infer<typeof Audience>;

/** Why a person is here: one row of one source. `via` says how the row was tied to the person. */
export const Reason = z.object({
  source: z.enum(['accounts', 'orders_hpos', 'orders_legacy', 'list']),
  /** Row in the source: user id or order id; 0 for a list. */
  row: z.int().nonnegative(),
  via: z.enum(['account', 'order', 'same_account', 'same_address', 'account_address', 'listed']),
  at: Time.nullable(),
  data_classes: z.array(DataClass),
});
export type Reason = z.infer<typeof Reason>;

export const ContactPoint = z.object({
  kind: z.enum(['email', 'phone', 'postal_address']),
  value: z.string(),
  /** account, billing, listed */
  origin: z.string(),
  chosen: z.boolean(),
});
export type ContactPoint = z.infer<typeof ContactPoint>;

export const PersonRow = z.object({
  /** Number of the person in the audience, from 0. */
  number: z.int().nonnegative(),
  name: z.string(),
  email: z.string().nullable(),
  country: z.string(),
  registered: z.boolean(),
  orders: z.int().nonnegative(),
  contactability: z.enum(['reachable', 'no_address', 'invalid_address', 'erased']),
  delivery_state: z.string().nullable(),
});
export type PersonRow = z.infer<typeof PersonRow>;

export const Person = PersonRow.extend({
  commitment: Sha256,
  user_id: z.int().nonnegative(),
  contact_points: z.array(ContactPoint),
  reasons: z.array(Reason),
  data_classes: z.array(DataClass),
});
export type Person = z.infer<typeof Person>;

/** `search`: one exact address (any letter case) or one order number. Looking leaves a trace in the evidence log. */
export const PeopleQuery = PageQuery.extend({
  search: z.string().trim().max(320).optional(),
  contactability: z.enum(['reachable', 'no_address', 'invalid_address', 'erased']).optional(),
  delivery_state: z.string().max(20).optional(),
  country: z.string().max(10).optional(),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

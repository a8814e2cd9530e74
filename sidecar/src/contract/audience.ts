// Audience: the people a scope resolved to, frozen; and one person with reasons.
import { z } from 'zod';
import { AudienceCounts, DataClass, PersonRole } from './scope.ts';
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

/**
 * Why a person is here: one row of one source. `via` says how the row was tied to the person, `strength` how sure that is:
 * `same` (user id, order id, exact address), `likely` (address in other letter case, a gateway's customer id, the one account
 * that uses the address), `reviewer` (a person decided it).
 */
export const Reason = z.object({
  /** accounts, orders_hpos, orders_legacy, list, or a source of the data map. */
  source: z.string(),
  /** Row in the source: user id, order id or the row's own key; 0 for a list. */
  row: z.union([z.int().nonnegative(), z.string()]),
  role: PersonRole,
  via: z.enum([
    'account',
    'order',
    'same_account',
    'same_order',
    'same_address',
    'account_address',
    'gateway_id',
    'same_contact',
    'reviewer',
    'listed',
    'row',
  ]),
  strength: z.enum(['same', 'likely', 'reviewer']),
  at: Time.nullable(),
  data_classes: z.array(DataClass),
});
export type Reason = z.infer<typeof Reason>;

export const ContactPoint = z.object({
  kind: z.enum(['email', 'phone', 'postal_address']),
  value: z.string(),
  /** account, billing, listed, or a source of the data map */
  origin: z.string(),
  /** Whether it can be used; `erased` and `bounced` cannot. */
  state: z.enum(['valid', 'invalid', 'bounced']),
  chosen: z.boolean(),
  /** Why it was chosen before the others: account_first, newest_order, address_book, mention, listed; '' when it was not. */
  why: z.string(),
});
export type ContactPoint = z.infer<typeof ContactPoint>;

/** `bounced`: every usable address is known not to take mail. */
export const Contactability = z.enum([
  'reachable',
  'no_address',
  'invalid_address',
  'erased',
  'bounced',
]);
export type Contactability = z.infer<typeof Contactability>;

export const PersonRow = z.object({
  /** Number of the person in the audience, from 0. */
  number: z.int().nonnegative(),
  name: z.string(),
  email: z.string().nullable(),
  country: z.string(),
  registered: z.boolean(),
  orders: z.int().nonnegative(),
  roles: z.array(PersonRole),
  contactability: Contactability,
  delivery_state: z.string().nullable(),
});
export type PersonRow = z.infer<typeof PersonRow>;

export const Person = PersonRow.extend({
  /** The same for the same human in every audience of this incident; says nothing outside it. */
  person_id: z.string().regex(/^[0-9a-f]{32}$/),
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
  contactability: Contactability.optional(),
  role: PersonRole.optional(),
  delivery_state: z.string().max(20).optional(),
  country: z.string().max(10).optional(),
});
export type PeopleQuery = z.infer<typeof PeopleQuery>;

/**
 * People who may be one human, not merged by themselves. `phone`: the same number. `loose_address`: addresses that differ
 * only by plus tags or dots. `name_postcode`: the same full name at the same postcode. `gateway_id`: one customer of a gateway, but
 * conflicting data (two accounts, or two names).
 */
export const Hint = z.object({
  id: z.string(),
  kind: z.enum(['phone', 'loose_address', 'name_postcode', 'gateway_id']),
  people: z
    .array(PersonRow.extend({ person_id: z.string() }))
    .min(2)
    .max(20),
  /** People in the group; more than 20 are not listed. */
  size: z.int().nonnegative(),
  state: z.enum(['open', 'merged', 'kept_apart']),
});
export type Hint = z.infer<typeof Hint>;
export const HintsQuery = PageQuery.extend({
  kind: z.enum(['phone', 'loose_address', 'name_postcode', 'gateway_id']).optional(),
  state: z.enum(['open', 'merged', 'kept_apart']).optional(),
});
export type HintsQuery = z.infer<typeof HintsQuery>;

/**
 * A reviewer's decision about who is one human. It counts from the next freeze on and never changes a frozen audience.
 * `merge` and `keep_apart` name people (by `person_id`); `split` names one and the rows that are somebody else's.
 */
export const IdentityDecisionDraft = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['merge', 'keep_apart']),
    people: z
      .array(z.string().regex(/^[0-9a-f]{32}$/))
      .min(2)
      .max(20),
    reason: z.string().trim().min(3).max(500),
  }),
  z.strictObject({
    kind: z.literal('split'),
    person: z.string().regex(/^[0-9a-f]{32}$/),
    rows: z
      .array(
        z.strictObject({
          source: z.string().max(90),
          row: z.union([z.int().nonnegative(), z.string().max(190)]),
        }),
      )
      .min(1)
      .max(200),
    reason: z.string().trim().min(3).max(500),
  }),
]);
export type IdentityDecisionDraft = z.infer<typeof IdentityDecisionDraft>;

export const IdentityDecision = z.object({
  id: Id,
  kind: z.enum(['merge', 'keep_apart', 'split']),
  people: z.array(z.string()),
  rows: z.array(z.object({ source: z.string(), row: z.union([z.int(), z.string()]) })),
  /** How many of the people have an account. Two or more in a merge: nothing but a reviewer joins accounts. */
  accounts: z.int().nonnegative(),
  decided_at: Time,
  decided_by: z.string(),
  reason: z.string(),
  undone_at: Time.nullable(),
});
export type IdentityDecision = z.infer<typeof IdentityDecision>;

/** The newest frozen audience against the one frozen before it. */
export const AudienceChanges = z.object({
  before: z.object({ id: Id, frozen_at: Time, people: z.int() }).nullable(),
  after: z.object({ id: Id, frozen_at: Time, people: z.int() }).nullable(),
  added: z.int().nonnegative(),
  removed: z.int().nonnegative(),
  kept: z.int().nonnegative(),
  items: z.array(
    z.object({
      change: z.enum(['added', 'removed']),
      person: PersonRow.extend({ person_id: z.string() }),
      /** Why he is here now, or why he was. */
      reasons: z.array(Reason),
    }),
  ),
  next_cursor: z.string().nullable(),
});
export type AudienceChanges = z.infer<typeof AudienceChanges>;

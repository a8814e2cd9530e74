// Small values shared by every message: identifiers, times, hashes, pages.
import { z } from 'zod';

/** Opaque identifier made by the sidecar, such as `inc_01k…`. Never derived from personal data. */
export const Id = z.string().regex(/^[a-z]{2,4}_[0-9a-z]{10,40}$/);
/** RFC 3339 in UTC with milliseconds, such as `2026-11-23T21:40:00.000Z`. */
export const Time = z.iso.datetime({ offset: true });
/** SHA-256 in lower-case hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** ISO 3166-1 alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/);

/** How many of something carry one key; lists of these add up to the total they stand under unless said otherwise. */
export const Tally = z.object({ key: z.string(), count: z.int().nonnegative() });
export type Tally = z.infer<typeof Tally>;

export const PageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One page of a list, by key: `next_cursor` is null on the last page; `total` counts the whole list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable(),
    total: z.int().nonnegative(),
  });
}
export type Page<T> = { items: T[]; next_cursor: string | null; total: number };

/** Who did something: a WordPress user the plugin vouches for, an approver, or the sidecar itself. Names are shown, never logged. */
export const Actor = z.object({
  id: z.string().max(80),
  kind: z.enum(['wordpress', 'approver', 'operator', 'system', 'monitor']),
  name: z.string().max(200),
});
export type Actor = z.infer<typeof Actor>;

export const Capability = z.enum(['tocsin_view', 'tocsin_prepare', 'tocsin_manage']);
export type Capability = z.infer<typeof Capability>;

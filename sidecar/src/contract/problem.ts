// Errors on the wire: RFC 9457 problem details with a stable code.
import { z } from 'zod';

/**
 * `code` is stable and for programs; `title` says what was wrong in one sentence; `detail` what is allowed
 * and what to do next. `errors` names the fields of a bad request by JSON pointer. Holds no personal data.
 */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  request_id: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

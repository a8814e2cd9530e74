// Path, query and body of a request as the contract says, with every problem named at once by JSON pointer.
import type { z } from 'zod';
import { CodedError } from '../../domain/coded-error.ts';

export type InputPart = {
  schema: z.ZodType;
  value: unknown;
  /** Before the pointers of this part: empty for the body, `/query` and `/path` for the others. */
  prefix: '' | '/query' | '/path';
};

/** The parsed values in the order of `parts`. Throws `request.invalid`. */
export function parseParts(parts: readonly InputPart[]): unknown[] {
  const results = parts.map((part) => ({ part, result: part.schema.safeParse(part.value) }));
  const fields = results.flatMap(({ part, result }) =>
    result.success ? [] : result.error.issues.flatMap((issue) => fieldsOf(issue, part.prefix)),
  );
  if (fields.length > 0) {
    throw new CodedError({
      code: 'request.invalid',
      category: 'invalid',
      message:
        fields.length === 1
          ? "couldn't use this request: one field is wrong"
          : `couldn't use this request: ${fields.length} fields are wrong`,
      detail: 'Each is named under "errors" with what is allowed.',
      fields,
    });
  }
  return results.map(({ result }) => result.data);
}

function fieldsOf(issue: z.core.$ZodIssue, prefix: string): { pointer: string; message: string }[] {
  const pointer = prefix + pointerOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointer + pointerOf([key]),
      message: 'This field is not known here.',
    }));
  }
  return [{ pointer, message: issue.message }];
}

/** RFC 6901. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

// A scope from a file. Its lists may hold addresses, so a refusal names the place in it and never what stands there.
import { readFileSync } from 'node:fs';
import { Scope } from '../contract/scope.ts';
import { CodedError } from '../domain/coded-error.ts';

/** Faults told by name; a list may have thousands. */
const MOST_SHOWN = 10;

/** Throws `scope.unreadable`, `scope.not_json`, `scope.invalid`. */
export function readScopeFile(file: string): Scope {
  const parsed = Scope.safeParse(parseJson(readText(file)));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, code, message }) => ({
    pointer: `/${path.map(String).join('/')}`,
    // Of all messages only this one quotes the file.
    message: code === 'unrecognized_keys' ? 'has a member that is not known' : message,
  }));
  const shown = fields.slice(0, MOST_SHOWN).map(({ pointer, message }) => `${pointer}: ${message}`);
  const more = fields.length - shown.length;
  throw new CodedError({
    code: 'scope.invalid',
    category: 'invalid',
    message: `couldn't take the scope: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    detail: 'docs/operations.md shows a scope; the API description names every member.',
    fields,
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new CodedError({
      code: 'scope.unreadable',
      category: 'invalid',
      message: `couldn't read the scope: ${why} (you gave ${file})`,
      detail: 'Give --scope a JSON file that this user may read.',
      cause,
    });
  }
}

/** Without a cause: the engine's own message quotes the text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CodedError({
      code: 'scope.not_json',
      category: 'invalid',
      message: "couldn't read the scope: the file is not JSON",
      detail: 'docs/operations.md shows a scope.',
    });
  }
}

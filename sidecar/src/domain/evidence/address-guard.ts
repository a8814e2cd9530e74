/**
 * Finds strings that look like an e-mail address anywhere in a value. A guard for the promise that
 * the log holds no personal data, not a parser: it may refuse too much, and cannot see names.
 */

/** @ as itself, percent-encoded, or fullwidth. */
const AT_SIGN = /@|%40|＠/gi;
const LOCAL_END = /[\p{L}\p{N}_+%~!#$&'*/=?^`{|}.-]$/u;
const DOMAIN = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;

/** True when part of the text reads like `someone@somewhere.example`. Linear in the text's length. */
export function looksLikeAddress(text: string): boolean {
  for (const match of text.matchAll(AT_SIGN)) {
    const before = text.slice(Math.max(0, match.index - 2), match.index);
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 255);
    if (LOCAL_END.test(before) && DOMAIN.test(after)) return true;
  }
  return false;
}

/** Path of the first string or member name that looks like an address, or `undefined`. */
export function findAddress(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return looksLikeAddress(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (looksLikeAddress(name)) return `${path} (a member name)`;
    const found = findAddress(member, path === '' ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

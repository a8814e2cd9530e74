// The last look at a value that no decoder could read to its end: addresses survive in raw serialized or cut text as they are.
import { readText, toByteText } from './byte-text.ts';

const BEFORE_AT = /[A-Za-z0-9._%+'\x80-\xff-]{1,64}$/;
const AFTER_AT =
  /(?:[A-Za-z0-9\x80-\xff](?:[A-Za-z0-9\x80-\xff-]{0,61}[A-Za-z0-9\x80-\xff])?\.){1,8}[A-Za-z\x80-\xff]{2,63}/y;

/** E-mail-shaped texts of the raw bytes, distinct, at most `most`. One look around each @, so linear whatever the size. */
export function scanRawText(raw: string | Uint8Array, most = 1000): readonly string[] {
  const text = toByteText(raw);
  const found = new Set<string>();
  for (let at = text.indexOf('@'); at >= 0 && found.size < most; at = text.indexOf('@', at + 1)) {
    const before = BEFORE_AT.exec(text.slice(Math.max(0, at - 64), at));
    AFTER_AT.lastIndex = at + 1;
    const after = before === null ? null : AFTER_AT.exec(text);
    if (before === null || after === null) continue;
    found.add(readText(`${before[0]}@${after[0]}`).text);
  }
  return [...found];
}

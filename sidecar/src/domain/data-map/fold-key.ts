// Keys of key/value rows as they may be kept: what differs from row to row is folded to `#`. Some software writes addresses
// and IPs into keys (`_transient_geoip_203.0.113.7`); such a key is personal data itself and is never kept as it is.
import type { DataClass } from '../../contract/scope.ts';

export type FoldedKey = {
  readonly key: string;
  /** What the key itself held. */
  readonly classes: readonly DataClass[];
};

/** Names WordPress puts before the key of somebody else's choosing; the rest may be an address as a whole. */
const START = /^_(?:site_)?transient_(?:timeout_)?/;
const EMAIL = /[^\s@/:;,|=<>()"]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;
const IP_V4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const IP_V6 = /(?<![0-9a-z])(?=(?:[0-9a-f]*:){2})[0-9a-f:]{3,39}(?![0-9a-z:])/gi;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const HEX = /(?<![0-9a-z])[0-9a-f]{16,}(?![0-9a-z])/gi;
/** A run of letters and digits that nobody chose as a name. */
const TOKEN =
  /(?<![A-Za-z0-9])(?=[A-Za-z]*\d)(?=(?:[a-z0-9]*[A-Z])|(?:[A-Za-z]*\d){4})[A-Za-z0-9]{16,}/g;
const LONGEST = 190;

export function foldKey(raw: string): FoldedKey {
  const classes = new Set<DataClass>();
  const start = START.exec(raw)?.[0] ?? '';
  const fold = (text: string, pattern: RegExp, found?: DataClass): string =>
    text.replace(pattern, () => {
      if (found !== undefined) classes.add(found);
      return '#';
    });
  let rest = raw.slice(start.length);
  rest = fold(rest, EMAIL, 'email');
  rest = fold(rest, IP_V4, 'ip_address');
  rest = fold(rest, IP_V6, 'ip_address');
  for (const pattern of [UUID, HEX, TOKEN, /\d+/g]) rest = fold(rest, pattern);
  rest = rest.replace(/\p{C}/gu, '?');
  return { key: (start + rest).slice(0, LONGEST), classes: [...classes] };
}

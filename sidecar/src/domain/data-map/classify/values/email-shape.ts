// E-mail addresses: as a whole value and inside text, beyond ASCII too. Retina picture names, package versions and user
// names before a host in a connection string look alike and are none.

export type EmailKind =
  /** Could be anybody's. */
  | 'person'
  /** A firm's box: info@, support@. */
  | 'role'
  /** Domains reserved for examples and tests (RFC 2606, 6761). */
  | 'reserved'
  /** Written by the shop's own software: woocommerce@…, no-reply@…, the placeholder of an erased order. */
  | 'system';

const LOCAL =
  "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\\.[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+){0,20}";
const DOMAIN =
  '(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,62}\\.)){1,8}(?:[\\p{L}\\p{M}]{2,24}|xn--[a-z0-9-]{2,59})';
const WHOLE = new RegExp(`^${LOCAL}@${DOMAIN}$`, 'u');
/** `=`, `/`, `?` and quotes are left out of the local part: in text they stand around addresses. */
const INSIDE = new RegExp(
  `(?<![\\p{L}\\p{N}])[\\p{L}\\p{M}\\p{N}_][\\p{L}\\p{M}\\p{N}._%+'-]{0,63}@${DOMAIN}(?![\\p{L}\\p{N}])`,
  'gu',
);
const FILE_ENDING =
  /\.(?:png|jpe?g|gif|webp|svg|avif|ico|bmp|css|scss|js|mjs|ts|map|json|woff2?|ttf|pdf|zip|mp[34]|php|html?)$/i;
const RESERVED = /(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|net|org))$/i;
const SYSTEM =
  /^(?:woocommerce|wordpress|no-?reply|do-?not-?reply|mailer-daemon|postmaster|deleted|wapuu)$/i;
const ROLE =
  /^(?:info|shop|store|support|sales|contact|kontakt|hello|hallo|hi|admin|webmaster|office|service|orders?|billing|buchhaltung|accounting|newsletter|help|helpdesk|team|mail|post|press|jobs|hr|bewerbung|privacy|datenschutz|abuse|security|chef|paypal)$/i;

/** Null when the value is not one address and nothing else. */
export function emailKind(value: string): EmailKind | null {
  if (value.length < 6 || value.length > 320 || !value.includes('@')) return null;
  return WHOLE.test(value) ? kindOf(value) : null;
}

/** Kinds of the addresses inside a text, at most 50. `%40` of URLs counts as `@`. */
export function emailsInside(text: string): EmailKind[] {
  const plain = text.includes('%40') ? text.replaceAll('%40', '@') : text;
  if (!plain.includes('@')) return [];
  const kinds: EmailKind[] = [];
  for (const match of plain.matchAll(INSIDE)) {
    if (isUserOfHost(plain, match.index)) continue;
    const kind = kindOf(match[0]);
    if (kind !== null) kinds.push(kind);
    if (kinds.length >= 50) break;
  }
  return kinds;
}

function kindOf(address: string): EmailKind | null {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (FILE_ENDING.test(domain) || /^\d+x\./.test(domain)) return null;
  if (SYSTEM.test(local) || /^site\.invalid$/i.test(domain)) return 'system';
  if (RESERVED.test(domain)) return 'reserved';
  return ROLE.test(local) ? 'role' : 'person';
}

/** `scheme://user@host`: no `/`, `?` or `#` stands between the scheme and the name. */
function isUserOfHost(text: string, start: number): boolean {
  const scheme = text.lastIndexOf('://', start);
  return scheme !== -1 && !/[/?#\s]/.test(text.slice(scheme + 3, start));
}

// Whether mail can be sent to an address as it is stored. Stricter than RFC 5321: only what mail providers accept.
import { foldAddress } from './fold-address.ts';

/** `erased`: a placeholder of WordPress's own, which is nobody's. */
export type AddressState = 'valid' | 'invalid' | 'erased';

/** What `wp_privacy_anonymize_data( 'email' )` returns, and who "wrote" the comment on every new site. */
const PLACEHOLDERS: readonly string[] = ['deleted@site.invalid', 'wapuu@wordpress.example'];

/** RFC 5322 dot-atom. Quoted local parts and characters outside ASCII (SMTPUTF8) are refused by mail providers. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * `valid`: at most 254 characters, local part of at most 64, a domain of two or more labels of letters, digits and
 * hyphens whose last is not a number. International domains are valid in their `xn--` form only. Null: nothing there.
 */
export function judgeAddress(address: string): AddressState | null {
  const folded = foldAddress(address);
  if (folded === '') return null;
  if (PLACEHOLDERS.includes(folded)) return 'erased';
  const at = folded.lastIndexOf('@');
  const local = folded.slice(0, Math.max(0, at));
  const labels = folded.slice(at + 1).split('.');
  const last = labels.at(-1) ?? '';
  const valid =
    at > 0 &&
    folded.length <= 254 &&
    local.length <= 64 &&
    LOCAL.test(local) &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    /^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(last);
  return valid ? 'valid' : 'invalid';
}

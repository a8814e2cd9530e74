// The billing addresses of one order copy: each distinct spelling once, empty ones left out, the first stays first.
import { judgeAddress } from '../../domain/audience/judge-address.ts';

export function distinctEmails(values: readonly (string | null)[]): string[] {
  const kept = values.map((value) => (value ?? '').trim()).filter((value) => value !== '');
  return [...new Set(kept)];
}

/** True when the marker says so, or when every address there is the placeholder. */
export function isAnonymised(marker: string, emails: readonly string[]): boolean {
  if (marker === 'yes') return true;
  return emails.length > 0 && emails.every((email) => judgeAddress(email) === 'erased');
}

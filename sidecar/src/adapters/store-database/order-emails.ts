// The billing addresses of one order copy: each distinct spelling once, empty ones left out, the first stays first.
import { judgeAddress } from '../../domain/audience/judge-address.ts';

export function distinctEmails(values: readonly (string | null)[]): string[] {
  const kept: string[] = [];
  for (const value of values) {
    const email = (value ?? '').trim();
    if (email !== '' && !kept.includes(email)) kept.push(email);
  }
  return kept;
}

/** True when the marker says so, or when every address there is the placeholder. */
export function isAnonymised(marker: string, emails: readonly string[]): boolean {
  if (marker === 'yes') return true;
  return emails.length > 0 && emails.every(isPlaceholder);
}

/** Most addresses are told apart by their end alone: this is asked for every order. */
function isPlaceholder(email: string): boolean {
  return /invalid$/i.test(email) && judgeAddress(email) === 'erased';
}

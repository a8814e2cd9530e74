// Compares what the mail server holds with the truth of the seeded store: exactly those people, each once.
import type { MailServer } from '../stack/box.ts';
import { EVERYONE_ON_SCREEN, isFound, type TrueScope } from '../stack/seed/true-scope.ts';
import type { Truth } from '../stack/seed/truth.ts';

export type InboxComparison = {
  /** People who should have been written to. */
  expected: number;
  /** Messages the server accepted. */
  messages: number;
  /** Expected people who got none, and messages to nobody expected: how many, no addresses. */
  missing: number;
  unexpected: number;
  /** Deliveries or recipients accepted more than once. */
  duplicates: number;
};

/** `scope`: what was in scope of the incident; by default everyone, as wp-admin asks. */
export async function compareInbox(
  mail: MailServer,
  truth: Truth,
  scope: TrueScope = EVERYONE_ON_SCREEN,
): Promise<InboxComparison> {
  const got = new Map<string, number>();
  for (const [address, count] of mail.countByRecipient()) {
    const folded = fold(address);
    got.set(folded, (got.get(folded) ?? 0) + count);
  }
  let expected = 0;
  let missing = 0;
  let hit = 0;
  for await (const person of truth.people()) {
    if (person.contact === null || !isFound(person, scope)) continue;
    expected += 1;
    const count = got.get(fold(person.contact)) ?? 0;
    if (count === 0) missing += 1;
    else hit += 1;
  }
  const messages = [...got.values()].reduce((sum, count) => sum + count, 0);
  const again = mail.duplicates();
  const repeated = [...got.values()].filter((count) => count > 1).length;
  return {
    expected,
    messages,
    missing,
    unexpected: got.size - hit,
    duplicates: Math.max(again.deliveries.length, again.recipients.length, repeated),
  };
}

function fold(address: string): string {
  return address.normalize('NFC').trim().toLowerCase();
}

// Why a manifest stopped being open without having been approved: codes for the log, sentences for people.

const SENTENCES = {
  scope_changed: 'Which data leaked was changed.',
  audience_changed: 'The people were counted and frozen again.',
  notice_changed: 'The notice was changed.',
  incident_changed: 'The incident was changed.',
  superseded: 'A newer request for approval took its place.',
  expired: 'It was not approved in time.',
  approver_removed: 'An approver who had approved it was removed.',
} as const;

/** What made an open manifest untrue. The evidence log holds this code. */
export type VoidReason = keyof typeof SENTENCES;

/** The sentence for a reason as the ledger holds it: a code, or what the person who withdrew it wrote. */
export function voidReasonInWords(reason: string | null): string | null {
  return reason !== null && Object.hasOwn(SENTENCES, reason)
    ? SENTENCES[reason as VoidReason]
    : reason;
}

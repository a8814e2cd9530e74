// A mail provider, as delivery needs it: every answer is sorted into taken, certainly not taken, or not known.

export type OutgoingMessage = {
  ordinal: number;
  /** See domain/delivery/delivery-id.ts. */
  deliveryId: string;
  messageId: string;
  to: string;
  toName: string;
  subject: string;
  text: string;
  html: string;
};

export type OutgoingBatch = {
  batchId: string;
  dispatchId: string;
  stream: string;
  from: string;
  messages: readonly OutgoingMessage[];
};

/** What became of one message of an answered batch, in the order sent. */
export type MessageResult =
  | { state: 'accepted'; providerMessageId: string }
  /** The provider will not send to this recipient: inactive after a hard bounce or complaint. */
  | { state: 'suppressed'; reason: string }
  | { state: 'failed'; reason: string }
  /** Certainly not taken, and may be tried again. */
  | { state: 'returned'; reason: string };

export type SendAnswer =
  /** `hold`: some messages came back for a reason only a person can mend; the dispatch is paused after recording. */
  | {
      kind: 'answered';
      results: readonly MessageResult[];
      hold?: { reason: string; sentence: string };
    }
  /**
   * Nothing of the batch was taken, for certain. `again`: try later by itself (rate limit, connection refused);
   * `person`: a person must mend something first (token, sender, credits), the dispatch is paused.
   */
  | { kind: 'refused'; next: 'again' | 'person'; reason: string; sentence: string }
  /** Part or all may have been taken: timeout, reset, 5xx. Never sent again before asking. */
  | { kind: 'unknown'; reason: string };

export type FoundMessage = { deliveryId: string; providerMessageId: string };

export type SearchAnswer =
  /** A complete search; what is not in it was not found. */
  | { kind: 'searched'; found: readonly FoundMessage[] }
  /** No answer; says nothing about what was taken. */
  | { kind: 'unavailable'; reason: string };

export type ProviderFinding = { ok: boolean; sentence: string; mend: string };

export interface MailProvider {
  /** `postmark` or `drill`, as in the manifest. */
  readonly name: string;
  /** One call. Never retries by itself and never throws: whatever happens is one of the answers. */
  send(batch: OutgoingBatch): Promise<SendAnswer>;
  /** Every message of a batch that the provider has taken, by its metadata. */
  findBatch(input: { batchId: string; stream: string }): Promise<SearchAnswer>;
  /** Whether token, stream and sender are fit for sending; for doctor and readiness. */
  check(input: { stream: string; from: string }): Promise<readonly ProviderFinding[]>;
}

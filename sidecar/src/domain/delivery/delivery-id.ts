// The name of a delivery outside the ledger: in message metadata and in the Message-ID. Made from the dispatch and the
// ordinal alone, so that a crash loses none and a repeated message can be seen as a repeat anywhere.
import { createHash } from 'node:crypto';

/** `dsp_….17`: at most 50 characters (Postmark allows 80 for a metadata value). */
export function deliveryId(dispatchId: string, ordinal: number): string {
  return `${dispatchId}.${ordinal}`;
}

/** The dispatch and ordinal of a delivery id; null when it is not one of ours. */
export function parseDeliveryId(text: string): { dispatchId: string; ordinal: number } | null {
  const match = /^(dsp_[0-9a-z]{10,40})\.(0|[1-9]\d{0,8})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { dispatchId: match[1], ordinal: Number(match[2]) };
}

/**
 * Message-ID (RFC 5322 section 3.6.4) of a delivery: the same for every attempt, so that a mail server that sees it twice
 * can tell. Hashed, so that it does not say how many people a dispatch has.
 */
export function messageIdOf(deliveryIdText: string, domain: string): string {
  const name = createHash('sha256').update(`tocsin/message-id/v1\n${deliveryIdText}`).digest('hex');
  return `<${name.slice(0, 40)}@${domain}>`;
}

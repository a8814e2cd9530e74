// Postmark's webhook bodies as receipts. Tolerant: an event we do not know, or that lacks a field, is kept as `other`.
import { createHash } from 'node:crypto';
import type { Receipt } from '../../use-cases/receive-receipts.ts';
import type { ReceiptKind } from '../../domain/delivery/delivery-states.ts';

/** Bounce types after which this address will not get the message (Bounce API, `Type`; numbers differ between documents). */
const FINAL_BOUNCES = new Set([
  'HardBounce',
  'BadEmailAddress',
  'ManuallyDeactivated',
  'Blocked',
  'DMARCPolicy',
  'SpamNotification',
  'DnsError',
  'SoftBounce',
]);

/** Null for an event about no message, such as a suppression made by hand. Webhooks carry no signature and no event id that stays the same across resends from the screen, so the id is made of the event's own parts. */
export function parsePostmarkWebhook(body: unknown, now: Date): Receipt | null {
  if (typeof body !== 'object' || body === null) return null;
  const event = body as Record<string, unknown>;
  const messageId = text(event['MessageID']);
  const recordType = text(event['RecordType']);
  if (messageId === '' || recordType === '') return null;
  const metadata = event['Metadata'];
  const deliveryId =
    typeof metadata === 'object' && metadata !== null
      ? text((metadata as Record<string, unknown>)['tocsin-delivery'])
      : '';
  const at = timeOf(event) ?? now;
  const type = text(event['Type']);
  const kind = kindOf(recordType, type);
  const detail = (type === '' ? recordType : type).replace(/[^A-Za-z0-9_.-]/g, '').slice(0, 60);
  return {
    id: createHash('sha256')
      .update(
        JSON.stringify([
          'postmark',
          messageId,
          recordType,
          type,
          event['ID'] ?? null,
          timeOf(event)?.toISOString() ?? null,
        ]),
      )
      .digest('hex'),
    provider: 'postmark',
    providerMessageId: messageId,
    deliveryId,
    kind,
    detail,
    at,
  };
}

function kindOf(recordType: string, type: string): ReceiptKind {
  if (recordType === 'Delivery') return 'delivered';
  if (recordType === 'SpamComplaint') return 'complained';
  if (recordType === 'Bounce') return FINAL_BOUNCES.has(type) ? 'bounced' : 'other';
  return 'other';
}

function timeOf(event: Record<string, unknown>): Date | undefined {
  const value = text(event['DeliveredAt']) || text(event['BouncedAt']) || text(event['ChangedAt']);
  const at = new Date(value);
  return value === '' || Number.isNaN(at.getTime()) ? undefined : at;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

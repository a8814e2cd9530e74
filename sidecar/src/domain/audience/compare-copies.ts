// Whether the two copies of an order tell different stories about who is behind it.
import { foldAddress } from './fold-address.ts';
import type { OrderCopy } from './store-rows.ts';

/** True when e-mail or postal address, customer, status or payment method differ. Letter case of an e-mail is no difference. */
export function copiesDiffer(one: OrderCopy, other: OrderCopy): boolean {
  return fingerprint(one) !== fingerprint(other);
}

function fingerprint(copy: OrderCopy): string {
  const postal = [
    copy.postal.line1,
    copy.postal.line2,
    copy.postal.city,
    copy.postal.state,
    copy.postal.postcode,
    copy.postal.country,
  ];
  return JSON.stringify([
    copy.emails.map(foldAddress).sort(),
    postal.map((part) => part.normalize('NFC').trim()),
    copy.customerId,
    copy.status,
    copy.paymentMethod,
  ]);
}

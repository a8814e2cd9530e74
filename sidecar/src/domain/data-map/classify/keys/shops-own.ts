// Addresses that are the shop's own though they stand among its customers' rows.
import type { NameContext } from './name-context.ts';

export function isShopsOwnAddress({ name, siblings }: NameContext): boolean {
  return (
    /^(?:merchant|admin|new_admin|store|shop)_email$|^(?:business|reply_to|from_email_field)$|headers$/.test(
      name,
    ) ||
    (name === 'receiver_email' && siblings.includes('payer_email')) ||
    isSenderOfMail(name, siblings)
  );
}

/** In logs of sent mail the sender is the shop. */
function isSenderOfMail(name: string, siblings: readonly string[]): boolean {
  return /(?:^|_)(?:from|sender)(?:_e?mail|_address)?$/.test(name) && siblings.includes('subject');
}

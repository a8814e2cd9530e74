// Whether the person an order ships to is somebody else than who pays for it.
import type { PostalAddress, ShippingContact } from './store-rows.ts';

type Named = {
  readonly firstName: string;
  readonly lastName: string;
  readonly postal: PostalAddress;
};

/**
 * A shipping contact is a person of his own unless the name is the buyer's or missing, or the whole postal address is
 * the same: shops keep no e-mail address for him to compare.
 */
export function isSomebodyElse(contact: ShippingContact, buyer: Named): boolean {
  // Most orders go to the buyer, by the very same name: folding it twice for each would be most of the work.
  if (contact.firstName === buyer.firstName && contact.lastName === buyer.lastName) return false;
  const name = foldedName(contact);
  if (name === '' || name === foldedName(buyer)) return false;
  const place = foldedPlace(contact.postal);
  return place === '' || place !== foldedPlace(buyer.postal);
}

/**
 * Term of a contact who is nobody's: the same full name at the same full address is one human in whatever order it stands.
 * Null when there is no full address; he is then known by his order alone.
 */
export function contactTerm(contact: ShippingContact): string | null {
  const place = foldedPlace(contact.postal);
  return place === '' ? null : `contact:${foldedName(contact)}|${place}`;
}

export function foldedName({
  firstName,
  lastName,
}: {
  readonly firstName: string;
  readonly lastName: string;
}): string {
  return foldText(`${firstName} ${lastName}`);
}

/** '' unless street and town or postcode are there. */
function foldedPlace(postal: PostalAddress): string {
  const street = foldText(`${postal.line1} ${postal.line2}`);
  const town = foldText(`${postal.postcode} ${postal.city}`);
  if (street === '' || town === '') return '';
  return [street, town, foldText(postal.country)].join('|');
}

const PLAIN = /^[A-Za-z0-9.'-]+(?: [A-Za-z0-9.'-]+)*$/;

/** NFC, lower case, white space and commas as single blanks. */
export function foldText(text: string): string {
  // Most texts are one or several plain words.
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s,]+/gu, ' ')
    .trim();
}

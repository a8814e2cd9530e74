// The ten parts of a name and address as WooCommerce writes them for billing and for shipping, in one order everywhere.
import type { PostalAddress, ShippingContact } from '../../domain/audience/store-rows.ts';

/** Names of columns in `wc_order_addresses`, and of meta keys behind `billing_`, `_shipping_` and their like. */
export const ADDRESS_KEYS = [
  'first_name',
  'last_name',
  'phone',
  'company',
  'address_1',
  'address_2',
  'city',
  'state',
  'postcode',
  'country',
] as const;

/** `part`: the value of the n-th of ADDRESS_KEYS. */
type Part = (place: number) => string;

export function postalFrom(part: Part): PostalAddress {
  return {
    company: part(3),
    line1: part(4),
    line2: part(5),
    city: part(6),
    state: part(7),
    postcode: part(8),
    country: part(9),
  };
}

/** Null when no part is there. */
export function contactFrom(part: Part): ShippingContact | null {
  for (let place = 0; place < ADDRESS_KEYS.length; place += 1) {
    if (part(place) !== '') {
      return { firstName: part(0), lastName: part(1), phone: part(2), postal: postalFrom(part) };
    }
  }
  return null;
}

// What of a person outlived the erasure of his order. WooCommerce writes `[deleted]`, zeros and `deleted@site.invalid` where it
// erased; everything else that is still there is told, though the order is nobody's any more.
import { classBits, EVERY_CLASS, hasPlace, type ClassBits } from './held-classes.ts';
import { judgeAddress } from './judge-address.ts';
import type { OrderCopy } from './store-rows.ts';

export function remainsOf(copy: OrderCopy): ClassBits {
  const left = (text: string): boolean => !isMask(text);
  const postal = {
    ...copy.postal,
    line1: left(copy.postal.line1) ? copy.postal.line1 : '',
    line2: left(copy.postal.line2) ? copy.postal.line2 : '',
    city: left(copy.postal.city) ? copy.postal.city : '',
    postcode: left(copy.postal.postcode) ? copy.postal.postcode : '',
  };
  return classBits([
    ...(left(copy.firstName) || left(copy.lastName) ? (['name'] as const) : []),
    ...(copy.emails.some((email) => !['erased', null].includes(judgeAddress(email)))
      ? (['email'] as const)
      : []),
    ...(left(copy.phone) ? (['phone'] as const) : []),
    ...(hasPlace(postal) ? (['postal_address'] as const) : []),
    ...(copy.holds.freeText ? (['free_text'] as const) : []),
    ...(copy.holds.device ? (['device'] as const) : []),
    // The eraser keeps an IPv4 address with its last part as 0.
    ...(copy.holds.ipAddress && !/\.0$|::$|^0\.0\.0\.0$/u.test(copy.ipAddress)
      ? (['ip_address'] as const)
      : []),
  ]);
}

/** A text WordPress's privacy tools put where they erased one, or none at all. Addresses are judged by judgeAddress. */
export function isMask(text: string): boolean {
  return /^\s*$|^\s*\[deleted\]\s*$|^[\s0+()./-]*$/u.test(text);
}

/** Each class of a set by itself. */
export function* classBitsOf(bits: ClassBits): Iterable<ClassBits> {
  for (let bit = 1; bit <= EVERY_CLASS; bit <<= 1) {
    if ((bits & bit) !== 0) yield bit;
  }
}

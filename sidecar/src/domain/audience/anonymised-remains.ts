// What of a person outlived the erasure of his order. WooCommerce writes `[deleted]`, zeros and `deleted@site.invalid` where it
// erased; everything else that is still there is told, though the order is nobody's any more.
import { classBits, EVERY_CLASS, type ClassBits } from './held-classes.ts';
import { judgeAddress } from './judge-address.ts';
import type { OrderCopy, PostalAddress } from './store-rows.ts';

export function remainsOf(copy: OrderCopy): ClassBits {
  const left = (text: string): boolean => !isMask(text);
  const placed = (postal: PostalAddress): boolean =>
    [postal.line1, postal.line2, postal.city, postal.postcode].some(left);
  const { shipping } = copy;
  const named = [copy, ...(shipping === null ? [] : [shipping])];
  return classBits([
    ...(named.some((one) => left(one.firstName) || left(one.lastName)) ? (['name'] as const) : []),
    ...(copy.emails.some((email) => !['erased', null].includes(judgeAddress(email)))
      ? (['email'] as const)
      : []),
    ...(named.some((one) => left(one.phone)) ? (['phone'] as const) : []),
    ...(named.some((one) => placed(one.postal)) ? (['postal_address'] as const) : []),
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

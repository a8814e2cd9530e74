// Card numbers (PAN): 13 to 19 digits, Luhn, and the number ranges of the card schemes (ISO/IEC 7812). One in ten random
// numbers passes Luhn and one in fifty both, so that a name or a word around must speak of cards as well.
import { digitsOf } from '../keys/key-rule.ts';

const SHAPE = /^\d(?:[ .-]?\d){12,18}$/;
const INSIDE = /(?<![\d.,-])\d(?:[ -]?\d){12,18}(?![\d.,-]\d|\d)/g;
const CARD_WORD =
  /\b(?:card|visa|master ?card|amex|american express|discover|diners|jcb|maestro|ccnumber|cc|pan|cvv2?|cvc|kreditkarte|karte|carte|tarjeta|carta|karta)\b/i;
/** Scheme by its first digits and its lengths. */
const SCHEMES: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^5[1-5]|^2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 16, 17, 18, 19]],
  [/^6(?:011|4[4-9]|5)/, [16, 17, 18, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]],
];

export function isCardNumber(value: string): boolean {
  if (!SHAPE.test(value)) return false;
  const digits = digitsOf(value);
  return (
    luhnFits(digits) &&
    SCHEMES.some(([start, lengths]) => start.test(digits) && lengths.includes(digits.length))
  );
}

/** In running text, where a word must speak of cards. */
export function hasCardNumber(text: string): boolean {
  if (!/\d{4}/.test(text) || !CARD_WORD.test(text)) return false;
  return [...text.slice(0, 20_000).matchAll(INSIDE)].some(([match]) => isCardNumber(match));
}

/** First six or fewer and last four digits with the rest masked. */
export function isMaskedCard(value: string): boolean {
  return /^(?=.*[x*•·#]{2})[\dx*•·# .-]{8,25}$/i.test(value) && /\d{3,4}$/.test(value.trim());
}

export function luhnFits(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const twice = place % 2 === 1 ? digit * 2 : digit;
    sum += twice > 9 ? twice - 9 : twice;
  }
  return digits.length > 0 && sum % 10 === 0;
}

// Tax numbers of firms and of people in business: under a name that says tax only; EU numbers also by their own form.
import { digitsOf } from '../keys/key-rule.ts';

/** VIES formats. */
const EU_VAT =
  /^(?:ATU\d{8}|BE[01]\d{9}|BG\d{9,10}|CY\d{8}[A-Z]|CZ\d{8,10}|DE\d{9}|DK\d{8}|EE\d{9}|EL\d{9}|ES[A-Z0-9]\d{7}[A-Z0-9]|FI\d{8}|FR[A-Z0-9]{2}\d{9}|GB(?:\d{9}|\d{12})|HR\d{11}|HU\d{8}|IE\d[A-Z0-9+*]\d{5}[A-Z]{1,2}|IT\d{11}|LT(?:\d{9}|\d{12})|LU\d{8}|LV\d{11}|MT\d{8}|NL\d{9}B\d{2}|PL\d{10}|PT\d{9}|RO\d{2,10}|SE\d{12}|SI\d{8}|SK\d{10}|XI\d{9})$/;

export function isEuVat(value: string): boolean {
  return EU_VAT.test(value.toUpperCase().replace(/[\s.-]/g, ''));
}

export function isNamedTaxNumber(value: string): boolean {
  return /^[A-Z0-9][A-Z0-9 ./-]{4,24}$/i.test(value) && digitsOf(value).length >= 5;
}

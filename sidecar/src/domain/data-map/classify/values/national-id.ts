// Numbers that a person keeps for life, by the check digits their country defines. They are only asked where a name
// speaks of ids, tax or persons: one in eleven random numbers passes some of them.
import { luhnFits } from './card-number.ts';

type Check = { readonly shape: RegExp; readonly holds: (id: string) => boolean };

/** Values come upper case, without blanks, dots, dashes and slashes. */
const CHECKS: Readonly<Record<string, Check>> = {
  DE: { shape: /^[1-9]\d{10}$/, holds: taxIdOfGermany },
  ES: {
    shape: /^(?:\d{8}|[XYZ]\d{7})[A-Z]$/,
    holds: (id) =>
      'TRWAGMYFPDXBNJZSQVHLCKE'[
        Number(id.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2')) % 23
      ] === id.at(-1),
  },
  FR: {
    shape: /^[12378]\d{4}(?:\d\d|2[AB])\d{8}$/,
    holds: (id) => {
      const body = id.slice(0, 13).replace('2A', '19').replace('2B', '18');
      return 97 - (Number(body) % 97) === Number(id.slice(13));
    },
  },
  IT: { shape: /^[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/, holds: fiscalCodeOfItaly },
  GB: {
    shape: /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/,
    holds: () => true,
  },
  US: { shape: /^(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}$/, holds: () => true },
  BR: { shape: /^(?!(\d)\1{10})\d{11}$/, holds: (id) => brazil(id, 9) && brazil(id, 10) },
  PL: {
    shape: /^\d{11}$/,
    holds: (id) => weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 && bornOn(id, 2, 80),
  },
  NL: { shape: /^\d{9}$/, holds: (id) => weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 },
  SE: {
    shape: /^(?:19|20)?\d{10}$/,
    holds: (id) => luhnFits(id.slice(-10)) && bornOn(id.slice(-10), 2, 0),
  },
  BE: {
    shape: /^\d{11}$/,
    holds: (id) =>
      [id.slice(0, 9), `2${id.slice(0, 9)}`].some(
        (body) => 97 - (Number(body) % 97) === Number(id.slice(9)),
      ),
  },
  FI: {
    shape: /^\d{6}[+\-A]?\d{3}[0-9A-Y]$/,
    holds: (id) =>
      '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(id.slice(0, 6) + id.slice(-4, -1)) % 31] ===
      id.at(-1),
  },
};

/** Countries whose own check the value passes. */
export function nationalIdCountries(value: string): string[] {
  if (value.length < 8 || value.length > 24) return [];
  const id = value.toUpperCase().replace(/[\s./-]/g, '');
  return Object.entries(CHECKS)
    .filter(([, { shape, holds }]) => shape.test(id) && holds(id))
    .map(([country]) => country);
}

/** Written with its own marks, so that no name is needed: nothing else has letters and digits in these places. */
export function isTellingNationalId(value: string): boolean {
  return nationalIdCountries(value).includes('IT');
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);
}

/** Month and day at `at`, months counted up in steps of 20 for other centuries as long as they stay under `most`. */
function bornOn(id: string, at: number, most: number): boolean {
  const month = Number(id.slice(at, at + 2));
  const day = Number(id.slice(at + 2, at + 4));
  const bare = most > 0 ? month % 20 : month;
  return bare >= 1 && bare <= 12 && day >= 1 && day <= (most > 0 ? 31 : 91);
}

function brazil(id: string, length: number): boolean {
  let sum = 0;
  for (let place = 0; place < length; place += 1) sum += Number(id[place]) * (length + 1 - place);
  return ((sum * 10) % 11) % 10 === Number(id[length]);
}

/** ISO 7064 mod 11,10; one digit of the first ten stands twice or thrice. */
function taxIdOfGermany(id: string): boolean {
  const different = new Set(id.slice(0, 10)).size;
  if (different < 8 || different > 9) return false;
  let product = 10;
  for (const digit of id.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === Number(id[10]);
}

const ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function fiscalCodeOfItaly(id: string): boolean {
  let sum = 0;
  for (let place = 0; place < 15; place += 1) {
    const sign = id.charCodeAt(place);
    const worth = sign >= 65 ? sign - 65 : sign - 48;
    sum += place % 2 === 0 ? (ODD[worth] ?? 0) : worth;
  }
  return String.fromCharCode(65 + (sum % 26)) === id[15];
}

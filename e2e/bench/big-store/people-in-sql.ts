// One invented human as SQL expressions over a number: the same number is the same human in every table, in every run.
// Numbers are handed out in ranges by order-rows.ts: accounts, guests, recipients, payers.

const GIVEN = [
  'Ada',
  'Bruno',
  'Chloé',
  'Dmitri',
  'Elif',
  'Farah',
  'Günter',
  'Hana',
  'Ivo',
  'José',
  'Katarína',
  'Liam',
  'Mei',
  'Noor',
  'Øystein',
  'Priya',
  'Quinn',
  'Renée',
  'Søren',
  'Tomás',
  'Uma',
  'Viktor',
  'Wanda',
  'Xiu',
  'Yusuf',
  'Zoë',
  'Anna-Lena',
  'Björn',
  'Çağla',
  'Devi',
  'Émile',
] as const;

const FAMILY = [
  'Abbott',
  'Bauer',
  'Castillo',
  'Dąbrowska',
  'Eriksson',
  'Fernández',
  'García',
  'Hoffmann',
  'Ivanova',
  'Janssen',
  'Kowalski',
  'Lindqvist',
  'Müller',
  'Nakamura',
  "O'Brien",
  'Pereira',
  'Quispe',
  'Rossi',
  'Schröder',
  'Tanaka',
  'Urban',
  'Van der Berg',
  'Weber',
  'Xu',
  'Yıldız',
  'Zhang',
  'Ångström',
  'Brown',
  'Cohen',
  'Diaz',
  'Evans',
  'Fischer',
  'Gruber',
  'Haddad',
  'Ito',
  'Jones',
  'Kaya',
] as const;

/** Numbers with the same remainder by it have the same family name. */
export const FAMILY_NAMES = FAMILY.length;

const DOMAINS = ['example.com', 'example.org', 'example.net', 'mail.example.com'] as const;

/** Country, state, city, the first characters of a postcode, and what stands before a number of the telephone. */
const PLACES = [
  ['DE', 'DE-BE', 'Berlin', '10', '+49 30 '],
  ['DE', 'DE-BY', 'München', '80', '+49 89 '],
  ['US', 'CA', 'Oakland', '946', '+1 510 '],
  ['US', 'NY', 'Albany', '122', '+1 518 '],
  ['US', 'TX', 'Austin', '787', '+1 512 '],
  ['FR', '', 'Lyon', '690', '+33 4 '],
  ['GB', '', 'Leeds', 'LS1 ', '+44 113 '],
  ['ES', 'B', 'Barcelona', '080', '+34 93 '],
  ['IT', 'RM', 'Roma', '001', '+39 06 '],
  ['NL', '', 'Utrecht', '35', '+31 30 '],
  ['SE', '', 'Göteborg', '41', '+46 31 '],
  ['PL', '', 'Łódź', '90-', '+48 42 '],
  ['BR', 'SP', 'São Paulo', '010', '+55 11 '],
  ['JP', 'JP13', '千代田区', '100-', '+81 3 '],
  ['AU', 'NSW', 'Sydney', '20', '+61 2 '],
  ['CA', 'ON', 'Toronto', 'M5V ', '+1 416 '],
  ['IN', 'MH', 'Mumbai', '400', '+91 22 '],
] as const;

const STREETS = [
  'High Street',
  'Hauptstraße',
  'Rue de la Paix',
  'Elm Avenue',
  'Calle Mayor',
] as const;

export type PersonInSql = {
  readonly given: string;
  readonly family: string;
  /** Lower case, ASCII, distinct from everybody else's. */
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postcode: string;
  readonly country: string;
};

/** `number`: an SQL expression of a positive whole number. */
export function personInSql(number: string): PersonInSql {
  // The lists' lengths have no common divisor, so that names and places vary independently of each other.
  const place = (part: 0 | 1 | 2 | 3 | 4): string =>
    pick(
      PLACES.map((row) => row[part]),
      number,
    );
  return {
    given: pick(GIVEN, number),
    family: pick(FAMILY, number),
    email: `CONCAT(${pick(GIVEN.map(toLatin), number)}, '.', ${pick(FAMILY.map(toLatin), number)}, ${number}, '@', ${pick(DOMAINS, `${number} DIV 3`)})`,
    phone: `CONCAT(${place(4)}, LPAD(${number}, 8, '0'))`,
    street: `CONCAT(1 + ${number} % 180, ' ', ${pick(STREETS, number)})`,
    city: place(2),
    state: place(1),
    postcode: `CONCAT(${place(3)}, LPAD(${number} % 997, 3, '0'))`,
    country: place(0),
  };
}

/** One of the texts, by a number's remainder. */
export function pick(texts: readonly string[], number: string): string {
  return `ELT(1 + (${number}) % ${texts.length}, ${texts.map(quote).join(', ')})`;
}

function toLatin(name: string): string {
  const unaccented = name.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return unaccented
    .replace('Ø', 'O')
    .replaceAll('ø', 'o')
    .replace('ı', 'i')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

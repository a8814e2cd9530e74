// The few words the sidecar itself puts into a notice: data classes, dates, and what a customer is called whose name
// cannot be shown. Month names are written here and not asked of the runtime, so that text is the same on every machine.
import { DATA_CLASS_WORDS, type DataClassName } from './data-class-words.ts';

type DateParts = { day: number; month: string; year: number };

export type LanguageWords = {
  customer: string;
  /** Used when nothing is known about what leaked of one person. */
  personalData: string;
  and: string;
  months: readonly string[];
  date(parts: DateParts): string;
  on(date: string): string;
  between(from: string, to: string): string;
  since(date: string): string;
  until(date: string): string;
  unknownTime: string;
};

const months = (names: string): readonly string[] => names.split(' ');

const WORDS: Readonly<Record<string, LanguageWords>> = {
  en: {
    customer: 'Customer',
    personalData: 'personal data',
    and: ' and ',
    months: months(
      'January February March April May June July August September October November December',
    ),
    date: ({ day, month, year }) => `${day} ${month} ${year}`,
    on: (date) => `on ${date}`,
    between: (from, to) => `between ${from} and ${to}`,
    since: (date) => `on or after ${date}`,
    until: (date) => `on or before ${date}`,
    unknownTime: 'at a time we do not know yet',
  },
  de: {
    customer: 'Kundin oder Kunde',
    personalData: 'personenbezogene Daten',
    and: ' und ',
    months: months(
      'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
    ),
    date: ({ day, month, year }) => `${day}. ${month} ${year}`,
    on: (date) => `am ${date}`,
    between: (from, to) => `zwischen dem ${from} und dem ${to}`,
    since: (date) => `ab dem ${date}`,
    until: (date) => `bis zum ${date}`,
    unknownTime: 'zu einem Zeitpunkt, den wir noch nicht kennen',
  },
  fr: {
    customer: 'chère cliente, cher client',
    personalData: 'données personnelles',
    and: ' et ',
    months: months(
      'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
    ),
    date: ({ day, month, year }) => `${day === 1 ? '1er' : day} ${month} ${year}`,
    on: (date) => `le ${date}`,
    between: (from, to) => `entre le ${from} et le ${to}`,
    since: (date) => `à partir du ${date}`,
    until: (date) => `au plus tard le ${date}`,
    unknownTime: 'à une date que nous ne connaissons pas encore',
  },
  es: {
    customer: 'cliente',
    personalData: 'datos personales',
    and: ' y ',
    months: months(
      'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    ),
    date: ({ day, month, year }) => `${day} de ${month} de ${year}`,
    on: (date) => `el ${date}`,
    between: (from, to) => `entre el ${from} y el ${to}`,
    since: (date) => `a partir del ${date}`,
    until: (date) => `como muy tarde el ${date}`,
    unknownTime: 'en una fecha que todavía no conocemos',
  },
};

/** Languages the sidecar has words for. */
export const LANGUAGES_WITH_WORDS: readonly string[] = Object.keys(WORDS);

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set([
  'ar',
  'dv',
  'fa',
  'he',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
]);

/** Words of `de` for `de-AT` too; null when there are none. */
export function wordsOf(language: string): LanguageWords | null {
  return WORDS[language.slice(0, 2)] ?? null;
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language.slice(0, 2)) ? 'rtl' : 'ltr';
}

/** Names of data classes as one phrase: "name, e-mail address and phone number". Doubles are said once. */
export function dataClassesInWords(language: string, classes: readonly string[]): string {
  const words = wordsOf(language) ?? WORDS['en'];
  const names = DATA_CLASS_WORDS[language.slice(0, 2)] ?? DATA_CLASS_WORDS['en'];
  if (words === undefined || names === undefined) return '';
  const said = [
    ...new Set(
      classes.map((name) =>
        Object.hasOwn(names, name) ? names[name as DataClassName] : name.replaceAll('_', ' '),
      ),
    ),
  ];
  const last = said.pop();
  if (last === undefined) return words.personalData;
  return said.length === 0 ? last : `${said.join(', ')}${words.and}${last}`;
}

export type OccurredSpan = { from: string | null; to: string | null; timeZone: string };

/** When the leak happened, by day in the shop's time zone, as words that follow "this happened". */
export function occurredInWords(language: string, { from, to, timeZone }: OccurredSpan): string {
  const words = wordsOf(language) ?? WORDS['en'];
  if (words === undefined) return '';
  const first = from === null ? null : words.date(datePartsOf(from, timeZone, words));
  const last = to === null ? null : words.date(datePartsOf(to, timeZone, words));
  if (first !== null && last !== null) {
    return first === last ? words.on(first) : words.between(first, last);
  }
  if (first !== null) return words.since(first);
  return last !== null ? words.until(last) : words.unknownTime;
}

function datePartsOf(time: string, timeZone: string, { months: names }: LanguageWords): DateParts {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(new Date(time));
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return { day: part('day'), month: names[part('month') - 1] ?? '', year: part('year') };
}

// A data map as text for the command line: figures first, then each blind spot with what to do about it.
import type { DataMapPage, FoundPlace, ScanChange } from '../contract/data-map.ts';
import { nextMapStep } from '../domain/data-map/next-map-step.ts';

const LINK_WORDS: Readonly<Record<FoundPlace['link_candidates'][number]['kind'], string>> = {
  user_id: 'user id',
  order_id: 'order id',
  order_text: 'order number in text',
  email: 'e-mail address',
};

const CHANGE_WORDS: Readonly<Record<ScanChange['kind'], string>> = {
  new_blind_spot: 'new blind spot',
  new_place: 'new place, mapped',
  gone: 'gone',
  now_mapped: 'now mapped',
  classes_changed: 'other kinds of data',
};

export function scanReport({ scan, places, changes }: DataMapPage): string[] {
  if (scan === null) return ['The database was not scanned yet.'];
  const blind = places.filter(({ state }) => state === 'blind_spot');
  return [
    `${number(scan.places)} places with personal data in ${number(scan.tables)} tables; ${number(scan.rows_sampled)} rows were looked at.`,
    `Coverage ${scan.coverage} %: ${number(scan.mapped)} mapped, ${number(scan.ignored)} ignored, ${number(scan.blind_spots)} blind spots.`,
    ...section('Blind spots', blind.flatMap(describe)),
    ...section(
      'Not looked at',
      scan.unread.map(({ code, sentence }) => `${sentence} [${code}]`),
    ),
    ...section(
      'Changed since the scan before',
      changes.map(({ kind, place }) => `${CHANGE_WORDS[kind]}: ${place}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function describe(place: FoundPlace): string[] {
  const links = place.link_candidates.map(({ column, kind }) => `${column} (${LINK_WORDS[kind]})`);
  const holds =
    place.classes.length === 0
      ? 'not known: its values cannot be read'
      : place.classes.map((name) => name.replaceAll('_', ' ')).join(', ');
  return [
    place.id,
    `  holds   ${holds}`,
    `  found   in ${number(place.rows_matching)} of ${number(place.rows_sampled)} rows, since ${place.first_seen_at.slice(0, 10)}`,
    ...(place.encodings.length > 0 ? [`  written ${place.encodings.join(', ')}`] : []),
    ...(place.paths.some((path) => path !== '') ? [`  inside  ${place.paths.join(', ')}`] : []),
    ...(links.length > 0 ? [`  linked  perhaps by ${links.join(', ')}`] : []),
    `  next    ${nextMapStep(place.encodings)}`,
  ];
}

function number(count: number): string {
  return count.toLocaleString('en');
}

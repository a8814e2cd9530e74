// The doctor's look at the data map: that there is a fresh one, and what in it nobody reads.
import type { Finding } from '../contract/index.ts';
import { coverageOf, countMap } from '../domain/data-map/compare-scans.ts';
import { nextMapStep } from '../domain/data-map/next-map-step.ts';
import { entryOf, lastScan, placesOf } from './judge-places.ts';
import { fromPlaceRow } from './place-record.ts';
import type { Deps } from './ports/deps.ts';
import { ScanLists } from './view-scan.ts';

type Found = Omit<Finding, 'name'>;

/** Blind spots that are listed one by one; the data map has them all. */
const LISTED = 10;
const SCAN = 'tocsin scan';

export async function checkDataMap(
  { ledger: { tables }, clock }: Pick<Deps, 'ledger' | 'clock'>,
  everyHours: number,
): Promise<Found[]> {
  const last = await lastScan(tables);
  if (last?.finished_at === null || last?.finished_at === undefined) {
    return [
      warning(
        'The database was not scanned yet: places with personal data that no source reads are not known.',
        SCAN,
      ),
    ];
  }
  const places = await placesOf(tables, last.id);
  const counts = countMap(places.map(entryOf));
  const blind = places.filter(({ state }) => state === 'blind_spot');
  const hours = Math.round((clock.now().getTime() - Date.parse(last.finished_at)) / 3_600_000);
  const findings = [
    ...(hours > everyHours * 2
      ? [warning(`The last scan of the database is ${hours} hours old.`, SCAN)]
      : []),
    ...blind.slice(0, LISTED).map((row): Found => {
      const { id, encodings } = fromPlaceRow(row);
      const { classes } = entryOf(row);
      const holds = classes.length === 0 ? 'values that cannot be read' : classes.join(', ');
      return warning(`Blind spot: ${id} holds ${holds}, and no source reads it.`, next(encodings));
    }),
    ...(blind.length > LISTED
      ? [
          warning(
            `${blind.length - LISTED} more blind spots.`,
            'See them in wp-admin (Tocsin, Data map) or with: tocsin scan',
          ),
        ]
      : []),
    ...ScanLists.unread
      .parse(JSON.parse(last.unread_json))
      .map(({ sentence }) => warning(`The last scan is not whole: ${sentence}`, SCAN)),
  ];
  if (findings.length > 0) return findings;
  const share = `${coverageOf(counts)} %`;
  return [
    {
      level: 'ok',
      sentence: `Sources read all places with personal data that are not ignored: ${places.length} places, coverage ${share}.`,
      mend: '',
    },
  ];
}

function next(encodings: readonly string[]): string {
  const step = nextMapStep(encodings);
  return `${step.charAt(0).toUpperCase()}${step.slice(1)}.`;
}

function warning(sentence: string, mend: string): Found {
  return { level: 'warning', sentence, mend };
}

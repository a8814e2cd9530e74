// The times of an incident: kept in UTC, in order, and not in the future. All wrong ones are named at once.
import { CodedError } from '../coded-error.ts';

export type IncidentTimes = {
  occurred_from: string | null;
  occurred_to: string | null;
  detected_at: string | null;
  aware_at: string | null;
};
export type IncidentTimeName = keyof IncidentTimes;

const WORDS: Readonly<Record<IncidentTimeName | 'confirmed_at', string>> = {
  occurred_from: 'the beginning of the leak',
  occurred_to: 'the end of the leak',
  detected_at: 'the detection',
  aware_at: 'the moment you became aware',
  confirmed_at: 'the confirmation',
};

/**
 * Pairs of which the first must not be later. The end of a leak stands in no pair with its detection: a leak that was
 * noticed while it went on ends when it is stopped, after that.
 */
const ORDER: readonly (readonly [IncidentTimeName, IncidentTimeName])[] = [
  ['occurred_from', 'occurred_to'],
  ['occurred_from', 'detected_at'],
  ['detected_at', 'aware_at'],
  ['occurred_from', 'aware_at'],
];

/** Clocks of browser and sidecar differ a little. */
export const FUTURE_ALLOWANCE_MS = 5 * 60_000;
/** GDPR Art. 33(1): 72 hours after having become aware. */
export const DEADLINE_MS = 72 * 3_600_000;

export type TimesToCheck = { times: IncidentTimes; confirmedAt: string | null; now: Date };

/** The times in UTC with milliseconds. Throws `incident.times_invalid` with one message a field. */
export function checkTimes({ times, confirmedAt, now }: TimesToCheck): IncidentTimes {
  const wrong = new Map<IncidentTimeName, string>();
  const normal = normalise(times, wrong);
  const latest = now.getTime() + FUTURE_ALLOWANCE_MS;
  for (const name of Object.keys(normal) as IncidentTimeName[]) {
    const at = normal[name];
    if (at !== null && Date.parse(at) > latest) wrong.set(name, 'must not be in the future');
  }
  for (const [first, second] of ORDER) {
    const a = normal[first];
    const b = normal[second];
    if (a === null || b === null || a <= b || wrong.has(first) || wrong.has(second)) continue;
    wrong.set(second, `must not be before ${WORDS[first]}`);
  }
  checkAgainstConfirmation(normal, confirmedAt, wrong);
  if (wrong.size > 0) throw refuseTimes(wrong);
  return normal;
}

/** End of the 72 hours of GDPR Art. 33(1); null while nobody is aware. */
export function deadlineOf(awareAt: string | null): string | null {
  return awareAt === null ? null : new Date(Date.parse(awareAt) + DEADLINE_MS).toISOString();
}

function normalise(times: IncidentTimes, wrong: Map<IncidentTimeName, string>): IncidentTimes {
  const toUtc = (name: IncidentTimeName): string | null => {
    const given = times[name];
    if (given === null) return null;
    const at = Date.parse(given);
    if (Number.isNaN(at)) {
      wrong.set(name, 'must be a time such as 2026-11-23T21:40:00.000Z');
      return null;
    }
    return new Date(at).toISOString();
  };
  return {
    occurred_from: toUtc('occurred_from'),
    occurred_to: toUtc('occurred_to'),
    detected_at: toUtc('detected_at'),
    aware_at: toUtc('aware_at'),
  };
}

/** Who has confirmed a leak is aware of it, so the clock of Art. 33(1) cannot be taken away or begin later. */
function checkAgainstConfirmation(
  times: IncidentTimes,
  confirmedAt: string | null,
  wrong: Map<IncidentTimeName, string>,
): void {
  if (confirmedAt === null || wrong.has('aware_at')) return;
  if (times.aware_at === null) {
    wrong.set('aware_at', 'must not be empty once the incident is confirmed');
  } else if (Date.parse(times.aware_at) > Date.parse(confirmedAt) + FUTURE_ALLOWANCE_MS) {
    wrong.set('aware_at', `must not be after ${WORDS.confirmed_at}`);
  }
}

function refuseTimes(wrong: ReadonlyMap<IncidentTimeName, string>): CodedError {
  return new CodedError({
    code: 'incident.times_invalid',
    category: 'invalid',
    message: `couldn't keep the times of the incident: ${wrong.size} of them cannot be right`,
    detail:
      'Allowed: begin of the leak ≤ end of the leak; begin ≤ detected ≤ aware ≤ confirmed; none of them in the future.',
    fields: [...wrong].map(([name, message]) => ({ pointer: `/${name}`, message })),
  });
}

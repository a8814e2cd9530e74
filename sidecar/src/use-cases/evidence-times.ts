// The times of an incident as its evidence entries hold them: only those that are known.
import type { IncidentTimes } from '../domain/evidence/entry-data.ts';
import type { IncidentRecord } from './require-incident.ts';

type Row = Pick<IncidentRecord, 'occurred_from' | 'detected_at' | 'aware_at' | 'confirmed_at'>;

export function evidenceTimes(row: Row): IncidentTimes {
  return {
    ...(row.occurred_from === null ? {} : { occurred_at: row.occurred_from }),
    ...(row.detected_at === null ? {} : { detected_at: row.detected_at }),
    ...(row.aware_at === null ? {} : { aware_at: row.aware_at }),
    ...(row.confirmed_at === null ? {} : { confirmed_at: row.confirmed_at }),
  };
}

// What was changed about an incident, as the smallest request that says so.
import type { Incident, IncidentChange, IncidentDraft } from '@tocsin/sidecar/contract';

type Told = Omit<IncidentDraft, 'drill' | 'signal_ids'>;

const timeFields = ['occurred_from', 'occurred_to', 'detected_at', 'aware_at'] as const;

/** A form knows minutes only: a time that shows the same minute was not changed. */
function sameMinute(one: string | null, other: string | null): boolean {
	return one?.slice(0, 16) === other?.slice(0, 16);
}

/** Null when nothing was changed. */
export function changesOf(incident: Incident, told: Told): IncidentChange | null {
	const change: IncidentChange = { version: incident.version };
	if (told.title !== incident.title) {
		change.title = told.title;
	}
	if (told.type !== incident.type) {
		change.type = told.type;
	}
	if (told.severity !== incident.severity) {
		change.severity = told.severity;
	}
	if (told.description !== incident.description) {
		change.description = told.description;
	}
	for (const field of timeFields) {
		if (!sameMinute(told[field], incident[field])) {
			change[field] = told[field];
		}
	}
	return Object.keys(change).length > 1 ? change : null;
}

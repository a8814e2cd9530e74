// The form that declares or corrects an incident: text in the site's time zone, and its checks.
import type { Incident, IncidentDraft, Signal } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import type { IncidentType, Severity } from '../../words/incident-words.ts';
import { toLocal, toUtc } from '../../words/zoned-time.ts';

export type IncidentForm = {
	title: string;
	type: IncidentType;
	severity: Severity;
	description: string;
	occurredFrom: string;
	occurredTo: string;
	detectedAt: string;
	awareAt: string;
	drill: boolean;
};

export type IncidentFormField = keyof IncidentForm;
export type IncidentFormErrors = Partial<Record<IncidentFormField, string>>;
type Told = Omit<IncidentDraft, 'drill' | 'signal_ids'>;

export function emptyIncidentForm(drill: boolean): IncidentForm {
	return {
		title: '',
		type: 'other',
		severity: 'medium',
		description: '',
		occurredFrom: '',
		occurredTo: '',
		detectedAt: '',
		awareAt: '',
		drill,
	};
}

/** What a signal already tells; when one became aware is for a person to say. */
export function formFromSignal(signal: Signal, timeZone: string): IncidentForm {
	return {
		...emptyIncidentForm(false),
		title: signal.title,
		severity: signal.severity,
		description: signal.detail,
		occurredFrom: toLocal(signal.occurred_at, timeZone),
		detectedAt: toLocal(signal.received_at, timeZone),
	};
}

export function formFromIncident(incident: Incident, timeZone: string): IncidentForm {
	return {
		title: incident.title,
		type: incident.type,
		severity: incident.severity,
		description: incident.description,
		occurredFrom: toLocal(incident.occurred_from, timeZone),
		occurredTo: toLocal(incident.occurred_to, timeZone),
		detectedAt: toLocal(incident.detected_at, timeZone),
		awareAt: toLocal(incident.aware_at, timeZone),
		drill: incident.drill,
	};
}

type TimeField = 'occurredFrom' | 'occurredTo' | 'detectedAt' | 'awareAt';

export type IncidentFormOutcome =
	{ told: Told; errors: null } | { told: null; errors: IncidentFormErrors };

/** `now` in milliseconds: nobody becomes aware in the future. */
export function readIncidentForm(
	form: IncidentForm,
	where: { timeZone: string; now: number },
): IncidentFormOutcome {
	const errors: IncidentFormErrors = {};
	const time = (field: TimeField) => {
		const at = form[field] === '' ? null : toUtc(form[field], where.timeZone);
		if (form[field] !== '' && at === null) {
			errors[field] = __('Give a date and a time.', 'tocsin');
		} else if (at !== null && Date.parse(at) > where.now) {
			errors[field] = __('This time lies in the future.', 'tocsin');
		}
		return at;
	};
	const told: Told = {
		title: form.title.trim(),
		type: form.type,
		severity: form.severity,
		description: form.description,
		occurred_from: time('occurredFrom'),
		occurred_to: time('occurredTo'),
		detected_at: time('detectedAt'),
		aware_at: time('awareAt'),
	};
	if (told.title.length < 3 || told.title.length > 200) {
		errors.title = __('Give a title of 3 to 200 letters.', 'tocsin');
	}
	if (told.description.length > 5000) {
		errors.description = __('At most 5,000 letters.', 'tocsin');
	}
	if (
		told.occurred_from !== null &&
		told.occurred_to !== null &&
		told.occurred_from > told.occurred_to
	) {
		errors.occurredTo = __('The end must not be before the beginning.', 'tocsin');
	}
	return Object.keys(errors).length > 0 ? { told: null, errors } : { told, errors: null };
}

// The timeline's filter: kinds of entries in groups a person would ask for.
import type { TimelineEntry } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';

const kinds = {
	all: [''],
	incident: ['incident.', 'signal.', 'config.'],
	prepare: ['scope.', 'audience.', 'identity.', 'notice.'],
	approve: ['manifest.', 'approval.', 'approver.'],
	send: ['dispatch.', 'batch.', 'receipts.'],
	look: ['people.', 'bundle.'],
} as const;

export type TimelineGroup = keyof typeof kinds;

export function timelineGroups(): { value: TimelineGroup; label: string }[] {
	return [
		{ value: 'all', label: __('Everything', 'tocsin') },
		{ value: 'incident', label: __('The incident', 'tocsin') },
		{ value: 'prepare', label: __('Data, people and text', 'tocsin') },
		{ value: 'approve', label: __('Approvals', 'tocsin') },
		{ value: 'send', label: __('Sending', 'tocsin') },
		{ value: 'look', label: __('Who looked at people’s data', 'tocsin') },
	];
}

export function inGroup(entry: Pick<TimelineEntry, 'kind'>, group: TimelineGroup): boolean {
	return kinds[group].some((start) => entry.kind.startsWith(start));
}

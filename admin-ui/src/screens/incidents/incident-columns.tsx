// The columns of the incidents table.
import type { IncidentRow } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { Deadline, Time } from '../../parts/time.tsx';
import { routeHref } from '../../routing/route.ts';
import { useSite } from '../../state/site.tsx';
import type { Column } from '../../tables/paged-table.tsx';
import {
	nextStepWords,
	severityWords,
	stateWords,
	type IncidentState,
} from '../../words/incident-words.ts';
import { peopleWords } from '../../words/number-words.ts';

const states: readonly IncidentState[] = [
	'suspected',
	'confirmed',
	'notifying',
	'notified',
	'closed',
	'dismissed',
];

export function incidentColumns(): Column<IncidentRow>[] {
	return [
		{
			id: 'title',
			label: __('Incident', 'tocsin'),
			render: (incident) => (
				<span className="tocsin-incident-title">
					<a href={routeHref({ screen: 'incident', id: incident.id, step: null })}>
						{incident.title}
					</a>
					<span className="tocsin-note">
						{incident.reference}
						{incident.drill ? ` · ${__('Drill', 'tocsin')}` : ''}
					</span>
				</span>
			),
		},
		{
			id: 'severity',
			width: 100,
			label: __('Severity', 'tocsin'),
			render: (incident) => (
				<span className={`tocsin-severity is-${incident.severity}`}>
					{severityWords(incident.severity)}
				</span>
			),
		},
		{
			id: 'state',
			width: 110,
			label: __('State', 'tocsin'),
			choices: [
				{ value: 'open', label: __('All that are open', 'tocsin') },
				...states.map((state) => ({ value: state, label: stateWords(state) })),
			],
			render: (incident) => stateWords(incident.state),
		},
		{
			id: 'aware',
			width: 130,
			label: __('Aware since', 'tocsin'),
			render: (incident) =>
				incident.aware_at === null ? (
					__('not yet', 'tocsin')
				) : (
					<Time at={incident.aware_at} />
				),
		},
		{
			id: 'deadline',
			width: 160,
			label: __('Deadline', 'tocsin'),
			render: (incident) =>
				isOver(incident.state) ? '–' : <Deadline at={incident.deadline_at} />,
		},
		{
			id: 'people',
			width: 100,
			label: __('People', 'tocsin'),
			render: (incident) => <People count={incident.people} />,
		},
		{
			id: 'next',
			width: 140,
			label: __('Next step', 'tocsin'),
			render: (incident) => nextStepWords(incident.next_step),
		},
	];
}

/** Once people were told, the deadline is no longer what one acts on. */
function isOver(state: IncidentState): boolean {
	return state === 'notified' || state === 'closed' || state === 'dismissed';
}

function People({ count }: { count: number | null }) {
	const { locale } = useSite();
	return <>{peopleWords(count, locale)}</>;
}

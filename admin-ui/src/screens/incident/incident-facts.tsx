// What one must know of an incident at a glance: number, severity, state, since when, and what is left of the deadline.
import type { Incident } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { Deadline, Time } from '../../parts/time.tsx';
import { severityWords, stateWords } from '../../words/incident-words.ts';

export function IncidentFacts({ incident }: { incident: Incident }) {
	return (
		<ul className="tocsin-glance">
			<li>{incident.reference}</li>
			{incident.drill ? (
				<li className="tocsin-severity is-low">
					{__('Drill: no customer can be reached', 'tocsin')}
				</li>
			) : null}
			<li className={`tocsin-severity is-${incident.severity}`}>
				<span className="tocsin-unseen">{__('Severity', 'tocsin')}: </span>
				{severityWords(incident.severity)}
			</li>
			<li>
				<span className="tocsin-unseen">{__('State', 'tocsin')}: </span>
				<strong>{stateWords(incident.state)}</strong>
			</li>
			<li>
				{incident.aware_at === null ? (
					__('Time of awareness not set', 'tocsin')
				) : (
					<>
						{__('Aware', 'tocsin')} <Time at={incident.aware_at} />
					</>
				)}
			</li>
			<li>
				<span className="tocsin-label">{__('Authority by', 'tocsin')}</span>{' '}
				<Deadline at={incident.deadline_at} />
			</li>
		</ul>
	);
}

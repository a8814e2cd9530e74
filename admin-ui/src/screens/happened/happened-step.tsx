// What happened: the facts as far as known, where they came from, and a way to correct them.
import type { Incident, IncidentPage } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useState } from 'react';
import { ActionButton } from '../../fields/action-button.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { Deadline, Time } from '../../parts/time.tsx';
import { useMay } from '../../state/site.tsx';
import { severityWords, typeWords } from '../../words/incident-words.ts';
import type { StepGiven } from '../incident/incident-steps.tsx';
import { CorrectIncident } from './correct-incident.tsx';

export function HappenedStep({ page, onChanged }: StepGiven) {
	const mayPrepare = useMay('tocsin_prepare');
	const [isEditing, setEditing] = useState(false);
	const isOpen = page.incident.state !== 'closed' && page.incident.state !== 'dismissed';
	if (isEditing) {
		return (
			<CorrectIncident
				page={page}
				onChanged={onChanged}
				onClose={() => {
					setEditing(false);
				}}
			/>
		);
	}
	return (
		<>
			<Facts incident={page.incident} />
			<Signals signals={page.signals} />
			{mayPrepare && isOpen ? (
				<ActionButton
					onClick={() => {
						setEditing(true);
					}}
				>
					{__('Correct what happened', 'tocsin')}
				</ActionButton>
			) : null}
		</>
	);
}

function Facts({ incident }: { incident: Incident }) {
	const time = (at: string | null) =>
		at === null ? __('not known', 'tocsin') : <Time at={at} />;
	return (
		<>
			<p className="tocsin-told">
				{incident.description === ''
					? __('Nothing was written about it yet.', 'tocsin')
					: incident.description}
			</p>
			<FactList
				facts={[
					{ name: __('Kind of leak', 'tocsin'), value: typeWords(incident.type) },
					{ name: __('Severity', 'tocsin'), value: severityWords(incident.severity) },
					{ name: __('Leak began', 'tocsin'), value: time(incident.occurred_from) },
					{ name: __('Leak ended', 'tocsin'), value: time(incident.occurred_to) },
					{ name: __('First pointed to', 'tocsin'), value: time(incident.detected_at) },
					{ name: __('You became aware', 'tocsin'), value: time(incident.aware_at) },
					{
						name: __('Tell the authority by', 'tocsin'),
						value: <Deadline at={incident.deadline_at} />,
					},
					{ name: __('Declared by', 'tocsin'), value: incident.created_by.name },
				]}
			/>
		</>
	);
}

function Signals({ signals }: { signals: IncidentPage['signals'] }) {
	if (signals.length === 0) {
		return null;
	}
	return (
		<>
			<h3>{__('Signals that led here', 'tocsin')}</h3>
			<ul>
				{signals.map((signal) => (
					<li key={signal.id}>
						{signal.title}{' '}
						<span className="tocsin-note">
							{signal.source}, <Time at={signal.received_at} />
						</span>
					</li>
				))}
			</ul>
		</>
	);
}

// Why one person is on the list: each row of the store that led to them, and how they are reached.
import type { Person } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { useEffect, useRef } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Time } from '../../parts/time.tsx';
import { useResource } from '../../state/use-resource.ts';
import {
	contactabilityWords,
	originWords,
	sourceWords,
	viaWords,
} from '../../words/count-words.ts';
import { dataClassWords } from '../../words/data-class-words.ts';
import { personName } from './people-columns.tsx';

export function PersonPanel(given: { incidentId: string; number: number; onClose: () => void }) {
	const api = useStoreApi();
	const heading = useRef<HTMLHeadingElement>(null);
	const person = useResource({
		key: `${given.incidentId} ${given.number}`,
		load: (signal) => api.readPerson(given.incidentId, given.number, signal),
	});
	useEffect(() => heading.current?.focus(), []);
	return (
		<section
			className="tocsin-panel"
			role="dialog"
			aria-labelledby="tocsin-person-title"
			onKeyDown={(event) => {
				if (event.key === 'Escape') {
					given.onClose();
				}
			}}
		>
			<h4 id="tocsin-person-title" ref={heading} tabIndex={-1}>
				{__('Why is this person here?', 'tocsin')}
			</h4>
			<Loaded resource={person} loading={__('Loading the reasons…', 'tocsin')}>
				{(found) => <Reasons person={found} />}
			</Loaded>
			<ActionButton onClick={given.onClose}>{__('Close', 'tocsin')}</ActionButton>
		</section>
	);
}

function Reasons({ person }: { person: Person }) {
	return (
		<>
			<p>
				<strong>
					<bdi>{personName(person)}</bdi>
				</strong>
				, {contactabilityWords(person.contactability)}
			</p>
			<h5>{__('Where they were found', 'tocsin')}</h5>
			<ul>
				{person.reasons.map((reason) => (
					<li key={`${reason.source} ${reason.row} ${reason.via}`}>
						{reasonWords(reason)}
						{reason.at === null ? null : (
							<>
								, <Time at={reason.at} brief />
							</>
						)}
						<span className="tocsin-note">
							{' '}
							{reason.data_classes.map(dataClassWords).join(', ')}
						</span>
					</li>
				))}
			</ul>
			<h5>{__('How they can be reached', 'tocsin')}</h5>
			<ul>
				{person.contact_points.length === 0 ? <li>{__('Not at all', 'tocsin')}</li> : null}
				{person.contact_points.map((point) => (
					<li key={point.kind + point.value + point.origin}>
						<bdi>{point.value}</bdi>{' '}
						<span className="tocsin-note">{originWords(point.origin)}</span>
						{point.chosen ? (
							<strong> {__('(used for the notice)', 'tocsin')}</strong>
						) : null}
					</li>
				))}
			</ul>
			<FactList
				facts={[
					{ name: __('Number on the list', 'tocsin'), value: person.number },
					{
						name: __('Commitment in the proof', 'tocsin'),
						value: <code className="tocsin-hash">{person.commitment}</code>,
					},
				]}
			/>
		</>
	);
}

function reasonWords(reason: Person['reasons'][number]): string {
	return reason.row === 0
		? /* translators: 1: source, 2: how it was tied to the person */
			sprintf(__('%1$s: %2$s', 'tocsin'), sourceWords(reason.source), viaWords(reason.via))
		: sprintf(
				/* translators: 1: source, 2: number of the row, 3: how it was tied to the person */
				__('%1$s, number %2$d: %3$s', 'tocsin'),
				sourceWords(reason.source),
				reason.row,
				viaWords(reason.via),
			);
}

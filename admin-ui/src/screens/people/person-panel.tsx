// Why one person is on the list: each row of the store that led to them, how they are reached, and, while it can still be
// decided, that they are two people or the same as another.
import type { Person } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useEffect, useRef, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Time } from '../../parts/time.tsx';
import { useSourceTitle } from '../../state/data-map.tsx';
import { useResource } from '../../state/use-resource.ts';
import { contactabilityWords } from '../../words/count-words.ts';
import { dataClassWords } from '../../words/data-class-words.ts';
import { roleWords } from '../../words/person-words.ts';
import { personName } from './people-columns.tsx';
import { PersonContacts } from './person-contacts.tsx';
import { reasonWords } from './reason-words.ts';
import { SameAs } from './same-as.tsx';
import { SplitPerson } from './split-person.tsx';

export function PersonPanel(given: {
	incidentId: string;
	number: number;
	/** Null where nothing can be decided any more. */
	onDecided: (() => void) | null;
	onClose: () => void;
}) {
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
				{(found) => (
					<>
						<Reasons person={found} />
						{given.onDecided === null ? null : (
							<Decide
								incidentId={given.incidentId}
								person={found}
								onDecided={given.onDecided}
							/>
						)}
					</>
				)}
			</Loaded>
			<ActionButton onClick={given.onClose}>{__('Close', 'tocsin')}</ActionButton>
		</section>
	);
}

function Reasons({ person }: { person: Person }) {
	const sourceTitle = useSourceTitle();
	return (
		<>
			<p>
				<strong>
					<bdi>{personName(person)}</bdi>
				</strong>
				, {contactabilityWords(person.contactability)}
			</p>
			<p>{person.roles.map(roleWords).join(', ')}</p>
			<h5>{__('Where they were found', 'tocsin')}</h5>
			<ul>
				{person.reasons.map((reason) => (
					<li key={`${reason.source} ${reason.row} ${reason.via} ${reason.role}`}>
						{reasonWords(reason, sourceTitle)}
						{reason.at === null ? null : (
							<>
								, <Time at={reason.at} brief />
							</>
						)}
						<span className="tocsin-note">
							{' '}
							{roleWords(reason.role)}.{' '}
							{reason.data_classes.map(dataClassWords).join(', ')}
						</span>
					</li>
				))}
			</ul>
			<PersonContacts points={person.contact_points} />
			<FactList
				facts={[
					{ name: __('Number on the list', 'tocsin'), value: person.number },
					{
						name: __('Commitment in the proof', 'tocsin'),
						value: <code className="tocsin-hash">{person.commitment}</code>,
					},
				]}
			/>
			<p className="tocsin-label">{__('Id within this incident', 'tocsin')}</p>
			<CopyText text={person.person_id} name={__('Id within this incident', 'tocsin')} />
		</>
	);
}

type Act = 'split' | 'same';

function Decide(given: { incidentId: string; person: Person; onDecided: () => void }) {
	const [act, setAct] = useState<Act | null>(null);
	const [said, setSaid] = useState('');
	const done = () => {
		setAct(null);
		setSaid(__('Recorded. It counts from the next freeze on.', 'tocsin'));
		given.onDecided();
	};
	const toggle = (wanted: Act) => () => {
		setSaid('');
		setAct(act === wanted ? null : wanted);
	};
	return (
		<>
			<h5>{__('Is this one human?', 'tocsin')}</h5>
			<div className="tocsin-buttons">
				{given.person.reasons.length < 2 ? null : (
					<ActionButton onClick={toggle('split')} expanded={act === 'split'}>
						{__('This is two people…', 'tocsin')}
					</ActionButton>
				)}
				<ActionButton onClick={toggle('same')} expanded={act === 'same'}>
					{__('Same as…', 'tocsin')}
				</ActionButton>
			</div>
			<p role="status">{said}</p>
			{act === 'split' ? <SplitPerson {...given} onDecided={done} /> : null}
			{act === 'same' ? <SameAs {...given} onDecided={done} /> : null}
		</>
	);
}

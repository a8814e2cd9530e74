// One group of people who may be one human, side by side, with the two answers.
import type { Hint } from '@tocsin/sidecar/contract';
import { CheckboxControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { useState } from 'react';
import { ActionButton } from '../../fields/action-button.tsx';
import { noMargin } from '../../fields/newer-look.ts';
import { FactList } from '../../parts/fact-list.tsx';
import { useSite } from '../../state/site.tsx';
import { contactabilityWords, countryWords } from '../../words/count-words.ts';
import { numberWords } from '../../words/number-words.ts';
import { roleWords } from '../../words/person-words.ts';
import { personName } from '../people/people-columns.tsx';
import { DecideHint, type HintAnswer } from './decide-hint.tsx';
import { hintKindWords, hintStateWords } from './review-words.ts';

type PersonOfHint = Hint['people'][number];

export function HintCard(given: {
	incidentId: string;
	hint: Hint;
	/** Null where nothing can be decided any more. */
	onDecided: ((words: string) => void) | null;
}) {
	const { hint, onDecided } = given;
	const ids = hint.people.map((person) => person.person_id);
	const [chosen, setChosen] = useState<readonly string[]>(ids);
	const [answer, setAnswer] = useState<HintAnswer | null>(null);
	const isChoosing = onDecided !== null && hint.state === 'open' && hint.people.length > 2;
	const people = hint.people.filter((person) => chosen.includes(person.person_id));
	return (
		<div className="tocsin-hint">
			<p>
				<strong>{hintKindWords(hint.kind)}</strong>{' '}
				<span className="tocsin-note">{hintStateWords(hint.state)}</span>
			</p>
			{hint.size > hint.people.length ? (
				<p className="tocsin-note">
					{sprintf(
						/* translators: 1: people shown, 2: people in the group */
						__(
							'%1$d of %2$d are shown. So many rarely are one human: more likely a shared number or a shop’s own entry.',
							'tocsin',
						),
						hint.people.length,
						hint.size,
					)}
				</p>
			) : null}
			<div className="tocsin-hint__people">
				{hint.people.map((person) => (
					<div key={person.person_id} className="tocsin-hint__person">
						{isChoosing ? (
							<CheckboxControl
								{...noMargin}
								label={personName(person)}
								checked={chosen.includes(person.person_id)}
								onChange={(on) => {
									setChosen(
										ids.filter((id) =>
											id === person.person_id ? on : chosen.includes(id),
										),
									);
								}}
							/>
						) : (
							<p>
								<strong>
									<bdi>{personName(person)}</bdi>
								</strong>
							</p>
						)}
						<PersonFacts person={person} />
					</div>
				))}
			</div>
			{onDecided === null || hint.state !== 'open' ? null : people.length < 2 ? (
				<p className="tocsin-note">{__('Choose at least two of them.', 'tocsin')}</p>
			) : (
				<div className="tocsin-buttons">
					<ActionButton
						onClick={() => {
							setAnswer('merge');
						}}
					>
						{__('They are one person', 'tocsin')}
						<Names people={people} />
					</ActionButton>
					<ActionButton
						onClick={() => {
							setAnswer('keep_apart');
						}}
					>
						{__('Keep apart', 'tocsin')}
						<Names people={people} />
					</ActionButton>
				</div>
			)}
			{answer === null || onDecided === null ? null : (
				<DecideHint
					incidentId={given.incidentId}
					people={people}
					answer={answer}
					onClose={() => {
						setAnswer(null);
					}}
					onDone={(words) => {
						setAnswer(null);
						onDecided(words);
					}}
				/>
			)}
		</div>
	);
}

/** Many groups stand on one screen: for those who hear it the buttons name their people. */
function Names({ people }: { people: readonly PersonOfHint[] }) {
	return <span className="tocsin-unseen">: {people.map(personName).join(', ')}</span>;
}

function PersonFacts({ person }: { person: PersonOfHint }) {
	const { locale } = useSite();
	return (
		<FactList
			facts={[
				{
					name: __('E-mail', 'tocsin'),
					value: <bdi>{person.email ?? __('no e-mail address', 'tocsin')}</bdi>,
				},
				{ name: __('Country', 'tocsin'), value: countryWords(person.country, locale) },
				{
					name: __('Orders', 'tocsin'),
					value: `${numberWords(person.orders, locale)} (${person.registered ? __('account', 'tocsin') : __('guest', 'tocsin')})`,
				},
				{ name: __('Role', 'tocsin'), value: person.roles.map(roleWords).join(', ') },
				{
					name: __('Reachable', 'tocsin'),
					value: contactabilityWords(person.contactability),
				},
			]}
		/>
	);
}

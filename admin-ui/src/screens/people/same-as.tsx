// "Same as": another person of the list, found by exact address or order number, who is the same human.
import type { Person, PersonRow } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { SearchForm } from '../../fields/search-form.tsx';
import { RadioField } from '../../fields/select-field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { useAction } from '../../state/use-action.ts';
import { useResource } from '../../state/use-resource.ts';
import { DecisionReason, reasonError } from './decision-reason.tsx';
import { personName } from './people-columns.tsx';

const mostFound = 20;

export function SameAs(given: { incidentId: string; person: Person; onDecided: () => void }) {
	const api = useStoreApi();
	const [search, setSearch] = useState('');
	const found = useResource({
		key: search === '' ? null : search,
		load: (signal) => api.listPeople(given.incidentId, { search, limit: mostFound }, signal),
	});
	return (
		<>
			<SearchForm
				label={__('The other person: exact e-mail address or order number', 'tocsin')}
				value={search}
				onSearch={setSearch}
			/>
			{search === '' ? null : (
				<Loaded resource={found} loading={__('Searching…', 'tocsin')}>
					{(page) => (
						<Choice
							key={search}
							{...given}
							others={page.items.filter((row) => row.number !== given.person.number)}
						/>
					)}
				</Loaded>
			)}
		</>
	);
}

function Choice(given: {
	incidentId: string;
	person: Person;
	others: readonly PersonRow[];
	onDecided: () => void;
}) {
	const { others, person } = given;
	const api = useStoreApi();
	const base = useId();
	const [chosen, setChosen] = useState(String(others[0]?.number ?? ''));
	const [reason, setReason] = useState('');
	const [isTried, setTried] = useState(false);
	const merge = useAction(async () => {
		const other = await api.readPerson(given.incidentId, Number(chosen));
		await api.decideIdentity(given.incidentId, {
			kind: 'merge',
			people: [person.person_id, other.person_id],
			reason: reason.trim(),
		});
		given.onDecided();
	});
	const other = others.find((row) => String(row.number) === chosen);
	if (other === undefined) {
		return (
			<p role="status">
				{__(
					'Nobody else fits. The search takes a whole address or a whole order number.',
					'tocsin',
				)}
			</p>
		);
	}
	const submit = () => {
		setTried(true);
		if (reasonError(reason) === undefined) {
			void merge.run();
		} else {
			document.getElementById(`${base}-reason`)?.focus();
		}
	};
	return (
		<div className="tocsin-form">
			<RadioField
				label={__('Who is the same human', 'tocsin')}
				value={chosen}
				options={others.map((row) => ({
					value: String(row.number),
					label: personName(row),
					description: row.email ?? __('no e-mail address', 'tocsin'),
				}))}
				onChange={setChosen}
			/>
			{person.registered && other.registered ? (
				<p className="tocsin-box is-warning">
					{__(
						'Both have an account of their own. Merge them only when you know that both are one human’s.',
						'tocsin',
					)}
				</p>
			) : null}
			<DecisionReason
				id={`${base}-reason`}
				value={reason}
				error={isTried ? reasonError(reason) : undefined}
				onChange={setReason}
			/>
			{merge.problem === null ? null : <ProblemBox problem={merge.problem} />}
			<div className="tocsin-buttons">
				<ActionButton running={merge.running} onClick={submit}>
					{__('Record that they are one person', 'tocsin')}
				</ActionButton>
			</div>
		</div>
	);
}

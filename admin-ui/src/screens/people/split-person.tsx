// "This is two people": the rows that are somebody else's, chosen by hand.
import type { Person } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { CheckList } from '../../fields/check-list.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { useSourceTitle } from '../../state/data-map.tsx';
import { useAction } from '../../state/use-action.ts';
import { DecisionReason, reasonError } from './decision-reason.tsx';
import { rowsOfPerson, rowWords } from './reason-words.ts';

export function SplitPerson(given: { incidentId: string; person: Person; onDecided: () => void }) {
	const api = useStoreApi();
	const base = useId();
	const sourceTitle = useSourceTitle();
	const rows = rowsOfPerson(given.person);
	const [chosen, setChosen] = useState<readonly string[]>([]);
	const [reason, setReason] = useState('');
	const [isTried, setTried] = useState(false);
	const split = useAction(async () => {
		await api.decideIdentity(given.incidentId, {
			kind: 'split',
			person: given.person.person_id,
			rows: rows
				.filter((row) => chosen.includes(row.key))
				.map(({ source, row }) => ({ source, row })),
			reason: reason.trim(),
		});
		given.onDecided();
	});
	const rowsError =
		chosen.length === 0 || chosen.length === rows.length
			? __('Choose some rows, but not all: each of the two keeps at least one.', 'tocsin')
			: undefined;
	const submit = () => {
		setTried(true);
		if (rowsError !== undefined) {
			document.getElementById(`${base}-rows`)?.focus();
		} else if (reasonError(reason) !== undefined) {
			document.getElementById(`${base}-reason`)?.focus();
		} else {
			void split.run();
		}
	};
	return (
		<div className="tocsin-form">
			<CheckList
				id={`${base}-rows`}
				legend={__('Which rows are somebody else’s', 'tocsin')}
				options={rows.map((row) => ({ value: row.key, label: rowWords(row, sourceTitle) }))}
				chosen={chosen}
				error={isTried ? rowsError : undefined}
				onChange={setChosen}
			/>
			<DecisionReason
				id={`${base}-reason`}
				value={reason}
				error={isTried ? reasonError(reason) : undefined}
				onChange={setReason}
			/>
			{split.problem === null ? null : <ProblemBox problem={split.problem} />}
			<div className="tocsin-buttons">
				<ActionButton running={split.running} onClick={submit}>
					{__('Record that these are two people', 'tocsin')}
				</ActionButton>
			</div>
		</div>
	);
}

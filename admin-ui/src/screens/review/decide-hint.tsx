// The consequence of merging people or keeping them apart, and the reason for it.
import type { Hint } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ConfirmDialog } from '../../fields/confirm-dialog.tsx';
import { useAction } from '../../state/use-action.ts';
import { personName } from '../people/people-columns.tsx';

export type HintAnswer = 'merge' | 'keep_apart';

export function DecideHint(given: {
	incidentId: string;
	people: Hint['people'];
	answer: HintAnswer;
	onClose: () => void;
	onDone: (words: string) => void;
}) {
	const { answer, people } = given;
	const api = useStoreApi();
	const decide = useAction(async (reason: string) => {
		await api.decideIdentity(given.incidentId, {
			kind: answer,
			people: people.map((person) => person.person_id),
			reason,
		});
		given.onDone(__('Recorded. It counts from the next freeze on.', 'tocsin'));
	});
	const isMerge = answer === 'merge';
	const accounts = people.filter((person) => person.registered).length;
	return (
		<ConfirmDialog
			title={isMerge ? __('They are one person', 'tocsin') : __('Keep them apart', 'tocsin')}
			confirmLabel={
				isMerge ? __('Record the merge', 'tocsin') : __('Record that they differ', 'tocsin')
			}
			reasonLabel={__('Why', 'tocsin')}
			running={decide.running}
			problem={decide.problem}
			onConfirm={(reason) => void decide.run(reason)}
			onCancel={given.onClose}
		>
			<ul>
				{people.map((person) => (
					<li key={person.person_id}>
						<bdi>{personName(person)}</bdi>
						{person.email === null ? null : (
							<>
								, <bdi>{person.email}</bdi>
							</>
						)}
					</li>
				))}
			</ul>
			<p>
				{isMerge
					? __(
							'From the next freeze on they are one person and are told once. The frozen list stays as it is, and this can be undone.',
							'tocsin',
						)
					: __(
							'They stay people of their own and each is told. This hint is not shown as open again, and this can be undone.',
							'tocsin',
						)}
			</p>
			{isMerge && accounts > 1 ? (
				<p>
					<strong>
						{__(
							'More than one of them has an account. Merge them only when you know that all are one human’s: one notice names the data of all.',
							'tocsin',
						)}
					</strong>
				</p>
			) : null}
		</ConfirmDialog>
	);
}

// Pausing, resuming or stopping: the consequence in numbers, and a reason.
import type { Dispatch } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { useEffect, useId, useRef, useState } from 'react';
import type { DispatchAct } from '../api/console-api.ts';
import { ProblemBox } from '../parts/problem-box.tsx';
import { useSite } from '../state/site.tsx';
import { useAction } from '../state/use-action.ts';
import { numberWords } from '../words/number-words.ts';
import { useConsoleSession } from './console-session.tsx';

const shortestReason = 3;
const longestReason = 500;

type Given = {
	act: DispatchAct;
	dispatch: Dispatch;
	onClose: () => void;
	onChanged: (dispatch: Dispatch) => void;
};

export function ChangeDialog({ act, dispatch, onClose, onChanged }: Given) {
	const { api } = useConsoleSession();
	const { locale } = useSite();
	const id = useId();
	const box = useRef<HTMLDialogElement>(null);
	const [reason, setReason] = useState('');
	const [error, setError] = useState('');
	useEffect(() => box.current?.showModal(), []);
	const change = useAction(async () => {
		onChanged(await api.changeDispatch(dispatch.id, act, reason.trim()));
		onClose();
	});
	const submit = () => {
		const isTooShort = reason.trim().length < shortestReason;
		setError(isTooShort ? __('Give a reason of at least three letters.', 'tocsin') : '');
		if (isTooShort) {
			document.getElementById(`${id}-reason`)?.focus();
		} else {
			void change.run();
		}
	};
	const words = actWords(act, numberWords(waitingOf(dispatch), locale));
	return (
		<dialog
			ref={box}
			className="tocsin-modal"
			aria-labelledby={`${id}-title`}
			onClose={onClose}
		>
			<form
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					submit();
				}}
			>
				<h2 id={`${id}-title`}>{words.title}</h2>
				<p>{words.consequence}</p>
				<label htmlFor={`${id}-reason`}>{__('Reason', 'tocsin')}</label>
				<textarea
					id={`${id}-reason`}
					rows={3}
					maxLength={longestReason}
					value={reason}
					aria-invalid={error !== ''}
					aria-describedby={`${id}-help`}
					onChange={(event) => {
						setReason(event.target.value);
					}}
				/>
				<p id={`${id}-help`} className="tocsin-note">
					{error === '' ? null : <span className="tocsin-field-error">{error} </span>}
					{__('Kept in the evidence log: no names or addresses of customers.', 'tocsin')}
				</p>
				{change.problem === null ? null : <ProblemBox problem={change.problem} />}
				<div className="tocsin-buttons">
					<button
						type="submit"
						className={`button ${act === 'stop' ? 'is-destructive' : 'button-primary'}`}
						disabled={change.running}
					>
						{words.button}
					</button>
					<button type="button" className="button" onClick={onClose}>
						{__('Cancel', 'tocsin')}
					</button>
				</div>
			</form>
		</dialog>
	);
}

function waitingOf({ counts }: Dispatch): number {
	return counts.pending + counts.attempting;
}

function actWords(act: DispatchAct, waiting: string) {
	switch (act) {
		case 'pause':
			return {
				title: __('Pause sending', 'tocsin'),
				button: __('Yes, pause', 'tocsin'),
				consequence: sprintf(
					/* translators: %s: number of messages */
					__(
						'%s messages wait and are held back. A batch that is under way is finished. You can resume at any time.',
						'tocsin',
					),
					waiting,
				),
			};
		case 'resume':
			return {
				title: __('Resume sending', 'tocsin'),
				button: __('Yes, resume', 'tocsin'),
				consequence: sprintf(
					/* translators: %s: number of messages */
					__(
						'%s messages that wait are sent from now on. What was sent is not sent again.',
						'tocsin',
					),
					waiting,
				),
			};
		case 'stop':
			return {
				title: __('Stop sending for good', 'tocsin'),
				button: __('Yes, stop for good', 'tocsin'),
				consequence: sprintf(
					/* translators: %s: number of messages */
					__(
						'%s people who wait are not told by this. It cannot be undone: a new request with two approvals is needed to tell them. What was sent stays sent.',
						'tocsin',
					),
					waiting,
				),
			};
	}
}

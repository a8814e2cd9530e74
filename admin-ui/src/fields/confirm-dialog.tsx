// Consequence before the click: what will happen, to how many, and whether it can be undone. May ask for a reason.
import { Button, Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useId, useState, type ReactNode } from 'react';
import { ProblemBox } from '../parts/problem-box.tsx';
import type { ApiProblem } from '../api/problem.ts';
import { TextAreaField } from './text-field.tsx';

export type ConfirmDialogGiven = {
	title: string;
	/** What will happen. */
	children: ReactNode;
	confirmLabel: string;
	/** Asks for a reason under this label when given. */
	reasonLabel?: string;
	isDestructive?: boolean;
	running: boolean;
	problem: ApiProblem | null;
	onConfirm: (reason: string) => void;
	onCancel: () => void;
};

const shortestReason = 3;

export function ConfirmDialog(given: ConfirmDialogGiven) {
	const id = useId();
	const [reason, setReason] = useState('');
	const [error, setError] = useState<string | undefined>(undefined);
	const confirm = () => {
		if (given.reasonLabel !== undefined && reason.trim().length < shortestReason) {
			setError(__('Give a reason of at least three letters.', 'tocsin'));
			document.getElementById(id)?.focus();
			return;
		}
		given.onConfirm(reason.trim());
	};
	return (
		<Modal
			title={given.title}
			onRequestClose={given.onCancel}
			className="tocsin-dialog"
			size="medium"
		>
			<div className="tocsin-dialog__text">{given.children}</div>
			{given.reasonLabel === undefined ? null : (
				<TextAreaField
					id={id}
					label={given.reasonLabel}
					value={reason}
					onChange={setReason}
					error={error}
					help={__(
						'Kept in the evidence log: no names or addresses of customers.',
						'tocsin',
					)}
				/>
			)}
			{given.problem === null ? null : <ProblemBox problem={given.problem} />}
			<div className="tocsin-buttons">
				<Button
					__next40pxDefaultSize
					variant="primary"
					isDestructive={given.isDestructive ?? false}
					isBusy={given.running}
					accessibleWhenDisabled
					disabled={given.running}
					onClick={confirm}
				>
					{given.confirmLabel}
				</Button>
				<Button __next40pxDefaultSize variant="tertiary" onClick={given.onCancel}>
					{__('Cancel', 'tocsin')}
				</Button>
			</div>
		</Modal>
	);
}

// Freezing the list of people once more, where that is not the next step anyway.
import { __ } from '@wordpress/i18n';
import { useState } from 'react';
import { ActionButton } from '../../fields/action-button.tsx';
import { useMay } from '../../state/site.tsx';
import type { StepGiven } from '../incident/incident-steps.tsx';
import { NextStepDialog } from '../incident/next-step-dialog.tsx';

/** Where freezing is the next step, its button stands in the next-step box. */
export function FreezeAgain({ page, onChanged }: StepGiven) {
	const mayPrepare = useMay('tocsin_prepare');
	const [isAsking, setAsking] = useState(false);
	const isBefore = page.incident.state === 'confirmed' && page.dispatch === null;
	if (!mayPrepare || !isBefore || page.next_step === 'freeze_audience') {
		return null;
	}
	return (
		<>
			<ActionButton
				onClick={() => {
					setAsking(true);
				}}
			>
				{__('Freeze the list again', 'tocsin')}
			</ActionButton>
			{isAsking ? (
				<NextStepDialog
					act="freeze_audience"
					page={page}
					onClose={() => {
						setAsking(false);
					}}
					onChanged={onChanged}
				/>
			) : null}
		</>
	);
}

// Correcting an incident. Only what was changed is sent, with the version it was read at.
import type { Incident, IncidentChange, IncidentPage } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { ErrorSummary } from '../../fields/error-summary.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { useSite } from '../../state/site.tsx';
import { useAction } from '../../state/use-action.ts';
import { IncidentFields } from '../incidents/incident-fields.tsx';
import {
	formFromIncident,
	readIncidentForm,
	type IncidentFormErrors,
} from '../incidents/incident-form.ts';
import { useVoidingConfirm } from '../incident/use-voiding-confirm.tsx';
import { changesOf } from './incident-changes.ts';

export function CorrectIncident(given: {
	page: IncidentPage;
	onChanged: () => Promise<void>;
	onClose: () => void;
}) {
	const api = useStoreApi();
	const base = useId();
	const { timeZone } = useSite();
	// As it was when the form was opened: polling must not change what is being corrected.
	const [start] = useState<Incident>(given.page.incident);
	const [form, setForm] = useState(() => formFromIncident(start, timeZone));
	const [errors, setErrors] = useState<IncidentFormErrors>({});
	const [attempt, setAttempt] = useState(0);
	const voiding = useVoidingConfirm(given.page.manifest);
	const save = useAction(async (change: IncidentChange) => {
		await api.changeIncident(start.id, change);
		await given.onChanged();
		given.onClose();
	});
	const submit = () => {
		const { told, errors: found } = readIncidentForm(form, { timeZone, now: Date.now() });
		setErrors(found ?? {});
		setAttempt(attempt + 1);
		if (told === null) {
			return;
		}
		const change = changesOf(start, told);
		if (change === null) {
			given.onClose();
		} else {
			voiding.ask(() => void save.run(change));
		}
	};
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			<ErrorSummary
				attempt={attempt}
				lines={Object.entries(errors).map(([name, message]) => ({
					fieldId: `${base}-${name}`,
					message,
				}))}
			/>
			<IncidentFields base={base} form={form} errors={errors} onChange={setForm} />
			{save.problem === null ? null : (
				<ProblemBox
					problem={save.problem}
					{...(save.problem.code === 'incident.changed_meanwhile'
						? { onRetry: () => void given.onChanged().then(given.onClose) }
						: {})}
				/>
			)}
			<div className="tocsin-buttons">
				<ActionButton type="submit" running={save.running}>
					{__('Save what happened', 'tocsin')}
				</ActionButton>
				<ActionButton variant="tertiary" onClick={given.onClose}>
					{__('Cancel', 'tocsin')}
				</ActionButton>
			</div>
			{voiding.dialog}
		</form>
	);
}

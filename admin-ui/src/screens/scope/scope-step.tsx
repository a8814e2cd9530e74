// Which data leaked: presets as sentences, then details, with the live count beside the form.
import type { Scope } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { possibleSources } from '../../data-map/finished-scan.ts';
import { ActionButton } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { ErrorSummary } from '../../fields/error-summary.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { Time } from '../../parts/time.tsx';
import { presetFor } from '../../scope/presets.ts';
import { emptyScopeForm, formFromScope } from '../../scope/scope-form.ts';
import { scopeFromForm } from '../../scope/scope-from-form.ts';
import { useDataMap } from '../../state/data-map.tsx';
import { useMay, useSite } from '../../state/site.tsx';
import { useAction } from '../../state/use-action.ts';
import type { StepGiven } from '../incident/incident-steps.tsx';
import { useVoidingConfirm } from '../incident/use-voiding-confirm.tsx';
import { DataMapMissing } from './data-map-missing.tsx';
import { ScopeFields } from './scope-fields.tsx';
import { ScopeCount } from './scope-count.tsx';

export function ScopeStep({ page, onChanged }: StepGiven) {
	const mayPrepare = useMay('tocsin_prepare');
	const map = useDataMap();
	const saved = page.scope;
	return (
		<>
			{saved === null ? null : (
				<p className="tocsin-note">
					{__('Saved by', 'tocsin')} {saved.set_by}, <Time at={saved.set_at} />
				</p>
			)}
			{!mayPrepare ? (
				<CapabilityNote
					capability="tocsin_prepare"
					act={__('change which data leaked', 'tocsin')}
				/>
			) : page.dispatch !== null ? (
				<p>{__('Sending has begun, so this can no longer be changed.', 'tocsin')}</p>
			) : map?.data === null && map.problem === null ? (
				<Loading what={__('Loading the data map…', 'tocsin')} />
			) : (
				<ScopeForm key={saved?.id ?? 'new'} page={page} onChanged={onChanged} />
			)}
		</>
	);
}

function ScopeForm({ page, onChanged }: StepGiven) {
	const api = useStoreApi();
	const base = useId();
	const { timeZone } = useSite();
	const map = useDataMap()?.data ?? null;
	const sources = map === null ? [] : possibleSources(map);
	const [form, setForm] = useState(() =>
		page.scope === null
			? emptyScopeForm(presetFor(page.incident.type), sources)
			: formFromScope(page.scope.scope, timeZone),
	);
	const [attempt, setAttempt] = useState(0);
	const voiding = useVoidingConfirm(page.manifest);
	const save = useAction(async (scope: Scope) => {
		await api.setScope(page.incident.id, scope);
		await onChanged();
	});
	const outcome = scopeFromForm(form, timeZone);
	const submit = () => {
		setAttempt(attempt + 1);
		const { scope } = outcome;
		if (scope !== null) {
			voiding.ask(() => void save.run(scope));
		}
	};
	// Before the first try nothing is called wrong: an empty field is not a mistake yet.
	const errors = attempt === 0 ? [] : (outcome.errors ?? []);
	return (
		<form
			noValidate
			className="tocsin-scope"
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			<div className="tocsin-scope__form">
				<ErrorSummary
					attempt={attempt}
					lines={errors.map((error) => ({
						fieldId: `${base}-${error.field}`,
						message: error.message,
					}))}
				/>
				<DataMapMissing />
				<ScopeFields
					base={base}
					form={form}
					sources={sources}
					errors={errors}
					onChange={setForm}
				/>
				{save.problem === null ? null : <ProblemBox problem={save.problem} />}
				<div className="tocsin-buttons">
					<ActionButton type="submit" running={save.running}>
						{__('Save which data leaked', 'tocsin')}
					</ActionButton>
				</div>
				<p className="tocsin-note">
					{page.audience === null
						? __(
								'Nothing is sent by this. The people are counted and frozen in the next step.',
								'tocsin',
							)
						: __(
								'Nothing is sent by this. The list of people has to be frozen again afterwards.',
								'tocsin',
							)}
				</p>
			</div>
			<ScopeCount scope={outcome.scope} />
			{voiding.dialog}
		</form>
	);
}

// The form that makes a source of one's own from a blind spot, filled with what the scan found.
import type { DataMapPage, FoundPlace, MapPlaceRequest } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { toApiProblem, type ApiProblem } from '../../api/problem.ts';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { formFromPlace, type MapForm as MapFormState } from '../../data-map/map-form.ts';
import { previewWords } from '../../data-map/map-words.ts';
import { errorsOfRefusal, requestFromForm } from '../../data-map/source-from-form.ts';
import { ActionButton } from '../../fields/action-button.tsx';
import { ErrorSummary } from '../../fields/error-summary.tsx';
import { TextAreaField } from '../../fields/text-field.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { goTo } from '../../routing/use-route.ts';
import { useAction } from '../../state/use-action.ts';
import { errorAt, type MapPartGiven } from './map-given.ts';
import { RowFields } from './row-fields.tsx';
import { ValueFields } from './value-fields.tsx';

export function MapForm({ page, place }: { page: DataMapPage; place: FoundPlace }) {
	const api = useStoreApi();
	const base = useId();
	const [form, setForm] = useState(() => formFromPlace(place, page));
	const [attempt, setAttempt] = useState(0);
	const [refusal, setRefusal] = useState<ApiProblem | null>(null);
	const save = useAction(async (request: MapPlaceRequest) => {
		setRefusal(null);
		try {
			await api.mapPlace(request);
			goTo({ screen: 'data-map' });
		} catch (cause) {
			const problem = toApiProblem(cause);
			if (problem.errors.length === 0) {
				throw problem;
			}
			// Each reason stands at its field, so the summary takes the focus as after a failed check.
			setRefusal(problem);
			setAttempt((before) => before + 1);
		}
	});
	const outcome = requestFromForm(form);
	const own = attempt === 0 ? [] : (outcome.errors ?? []);
	const errors = own.length > 0 || refusal === null ? own : errorsOfRefusal(refusal.errors, form);
	const given: MapPartGiven = {
		base,
		form,
		place,
		decryptors: page.decryptors,
		errors,
		onChange: (next: MapFormState) => {
			setRefusal(null);
			setForm(next);
		},
	};
	const submit = () => {
		setAttempt(attempt + 1);
		if (outcome.request !== null) {
			void save.run(outcome.request);
		}
	};
	return (
		<form
			noValidate
			className="tocsin-form tocsin-map-form"
			onSubmit={(event) => {
				event.preventDefault();
				submit();
			}}
		>
			<ErrorSummary
				attempt={attempt}
				lines={errors.map((error) => ({
					fieldId: `${base}-${error.field}`,
					message: error.message,
				}))}
			/>
			<RowFields {...given} />
			<ValueFields {...given} />
			<TextAreaField
				id={`${base}-reason`}
				label={__('How you know this', 'tocsin')}
				help={__(
					'Such as who told you, or the documentation of the plugin. No names or addresses of customers.',
					'tocsin',
				)}
				rows={2}
				value={form.reason}
				error={errorAt(errors, 'reason')}
				onChange={(reason) => {
					given.onChange({ ...form, reason });
				}}
			/>
			<section className="tocsin-box is-info" aria-labelledby={`${base}-preview`}>
				<h2 id={`${base}-preview`}>{__('What will be recorded', 'tocsin')}</h2>
				<ul>
					{previewWords(form).map((sentence) => (
						<li key={sentence}>{sentence}</li>
					))}
				</ul>
			</section>
			{save.problem === null ? null : <ProblemBox problem={save.problem} />}
			<div className="tocsin-buttons">
				<ActionButton type="submit" variant="primary" running={save.running}>
					{__('Map this place', 'tocsin')}
				</ActionButton>
			</div>
			<p className="tocsin-note">
				{__(
					'Nothing in the shop is changed by this. People found here count from the next freeze on; mapping the place again replaces this.',
					'tocsin',
				)}
			</p>
		</form>
	);
}

// Declaring an incident or a drill, by hand or from a signal.
import type { Incident, Signal } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton, ActionLink } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { ErrorSummary } from '../../fields/error-summary.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { goTo } from '../../routing/use-route.ts';
import { routeHref } from '../../routing/route.ts';
import { useMay, useSite } from '../../state/site.tsx';
import { useAction } from '../../state/use-action.ts';
import { useResource } from '../../state/use-resource.ts';
import { ScreenHeading } from '../screen-heading.tsx';
import { findSignal } from '../signals/find-signal.ts';
import { IncidentFields } from './incident-fields.tsx';
import {
	emptyIncidentForm,
	formFromSignal,
	readIncidentForm,
	type IncidentForm,
	type IncidentFormErrors,
} from './incident-form.ts';

export function DeclareScreen({ drill, signalId }: { drill: boolean; signalId: string | null }) {
	const api = useStoreApi();
	const { timeZone } = useSite();
	const mayPrepare = useMay('tocsin_prepare');
	const signal = useResource({
		key: signalId,
		load: (abort) => findSignal(api, signalId ?? '', abort),
	});
	const title = drill ? __('Run a drill', 'tocsin') : __('Declare an incident', 'tocsin');
	return (
		<>
			<ScreenHeading title={title} />
			{!mayPrepare ? (
				<CapabilityNote
					capability="tocsin_prepare"
					act={__('declare an incident', 'tocsin')}
				/>
			) : signalId === null ? (
				<DeclareForm start={emptyIncidentForm(drill)} signal={null} />
			) : (
				<Loaded resource={signal} loading={__('Loading the signal…', 'tocsin')}>
					{(found) => (
						<DeclareForm start={formFromSignal(found, timeZone)} signal={found} />
					)}
				</Loaded>
			)}
		</>
	);
}

function DeclareForm({ start, signal }: { start: IncidentForm; signal: Signal | null }) {
	const api = useStoreApi();
	const base = useId();
	const { timeZone } = useSite();
	const [form, setForm] = useState(start);
	const [errors, setErrors] = useState<IncidentFormErrors>({});
	const [attempt, setAttempt] = useState(0);
	const declare = useAction(api.declareIncident);
	const submit = async () => {
		const { told, errors: found } = readIncidentForm(form, { timeZone, now: Date.now() });
		setErrors(found ?? {});
		setAttempt(attempt + 1);
		if (told === null) {
			return;
		}
		const incident: Incident | undefined = await declare.run({
			...told,
			drill: form.drill,
			signal_ids: signal === null ? [] : [signal.id],
		});
		if (incident !== undefined) {
			goTo({ screen: 'incident', id: incident.id, step: null });
		}
	};
	return (
		<form
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				void submit();
			}}
		>
			<ErrorSummary
				attempt={attempt}
				lines={Object.entries(errors).map(([name, message]) => ({
					fieldId: `${base}-${name}`,
					message,
				}))}
			/>
			{signal === null ? null : (
				<p className="tocsin-box is-info">
					{sprintf(
						/* translators: %s: title of a signal */
						__(
							'Taken over from the signal “%s”, which will be joined to this incident.',
							'tocsin',
						),
						signal.title,
					)}
				</p>
			)}
			{form.drill ? (
				<p className="tocsin-box is-info">
					{__(
						'This is a drill: everything works as in earnest, but no customer can be reached.',
						'tocsin',
					)}
				</p>
			) : null}
			<IncidentFields base={base} form={form} errors={errors} onChange={setForm} />
			{declare.problem === null ? null : <ProblemBox problem={declare.problem} />}
			<p className="tocsin-note">
				{__(
					'Nothing is sent by this. The incident starts as suspected and can be dismissed.',
					'tocsin',
				)}
			</p>
			<div className="tocsin-buttons">
				<ActionButton type="submit" variant="primary" running={declare.running}>
					{form.drill
						? __('Begin the drill', 'tocsin')
						: __('Declare the incident', 'tocsin')}
				</ActionButton>
				<ActionLink variant="link" href={routeHref({ screen: 'incidents' })}>
					{__('Back to the incidents', 'tocsin')}
				</ActionLink>
			</div>
		</form>
	);
}

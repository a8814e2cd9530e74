// Joining a signal to an incident that is already open.
import type { Signal } from '@tocsin/sidecar/contract';
import { Modal } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { useId, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { SelectField } from '../../fields/select-field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemBox } from '../../parts/problem-box.tsx';
import { useAction } from '../../state/use-action.ts';
import { useResource } from '../../state/use-resource.ts';

const mostIncidents = 200;

export function JoinSignal(given: { signal: Signal; onClose: () => void; onDone: () => void }) {
	const api = useStoreApi();
	const id = useId();
	const [chosen, setChosen] = useState('');
	const open = useResource({
		key: 'open-incidents',
		load: (signal) => api.listIncidents({ state: 'open', limit: mostIncidents }, signal),
	});
	const join = useAction(async (incidentId: string) => {
		await api.joinSignal(given.signal.id, incidentId);
		given.onDone();
	});
	return (
		<Modal
			title={__('Join to an incident', 'tocsin')}
			onRequestClose={given.onClose}
			className="tocsin-dialog"
			size="medium"
		>
			<p>
				<strong>{given.signal.title}</strong>
			</p>
			<Loaded resource={open} loading={__('Loading open incidents…', 'tocsin')}>
				{(page) =>
					page.items.length === 0 ? (
						<p>
							{__(
								'No incident is open. Open one from this signal instead.',
								'tocsin',
							)}
						</p>
					) : (
						<SelectField
							id={id}
							label={__('Incident', 'tocsin')}
							value={chosen}
							onChange={setChosen}
							options={[
								{ value: '', label: __('Choose…', 'tocsin') },
								...page.items.map((incident) => ({
									value: incident.id,
									label: `${incident.reference} ${incident.title}`,
								})),
							]}
						/>
					)
				}
			</Loaded>
			{join.problem === null ? null : <ProblemBox problem={join.problem} />}
			<div className="tocsin-buttons">
				{chosen === '' ? null : (
					<ActionButton
						variant="primary"
						running={join.running}
						onClick={() => void join.run(chosen)}
					>
						{__('Join the signal', 'tocsin')}
					</ActionButton>
				)}
				<ActionButton variant="tertiary" onClick={given.onClose}>
					{__('Cancel', 'tocsin')}
				</ActionButton>
			</div>
		</Modal>
	);
}

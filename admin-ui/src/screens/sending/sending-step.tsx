// Sending: how far it has come, in numbers that add up, and the outcome for each person.
import type { DeliveryState, Dispatch } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useEffect, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionLink } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { DispatchBar } from '../../dispatch/dispatch-bar.tsx';
import { DispatchFacts, Troubles } from '../../dispatch/dispatch-facts.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMay } from '../../state/site.tsx';
import { useResource } from '../../state/use-resource.ts';
import type { StepGiven } from '../incident/incident-steps.tsx';
import { DeliveriesTable } from './deliveries-table.tsx';

const runningMs = 2_000;
const restingMs = 15_000;

export function SendingStep({ page, onChanged }: StepGiven) {
	if (page.dispatch === null) {
		return (
			<p>
				{__(
					'Nothing was sent. Sending begins by itself when two approvers have agreed.',
					'tocsin',
				)}
			</p>
		);
	}
	return (
		<Sending
			key={page.dispatch.id}
			started={page.dispatch}
			consoleUrl={consoleUrlOf(page.manifest?.console_url, page.dispatch.id)}
			onChanged={onChanged}
			startFilter={page.next_step === 'resolve_unknown' ? 'unknown' : null}
		/>
	);
}

/** The dispatch page of the console that the manifest's own page belongs to. */
function consoleUrlOf(manifestUrl: string | undefined, dispatchId: string): string | null {
	const url = manifestUrl === undefined ? null : URL.parse(manifestUrl);
	return url === null ? null : `${url.origin}/console/dispatches/${dispatchId}`;
}

function Sending(given: {
	started: Dispatch;
	consoleUrl: string | null;
	onChanged: () => Promise<void>;
	startFilter: DeliveryState | null;
}) {
	const { started, consoleUrl, onChanged } = given;
	const api = useStoreApi();
	const mayPrepare = useMay('tocsin_prepare');
	const [filter, setFilter] = useState<DeliveryState | null>(given.startFilter);
	const dispatch = useResource({
		key: started.id,
		load: (signal) => api.readDispatch(started.id, signal),
		pollMs: (now) =>
			now?.state === 'done' || now?.state === 'stopped'
				? null
				: now?.state === 'running'
					? runningMs
					: restingMs,
	});
	const state = dispatch.data?.state ?? started.state;
	useEffect(() => {
		if (state !== started.state) {
			void onChanged();
		}
	}, [state, started.state, onChanged]);
	return (
		<Loaded resource={dispatch} loading={__('Loading how far it has come…', 'tocsin')}>
			{(now) => (
				<>
					<Troubles troubles={now.troubles} />
					<DispatchBar
						counts={now.counts}
						chosen={filter}
						{...(mayPrepare ? { onChoose: setFilter } : {})}
					/>
					<DispatchFacts dispatch={now} />
					{consoleUrl === null || now.ended_at !== null ? null : (
						<div className="tocsin-buttons">
							<ActionLink href={consoleUrl} newTab>
								{__('Pause or stop (at the console)', 'tocsin')}
								<span className="tocsin-unseen">
									{' '}
									({__('opens in a new tab', 'tocsin')})
								</span>
							</ActionLink>
						</div>
					)}
					{mayPrepare ? (
						<DeliveriesTable
							key={filter ?? 'all'}
							dispatchId={now.id}
							filter={filter}
							isRunning={now.state === 'running'}
						/>
					) : (
						<CapabilityNote
							capability="tocsin_prepare"
							act={__('see the outcome for single people', 'tocsin')}
						/>
					)}
				</>
			)}
		</Loaded>
	);
}

// One dispatch, live, with pause, resume and stop.
import type { Dispatch } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useState } from 'react';
import type { DispatchAct } from '../api/console-api.ts';
import { DispatchBar } from '../dispatch/dispatch-bar.tsx';
import { DispatchFacts, Troubles } from '../dispatch/dispatch-facts.tsx';
import { LiveText } from '../parts/live-text.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { useSite } from '../state/site.tsx';
import { useResource } from '../state/use-resource.ts';
import { dispatchStateWords, sumWords } from '../words/delivery-words.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { ConsoleLink } from './console-link.tsx';
import { useConsoleSession } from './console-session.tsx';
import { PageHeading } from './page-heading.tsx';
import { useRescuedFocus } from './use-rescued-focus.ts';

const runningMs = 2_000;
const restingMs = 10_000;

export function DispatchPage({ id }: { id: string }) {
	const { api } = useConsoleSession();
	const { locale } = useSite();
	const dispatch = useResource({
		key: id,
		load: (signal) => api.readDispatch(id, signal),
		pollMs: (now) =>
			now !== null && isOver(now) ? null : now?.state === 'running' ? runningMs : restingMs,
	});
	const now = dispatch.data;
	useRescuedFocus(now?.state ?? '');
	return (
		<>
			<PageHeading title={__('Sending', 'tocsin')} />
			<LiveText
				text={
					now === null
						? ''
						: `${dispatchStateWords(now.state)}: ${sumWords(now.counts, locale)}`
				}
			/>
			<Loaded resource={dispatch} loading={__('Loading how far it has come…', 'tocsin')}>
				{(found) => (
					<>
						<Troubles troubles={found.troubles} />
						<DispatchBar counts={found.counts} />
						<Controls dispatch={found} onChanged={dispatch.replace} />
						<DispatchFacts dispatch={found} />
						<p>
							<ConsoleLink to={{ page: 'manifest', id: found.manifest_id }}>
								{__('Read what is being sent', 'tocsin')}
							</ConsoleLink>
						</p>
					</>
				)}
			</Loaded>
		</>
	);
}

function isOver(dispatch: Dispatch): boolean {
	return dispatch.state === 'done' || dispatch.state === 'stopped';
}

function Controls(given: { dispatch: Dispatch; onChanged: (dispatch: Dispatch) => void }) {
	const { dispatch } = given;
	const [act, setAct] = useState<DispatchAct | null>(null);
	if (isOver(dispatch)) {
		return null;
	}
	return (
		<div className="tocsin-buttons">
			{dispatch.state === 'running' ? (
				<button
					type="button"
					className="button button-primary"
					onClick={() => {
						setAct('pause');
					}}
				>
					{__('Pause sending', 'tocsin')}
				</button>
			) : (
				<button
					type="button"
					className="button button-primary"
					onClick={() => {
						setAct('resume');
					}}
				>
					{__('Resume sending', 'tocsin')}
				</button>
			)}
			<button
				type="button"
				className="button is-destructive"
				onClick={() => {
					setAct('stop');
				}}
			>
				{__('Stop sending for good', 'tocsin')}
			</button>
			{act === null ? null : (
				<ChangeDialog
					key={act}
					act={act}
					dispatch={dispatch}
					onClose={() => {
						setAct(null);
					}}
					onChanged={given.onChanged}
				/>
			)}
		</div>
	);
}

// Signals: what came in, from where, and what became of it.
import type { Signal } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { LiveText } from '../../parts/live-text.tsx';
import { useMay } from '../../state/site.tsx';
import { usePagedList } from '../../state/use-paged-list.ts';
import { ServerTable } from '../../tables/lazy-table.tsx';
import { ScreenHeading } from '../screen-heading.tsx';
import { DismissSignal } from './dismiss-signal.tsx';
import { JoinSignal } from './join-signal.tsx';
import { signalColumns, type SignalAct } from './signal-columns.tsx';

const everyMs = 15_000;

export function SignalsScreen() {
	const api = useStoreApi();
	const mayPrepare = useMay('tocsin_prepare');
	const [act, setAct] = useState<SignalAct | null>(null);
	const [said, setSaid] = useState('');
	const list = usePagedList({
		name: 'signals',
		load: (query, signal) => api.listSignals(query, signal),
		start: { filters: { state: 'new' } },
		pollMs: () => everyMs,
	});
	const done = (words: string) => {
		setAct(null);
		setSaid(words);
		void list.page.reload();
	};
	return (
		<>
			<ScreenHeading title={__('Signals', 'tocsin')} />
			<p>
				{__(
					'A signal is one report that something may be wrong: from a security tool, from the shop itself, or from a person.',
					'tocsin',
				)}
			</p>
			{mayPrepare ? null : (
				<CapabilityNote
					capability="tocsin_prepare"
					act={__('decide about signals', 'tocsin')}
				/>
			)}
			<LiveText text={said} />
			<ServerTable
				caption={__('Signals', 'tocsin')}
				columns={signalColumns(mayPrepare ? setAct : null)}
				list={list}
				idOf={(signal: Signal) => signal.id}
				empty={__('No signal here. Choose another state to see earlier ones.', 'tocsin')}
				countWords={(count, text) =>
					/* translators: %s: number of signals */
					sprintf(_n('%s signal', '%s signals', count, 'tocsin'), text)
				}
			/>
			{act?.kind === 'dismiss' ? (
				<DismissSignal
					signal={act.signal}
					onClose={() => {
						setAct(null);
					}}
					onDone={() => {
						done(__('The signal was dismissed.', 'tocsin'));
					}}
				/>
			) : null}
			{act?.kind === 'join' ? (
				<JoinSignal
					signal={act.signal}
					onClose={() => {
						setAct(null);
					}}
					onDone={() => {
						done(__('The signal was joined to the incident.', 'tocsin'));
					}}
				/>
			) : null}
		</>
	);
}

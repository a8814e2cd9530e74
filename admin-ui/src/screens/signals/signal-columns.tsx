// The columns of the signals table, with what can be done about a waiting one.
import type { Signal } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { ActionButton, ActionLink } from '../../fields/action-button.tsx';
import { Time } from '../../parts/time.tsx';
import { routeHref } from '../../routing/route.ts';
import type { Column } from '../../tables/paged-table.tsx';
import { severityWords } from '../../words/incident-words.ts';
import { signalStateWords } from './signal-words.ts';

export type SignalAct = { kind: 'dismiss' | 'join'; signal: Signal };

/** `onAct` is null for those who may only look. */
export function signalColumns(onAct: ((act: SignalAct) => void) | null): Column<Signal>[] {
	return [
		{
			id: 'title',
			label: __('Signal', 'tocsin'),
			render: (signal) => (
				<span className="tocsin-incident-title">
					<strong>{signal.title}</strong>
					{signal.detail === '' ? null : <span>{signal.detail}</span>}
					<span className="tocsin-note">
						{signal.source} <code className="tocsin-code">{signal.kind}</code>
					</span>
				</span>
			),
		},
		{
			id: 'severity',
			width: 100,
			label: __('Severity', 'tocsin'),
			render: (signal) => (
				<span className={`tocsin-severity is-${signal.severity}`}>
					{severityWords(signal.severity)}
				</span>
			),
		},
		{
			id: 'received',
			width: 130,
			label: __('Came in', 'tocsin'),
			render: (signal) => (
				<>
					<Time at={signal.last_seen_at} />
					{signal.times_seen > 1
						? /* translators: %d: how many times the same signal came in */
							` ${sprintf(__('seen %d times', 'tocsin'), signal.times_seen)}`
						: ''}
				</>
			),
		},
		{
			id: 'state',
			width: 150,
			label: __('What became of it', 'tocsin'),
			choices: (['new', 'joined', 'dismissed'] as const).map((state) => ({
				value: state,
				label: signalStateWords(state),
			})),
			render: (signal) => <Outcome signal={signal} />,
		},
		...(onAct === null
			? []
			: [
					{
						id: 'act',
						width: 180,
						label: __('Decide', 'tocsin'),
						render: (signal: Signal) => <Decide signal={signal} onAct={onAct} />,
					},
				]),
	];
}

function Outcome({ signal }: { signal: Signal }) {
	const by = [signal.decided_by, signal.decision_reason]
		.filter((part) => part !== null)
		.join(': ');
	return (
		<>
			{signalStateWords(signal.state)}
			{signal.incident_id === null ? null : (
				<>
					{' '}
					<a href={routeHref({ screen: 'incident', id: signal.incident_id, step: null })}>
						{signal.incident_title ?? signal.incident_id}
					</a>
				</>
			)}
			{by === '' ? null : <span className="tocsin-note"> {by}</span>}
		</>
	);
}

function Decide({ signal, onAct }: { signal: Signal; onAct: (act: SignalAct) => void }) {
	if (signal.state !== 'new') {
		return null;
	}
	const unseen = <span className="tocsin-unseen">: {signal.title}</span>;
	return (
		<div className="tocsin-buttons">
			<ActionLink href={routeHref({ screen: 'declare', drill: false, signalId: signal.id })}>
				{__('Open an incident', 'tocsin')}
				{unseen}
			</ActionLink>
			<ActionButton
				variant="tertiary"
				onClick={() => {
					onAct({ kind: 'join', signal });
				}}
			>
				{__('Join to an incident', 'tocsin')}
				{unseen}
			</ActionButton>
			<ActionButton
				variant="tertiary"
				onClick={() => {
					onAct({ kind: 'dismiss', signal });
				}}
			>
				{__('Dismiss', 'tocsin')}
				{unseen}
			</ActionButton>
		</div>
	);
}

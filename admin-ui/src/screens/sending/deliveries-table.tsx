// The outcome for each person. Shown on request only: it holds personal data, and looking leaves a trace.
import type { DeliveryRow, DeliveryState } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionButton } from '../../fields/action-button.tsx';
import { SearchForm } from '../../fields/search-form.tsx';
import { Time } from '../../parts/time.tsx';
import { usePagedList } from '../../state/use-paged-list.ts';
import { ServerTable } from '../../tables/lazy-table.tsx';
import type { Column } from '../../tables/paged-table.tsx';
import { deliveryReasonWords, deliveryStates, deliveryWords } from '../../words/delivery-words.ts';

type Given = { dispatchId: string; filter: DeliveryState | null; isRunning: boolean };

/** Choosing a part of the bar is asking to see it. */
export function DeliveriesTable(given: Given) {
	const [isLooking, setLooking] = useState(given.filter !== null);
	return (
		<section className="tocsin-people">
			<h3>{__('Outcome for each person', 'tocsin')}</h3>
			<p className="tocsin-note">
				{__(
					'This shows personal data. That you looked is kept in the evidence log, with your name.',
					'tocsin',
				)}
			</p>
			{isLooking ? (
				<Table {...given} />
			) : (
				<ActionButton
					onClick={() => {
						setLooking(true);
					}}
				>
					{__('Show the outcomes', 'tocsin')}
				</ActionButton>
			)}
		</section>
	);
}

function Table({ dispatchId, filter, isRunning }: Given) {
	const api = useStoreApi();
	const list = usePagedList<DeliveryRow>({
		name: dispatchId,
		load: (query, signal) => api.listDeliveries(dispatchId, query, signal),
		start: { filters: filter === null ? {} : { state: filter } },
	});
	return (
		<>
			<SearchForm
				label={__('Search by exact e-mail address', 'tocsin')}
				value={list.query.search}
				onSearch={(search) => {
					list.setQuery({ ...list.query, search });
				}}
			/>
			{isRunning ? (
				<ActionButton running={list.page.loading} onClick={() => void list.page.reload()}>
					{__('Load the newest outcomes', 'tocsin')}
				</ActionButton>
			) : null}
			<ServerTable
				caption={__('Outcomes', 'tocsin')}
				columns={columns()}
				list={list}
				idOf={(delivery) => String(delivery.ordinal)}
				empty={__('Nobody fits. The search takes a whole address.', 'tocsin')}
				countWords={(count, text) =>
					/* translators: %s: number of people */
					sprintf(_n('%s person', '%s people', count, 'tocsin'), text)
				}
			/>
		</>
	);
}

function columns(): Column<DeliveryRow>[] {
	return [
		{
			id: 'name',
			label: __('Person', 'tocsin'),
			render: (delivery) => (
				<span className="tocsin-incident-title">
					<bdi>
						{delivery.name.trim() === '' ? __('(no name)', 'tocsin') : delivery.name}
					</bdi>
					<bdi className="tocsin-note">
						{delivery.email ?? __('no e-mail address', 'tocsin')}
					</bdi>
				</span>
			),
		},
		{
			id: 'state',
			width: 150,
			label: __('Outcome', 'tocsin'),
			choices: deliveryStates.map((value) => ({ value, label: deliveryWords(value) })),
			render: (delivery) => <Outcome delivery={delivery} />,
		},
		{
			id: 'reason',
			width: 90,
			label: __('Reason', 'tocsin'),
			render: (delivery) => deliveryReasonWords(delivery.reason) || '–',
		},
		{
			id: 'attempts',
			width: 60,
			label: __('Attempts', 'tocsin'),
			render: (delivery) => String(delivery.attempts),
		},
		{
			id: 'changed',
			width: 80,
			label: __('Since', 'tocsin'),
			render: (delivery) => <Time at={delivery.changed_at} brief />,
		},
	];
}

/** With the provider's own number, since its support asks for that. */
function Outcome({ delivery }: { delivery: DeliveryRow }) {
	return (
		<>
			{deliveryWords(delivery.state)}
			{delivery.provider_message_id === null ? null : (
				<code className="tocsin-code tocsin-message-id">
					{delivery.provider_message_id}
				</code>
			)}
		</>
	);
}

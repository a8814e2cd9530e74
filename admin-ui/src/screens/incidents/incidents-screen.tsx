// All incidents, newest first, and what waits.
import { __, _n, sprintf } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { ActionLink } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { routeHref } from '../../routing/route.ts';
import { useMay } from '../../state/site.tsx';
import { usePagedList } from '../../state/use-paged-list.ts';
import { ServerTable } from '../../tables/lazy-table.tsx';
import { ScreenHeading } from '../screen-heading.tsx';
import { incidentColumns } from './incident-columns.tsx';

const everyMs = 30_000;

export function IncidentsScreen({ newSignals }: { newSignals: number | null }) {
	const api = useStoreApi();
	const mayPrepare = useMay('tocsin_prepare');
	const list = usePagedList({
		name: 'incidents',
		load: (query, signal) => api.listIncidents(query, signal),
		pollMs: () => everyMs,
	});
	const hasQuery = list.query.search !== '' || Object.keys(list.query.filters).length > 0;
	const isEmpty = list.page.data !== null && list.page.data.total === 0 && !hasQuery;
	return (
		<>
			<ScreenHeading title={__('Incidents', 'tocsin')}>
				{mayPrepare && !isEmpty ? (
					<>
						<ActionLink variant="primary" href={routeHref(declare)}>
							{__('Declare an incident', 'tocsin')}
						</ActionLink>
						<ActionLink href={routeHref({ ...declare, drill: true })}>
							{__('Run a drill', 'tocsin')}
						</ActionLink>
					</>
				) : null}
			</ScreenHeading>
			<WaitingSignals count={newSignals} />
			{isEmpty ? (
				<NoIncidents />
			) : (
				<ServerTable
					caption={__('Incidents', 'tocsin')}
					columns={incidentColumns()}
					list={list}
					idOf={(incident) => incident.id}
					searchLabel={__('Search incidents', 'tocsin')}
					empty={__('No incident fits this search.', 'tocsin')}
					countWords={(count, text) =>
						/* translators: %s: number of incidents */
						sprintf(_n('%s incident', '%s incidents', count, 'tocsin'), text)
					}
				/>
			)}
		</>
	);
}

const declare = { screen: 'declare', drill: false, signalId: null } as const;

function WaitingSignals({ count }: { count: number | null }) {
	if (count === null || count === 0) {
		return null;
	}
	return (
		<p className="tocsin-box is-warning">
			<a href={routeHref({ screen: 'signals' })}>
				{sprintf(
					/* translators: %d: number of signals */
					_n(
						'%d signal waits for a decision',
						'%d signals wait for a decision',
						count,
						'tocsin',
					),
					count,
				)}
			</a>
		</p>
	);
}

function NoIncidents() {
	const mayPrepare = useMay('tocsin_prepare');
	return (
		<div className="tocsin-empty">
			<h2>{__('No incident so far', 'tocsin')}</h2>
			<p>
				{__(
					'An incident is one suspected or confirmed leak of customers’ data. It leads you from what happened over who is affected to a notice that two people approve, and ends with proof that everyone was told.',
					'tocsin',
				)}
			</p>
			<p>
				{__(
					'A drill is the same with invented sending: no customer can be reached. It is the best way to learn this before it matters.',
					'tocsin',
				)}
			</p>
			{mayPrepare ? (
				<div className="tocsin-buttons">
					<ActionLink variant="primary" href={routeHref(declare)}>
						{__('Declare an incident', 'tocsin')}
					</ActionLink>
					<ActionLink href={routeHref({ ...declare, drill: true })}>
						{__('Run a drill', 'tocsin')}
					</ActionLink>
				</div>
			) : (
				<CapabilityNote
					capability="tocsin_prepare"
					act={__('declare an incident', 'tocsin')}
				/>
			)}
		</div>
	);
}

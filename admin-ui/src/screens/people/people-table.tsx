// The frozen people one by one. Nothing is asked for before the reader wants to see them: looking leaves a trace.
import { __, _n, sprintf } from '@wordpress/i18n';
import { useRef, useState } from 'react';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { SearchForm } from '../../fields/search-form.tsx';
import { LookFirst } from '../../parts/look-first.tsx';
import { usePagedList } from '../../state/use-paged-list.ts';
import { ServerTable } from '../../tables/lazy-table.tsx';
import { peopleColumns } from './people-columns.tsx';
import { PersonPanel } from './person-panel.tsx';

type Given = {
	incidentId: string;
	audienceId: string;
	hasOutcome: boolean;
	/** Null where nothing can be decided any more. */
	onDecided: (() => void) | null;
};

export function PeopleTable(given: Given) {
	return (
		<section className="tocsin-people">
			<h3>{__('The people one by one', 'tocsin')}</h3>
			<LookFirst label={__('Show the people', 'tocsin')}>
				<Table key={given.audienceId} {...given} />
			</LookFirst>
		</section>
	);
}

function Table({ incidentId, audienceId, hasOutcome, onDecided }: Given) {
	const api = useStoreApi();
	const [person, setPerson] = useState<number | null>(null);
	const opener = useRef<HTMLElement | null>(null);
	const list = usePagedList({
		name: audienceId,
		load: (query, signal) => api.listPeople(incidentId, query, signal),
	});
	const open = (number: number) => {
		opener.current =
			document.activeElement instanceof HTMLElement ? document.activeElement : null;
		setPerson(number);
	};
	return (
		<>
			<SearchForm
				label={__('Search by exact e-mail address or order number', 'tocsin')}
				value={list.query.search}
				onSearch={(search) => {
					list.setQuery({ ...list.query, search });
				}}
			/>
			<ServerTable
				caption={__('People', 'tocsin')}
				columns={peopleColumns({ hasOutcome, onOpen: open })}
				list={list}
				idOf={(each) => String(each.number)}
				empty={__(
					'Nobody fits. The search takes a whole address or a whole order number.',
					'tocsin',
				)}
				countWords={(count, text) =>
					/* translators: %s: number of people */
					sprintf(_n('%s person', '%s people', count, 'tocsin'), text)
				}
			/>
			{person === null ? null : (
				<PersonPanel
					key={person}
					incidentId={incidentId}
					number={person}
					onDecided={onDecided}
					onClose={() => {
						setPerson(null);
						opener.current?.focus();
					}}
				/>
			)}
		</>
	);
}

// Every place Tocsin knows, shipped or mapped here, and whether it is in this store.
import type { DataMapPage } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { finishedScan, possibleSources } from '../../data-map/finished-scan.ts';
import { presentWords, yieldsWords } from '../../data-map/map-words.ts';
import { Disclosure } from '../../parts/disclosure.tsx';
import { ServerTable } from '../../tables/lazy-table.tsx';
import type { Column } from '../../tables/paged-table.tsx';
import { useLocalList } from '../../tables/use-local-list.ts';
import { dataClassWords } from '../../words/data-class-words.ts';
import { roleWords } from '../../words/person-words.ts';

type KnownSource = DataMapPage['sources'][number];

export function KnownSources({ page }: { page: DataMapPage }) {
	const { sources } = page;
	const present = sources.filter((source) => source.present).length;
	return (
		<section aria-labelledby="tocsin-known-sources-title">
			<h2 id="tocsin-known-sources-title">{__('Known sources', 'tocsin')}</h2>
			<p>
				{finishedScan(page) === null
					? sprintf(
							/* translators: %d: all sources known */
							_n(
								'%d source is known. Whether it is in this store, a scan says.',
								'%d sources are known. Which of them are in this store, a scan says.',
								sources.length,
								'tocsin',
							),
							sources.length,
						)
					: sprintf(
							/* translators: 1: sources of this store, 2: all sources known */
							__(
								'%1$d of %2$d known sources are in this store. They come with Tocsin, or were mapped here.',
								'tocsin',
							),
							present,
							sources.length,
						)}
			</p>
			<Disclosure label={__('Show the known sources', 'tocsin')}>
				<Table sources={possibleSources(page)} isScanned={finishedScan(page) !== null} />
			</Disclosure>
		</section>
	);
}

function Table(given: { sources: readonly KnownSource[]; isScanned: boolean }) {
	const { sources, isScanned } = given;
	const list = useLocalList(sources, (source, query) => {
		const { present, own } = query.filters;
		const wanted = query.search.trim().toLocaleLowerCase();
		return (
			(present === undefined || String(source.present) === present) &&
			(own === undefined || String(source.own) === own) &&
			[source.title, source.family_title, source.id].some((text) =>
				text.toLocaleLowerCase().includes(wanted),
			)
		);
	});
	return (
		<ServerTable
			caption={__('Sources', 'tocsin')}
			columns={columns().filter((column) => isScanned || column.id !== 'present')}
			list={list}
			idOf={(source) => source.id}
			searchLabel={__('Search sources', 'tocsin')}
			empty={__('No source fits.', 'tocsin')}
			countWords={(count, text) =>
				/* translators: %s: number of sources */
				sprintf(_n('%s source', '%s sources', count, 'tocsin'), text)
			}
		/>
	);
}

function columns(): Column<KnownSource>[] {
	return [
		{
			id: 'title',
			label: __('Source', 'tocsin'),
			render: (source) => (
				<span className="tocsin-incident-title">
					<strong>
						{source.family_title}: {source.title}
					</strong>
					<code className="tocsin-code">{source.id}</code>
				</span>
			),
		},
		{
			id: 'present',
			width: 110,
			label: __('In this store', 'tocsin'),
			choices: [
				{ value: 'true', label: __('In this store', 'tocsin') },
				{ value: 'false', label: __('Not in this store', 'tocsin') },
			],
			render: presentWords,
		},
		{
			id: 'own',
			width: 110,
			label: __('Origin', 'tocsin'),
			choices: [
				{ value: 'true', label: __('Mapped here', 'tocsin') },
				{ value: 'false', label: __('Comes with Tocsin', 'tocsin') },
			],
			render: (source) =>
				source.own ? __('Mapped here', 'tocsin') : __('Comes with Tocsin', 'tocsin'),
		},
		{
			id: 'names',
			width: 200,
			label: __('Whom it names', 'tocsin'),
			render: (source) => (
				<>
					{roleWords(source.role)}.{' '}
					<span className="tocsin-note">{yieldsWords(source.yields)}</span>
				</>
			),
		},
		{
			id: 'classes',
			width: 160,
			label: __('Kinds of data', 'tocsin'),
			render: (source) => source.classes.map(dataClassWords).join(', '),
		},
	];
}

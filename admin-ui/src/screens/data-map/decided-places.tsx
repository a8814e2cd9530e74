// Mapped and ignored places as a table with a search: by which source, and who ignored what, why and when.
import type { DataMapPage, FoundPlace } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { placeStateWords, placeWords } from '../../data-map/map-words.ts';
import { ActionButton, ActionLink } from '../../fields/action-button.tsx';
import { Time } from '../../parts/time.tsx';
import { routeHref } from '../../routing/route.ts';
import { ServerTable } from '../../tables/lazy-table.tsx';
import { useLocalList } from '../../tables/use-local-list.ts';
import type { Column } from '../../tables/paged-table.tsx';
import { dataClassWords } from '../../words/data-class-words.ts';
import type { IgnoreAct } from './ignore-place.tsx';

type Given = {
	places: readonly FoundPlace[];
	sources: DataMapPage['sources'];
	/** Null for those who may only look. */
	onAct: ((act: IgnoreAct) => void) | null;
};

export function DecidedPlaces({ places, sources, onAct }: Given) {
	const titles = new Map(
		sources.map((source) => [source.id, `${source.family_title}: ${source.title}`]),
	);
	const list = useLocalList(places, (place, query) => {
		const { state } = query.filters;
		const wanted = query.search.trim().toLocaleLowerCase();
		return (
			(state === undefined || place.state === state) &&
			[
				placeWords(place),
				titles.get(place.source ?? '') ?? '',
				place.decision?.reason ?? '',
				...place.classes.map(dataClassWords),
			].some((text) => text.toLocaleLowerCase().includes(wanted))
		);
	});
	return (
		<ServerTable
			caption={__('Mapped and ignored places', 'tocsin')}
			columns={columns(titles, onAct)}
			list={list}
			idOf={(place) => place.id}
			searchLabel={__('Search places', 'tocsin')}
			empty={__('No place fits.', 'tocsin')}
			countWords={(count, text) =>
				/* translators: %s: number of places */
				sprintf(_n('%s place', '%s places', count, 'tocsin'), text)
			}
		/>
	);
}

function columns(titles: ReadonlyMap<string, string>, onAct: Given['onAct']): Column<FoundPlace>[] {
	return [
		{
			id: 'place',
			label: __('Place', 'tocsin'),
			render: (place) => <span className="tocsin-place">{placeWords(place)}</span>,
		},
		{
			id: 'classes',
			width: 140,
			label: __('Kinds of data', 'tocsin'),
			render: (place) => place.classes.map(dataClassWords).join(', '),
		},
		{
			id: 'state',
			width: 100,
			label: __('State', 'tocsin'),
			choices: (['mapped', 'ignored'] as const).map((value) => ({
				value,
				label: placeStateWords(value),
			})),
			render: (place) => placeStateWords(place.state),
		},
		{
			id: 'why',
			width: 180,
			label: __('By what, or who and why', 'tocsin'),
			render: (place) => <Why place={place} titles={titles} />,
		},
		...(onAct === null
			? []
			: [
					{
						id: 'act',
						width: 130,
						label: __('Change', 'tocsin'),
						render: (place: FoundPlace) => <Change place={place} onAct={onAct} />,
					},
				]),
	];
}

function Why(given: { place: FoundPlace; titles: ReadonlyMap<string, string> }) {
	const { decision, source } = given.place;
	return (
		<>
			{source === null ? null : (given.titles.get(source) ?? source)}
			{decision === null ? null : (
				<span className="tocsin-note">
					{' '}
					{decision.by}, <Time at={decision.at} />: <bdi>{decision.reason}</bdi>
				</span>
			)}
		</>
	);
}

function Change(given: { place: FoundPlace; onAct: (act: IgnoreAct) => void }) {
	const { place, onAct } = given;
	const unseen = <span className="tocsin-unseen"> {placeWords(place)}</span>;
	if (place.state === 'ignored') {
		return (
			<ActionButton
				variant="link"
				onClick={() => {
					onAct({ place, ignored: false });
				}}
			>
				{__('Take back…', 'tocsin')}
				{unseen}
			</ActionButton>
		);
	}
	return place.source?.startsWith('own.') === true ? (
		<ActionLink variant="link" href={routeHref({ screen: 'map-place', place: place.id })}>
			{__('Map anew…', 'tocsin')}
			{unseen}
		</ActionLink>
	) : (
		'–'
	);
}

// Mapping one blind spot: what its rows are, how one leads to a person, and which values are in it.
import type { DataMapPage, FoundPlace } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useStoreApi } from '../../api/store-api-context.tsx';
import { placeWords } from '../../data-map/map-words.ts';
import { ActionLink } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { routeHref } from '../../routing/route.ts';
import { useMay } from '../../state/site.tsx';
import { useResource } from '../../state/use-resource.ts';
import { PlaceFacts } from '../data-map/place-facts.tsx';
import { ScreenHeading } from '../screen-heading.tsx';
import { MapForm } from './map-form.tsx';

export function MapPlaceScreen({ place: id }: { place: string }) {
	const api = useStoreApi();
	const mayManage = useMay('tocsin_manage');
	const map = useResource({ key: 'data-map', load: (signal) => api.readDataMap(signal) });
	return (
		<>
			<ScreenHeading title={__('Map a place', 'tocsin')}>
				<ActionLink variant="link" href={routeHref({ screen: 'data-map' })}>
					{__('Back to the data map', 'tocsin')}
				</ActionLink>
			</ScreenHeading>
			<Loaded resource={map} loading={__('Loading the data map…', 'tocsin')}>
				{(page) => {
					const place = page.places.find((each) => each.id === id);
					return place === undefined ? (
						<p className="tocsin-box is-warning">
							{__(
								'This place is not in the data map any more: the last scan did not find it.',
								'tocsin',
							)}
						</p>
					) : (
						<Place page={page} place={place} mayManage={mayManage} />
					);
				}}
			</Loaded>
		</>
	);
}

function Place(given: { page: DataMapPage; place: FoundPlace; mayManage: boolean }) {
	const { page, place } = given;
	return (
		<>
			<h2 className="tocsin-place">{placeWords(place)}</h2>
			<PlaceFacts place={place} />
			{given.mayManage ? (
				<MapForm key={place.id} page={page} place={place} />
			) : (
				<CapabilityNote capability="tocsin_manage" act={__('map places', 'tocsin')} />
			)}
		</>
	);
}

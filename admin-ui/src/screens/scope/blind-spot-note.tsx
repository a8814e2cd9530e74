// What this scope cannot see: places with personal data that nobody has mapped.
import { __, _n, sprintf } from '@wordpress/i18n';
import { finishedScan } from '../../data-map/finished-scan.ts';
import { routeHref } from '../../routing/route.ts';
import { useDataMap } from '../../state/data-map.tsx';

export function BlindSpotNote() {
	const map = useDataMap()?.data ?? null;
	const count = map === null ? 0 : finishedScan(map)?.blind_spots;
	if (count === 0) {
		return null;
	}
	return (
		<p className="tocsin-box is-warning">
			{count === undefined
				? __(
						'This store was not scanned yet. People named only in places Tocsin does not know would be missed.',
						'tocsin',
					)
				: sprintf(
						/* translators: %d: number of places */
						_n(
							'%d place with personal data is not mapped: people named only there would be missed.',
							'%d places with personal data are not mapped: people named only there would be missed.',
							count,
							'tocsin',
						),
						count,
					)}{' '}
			<a href={routeHref({ screen: 'data-map' })}>{__('Look at the data map', 'tocsin')}</a>
		</p>
	);
}

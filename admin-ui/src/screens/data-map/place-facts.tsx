// What the scan found in one place: kinds of data, how it is written, where inside, and how much was looked at.
import type { FoundPlace } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { encodingWords, foundByWords } from '../../data-map/map-words.ts';
import { FactList } from '../../parts/fact-list.tsx';
import { Time } from '../../parts/time.tsx';
import { useSite } from '../../state/site.tsx';
import { dataClassWords } from '../../words/data-class-words.ts';
import { numberWords } from '../../words/number-words.ts';

export function PlaceFacts({ place }: { place: FoundPlace }) {
	const { locale } = useSite();
	const number = (count: number) => numberWords(count, locale);
	const paths = place.paths.filter((path) => path !== '');
	return (
		<FactList
			facts={[
				{
					name: __('Kinds of data', 'tocsin'),
					value:
						place.classes.length === 0
							? __('Not known: the values cannot be read', 'tocsin')
							: place.classes.map(dataClassWords).join(', '),
				},
				{
					name: __('Written as', 'tocsin'),
					value: place.encodings.map(encodingWords).join('; '),
				},
				...(paths.length === 0
					? []
					: [
							{
								name: __('Inside the value', 'tocsin'),
								value: <code className="tocsin-code">{paths.join(', ')}</code>,
							},
						]),
				{
					name: __('Looked at', 'tocsin'),
					value: sprintf(
						/* translators: 1: rows with personal data, 2: rows looked at, 3: estimate of all rows */
						__('%1$s of %2$s sampled rows; about %3$s in all', 'tocsin'),
						number(place.rows_matching),
						number(place.rows_sampled),
						number(place.rows_estimated),
					),
				},
				{
					name: __('Found by', 'tocsin'),
					value: place.found_by.map(foundByWords).join(', '),
				},
				{ name: __('Known since', 'tocsin'), value: <Time at={place.first_seen_at} /> },
			]}
		/>
	);
}

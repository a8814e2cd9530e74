// How one person can be reached: every contact point with its state, and why one was chosen.
import type { ContactPoint } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { useSourceTitle } from '../../state/data-map.tsx';
import {
	originWords,
	pointKindWords,
	pointStateWords,
	whyChosenWords,
} from '../../words/person-words.ts';

export function PersonContacts({ points }: { points: readonly ContactPoint[] }) {
	const sourceTitle = useSourceTitle();
	return (
		<>
			<h5>{__('How they can be reached', 'tocsin')}</h5>
			<ul>
				{points.length === 0 ? <li>{__('Not at all', 'tocsin')}</li> : null}
				{points.map((point) => (
					<li key={point.kind + point.value + point.origin}>
						{pointKindWords(point.kind)}: <bdi>{point.value}</bdi>{' '}
						<span className="tocsin-note">
							{[
								originWords(point.origin, sourceTitle),
								pointStateWords(point.state),
							].join(', ')}
						</span>
						{point.chosen ? (
							<>
								<strong> {__('(used for the notice)', 'tocsin')}</strong>{' '}
								{point.why === '' ? null : whyChosenWords(point.why)}
							</>
						) : null}
					</li>
				))}
			</ul>
		</>
	);
}

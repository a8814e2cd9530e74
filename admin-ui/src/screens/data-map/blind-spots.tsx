// Places with personal data that nobody has mapped or ignored, first on the screen, each with its two answers.
import type { FoundPlace } from '@tocsin/sidecar/contract';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useState } from 'react';
import { placeWords } from '../../data-map/map-words.ts';
import { ActionButton, ActionLink } from '../../fields/action-button.tsx';
import { CapabilityNote } from '../../fields/capability-note.tsx';
import { routeHref } from '../../routing/route.ts';
import type { IgnoreAct } from './ignore-place.tsx';
import { PlaceFacts } from './place-facts.tsx';

const shownAtFirst = 20;

export function BlindSpots(given: {
	places: readonly FoundPlace[];
	/** Null for those who may only look. */
	onAct: ((act: IgnoreAct) => void) | null;
}) {
	const { places, onAct } = given;
	const [all, setAll] = useState(false);
	const shown = all ? places : places.slice(0, shownAtFirst);
	return (
		<section aria-labelledby="tocsin-blind-spots-title">
			<h2 id="tocsin-blind-spots-title">{__('Blind spots', 'tocsin')}</h2>
			{places.length === 0 ? (
				<p className="tocsin-box is-good">
					{__('None: every place is mapped, or ignored with a reason.', 'tocsin')}
				</p>
			) : null}
			{onAct === null && places.length > 0 ? (
				<CapabilityNote
					capability="tocsin_manage"
					act={__('map or ignore places', 'tocsin')}
				/>
			) : null}
			<ul className="tocsin-cards">
				{shown.map((place) => (
					<li key={place.id}>
						<h3 className="tocsin-place">{placeWords(place)}</h3>
						<PlaceFacts place={place} />
						{onAct === null ? null : (
							<div className="tocsin-buttons">
								<ActionLink
									href={routeHref({ screen: 'map-place', place: place.id })}
								>
									{__('Map…', 'tocsin')}
									<span className="tocsin-unseen"> {placeWords(place)}</span>
								</ActionLink>
								<ActionButton
									variant="tertiary"
									onClick={() => {
										onAct({ place, ignored: true });
									}}
								>
									{__('Ignore…', 'tocsin')}
									<span className="tocsin-unseen"> {placeWords(place)}</span>
								</ActionButton>
							</div>
						)}
					</li>
				))}
			</ul>
			{places.length > shown.length ? (
				<ActionButton
					onClick={() => {
						setAll(true);
					}}
				>
					{sprintf(
						/* translators: %d: number of further blind spots */
						_n('Show %d more', 'Show %d more', places.length - shown.length, 'tocsin'),
						places.length - shown.length,
					)}
				</ActionButton>
			) : null}
		</section>
	);
}

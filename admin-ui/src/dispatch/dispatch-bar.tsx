// One stacked bar whose parts add up to what was planned. With `onChoose` each part filters the table below.
import type { DeliveryState, DispatchCounts } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { useSite } from '../state/site.tsx';
import { deliveryWords, partsOf, sumWords, type Part } from '../words/delivery-words.ts';
import { numberWords } from '../words/number-words.ts';

type Choose = ((state: DeliveryState | null) => void) | undefined;

export function DispatchBar(given: {
	counts: DispatchCounts;
	chosen?: DeliveryState | null;
	onChoose?: Choose;
}) {
	const { locale } = useSite();
	const { parts, addsUp } = partsOf(given.counts);
	return (
		<div className="tocsin-dispatch-bar">
			<p className="tocsin-dispatch-bar__sum">{sumWords(given.counts, locale)}</p>
			{addsUp ? null : (
				<p className="tocsin-box is-error" role="alert">
					{__(
						'These numbers do not add up. Do not trust them; sending is paused.',
						'tocsin',
					)}
				</p>
			)}
			<svg
				className="tocsin-dispatch-bar__bar"
				viewBox="0 0 1000 24"
				preserveAspectRatio="none"
				aria-hidden="true"
				focusable="false"
			>
				{segments(parts, given.counts.planned).map((segment) => (
					<rect
						key={segment.state}
						className={`is-${segment.state}`}
						x={segment.from}
						y="0"
						width={segment.width}
						height="24"
					/>
				))}
			</svg>
			<Legend parts={parts} chosen={given.chosen ?? null} onChoose={given.onChoose} />
		</div>
	);
}

/** Each part at least 4 of 1000 wide, so that one failure among 100,000 is still seen. */
function segments(parts: readonly Part[], planned: number) {
	const least = 4;
	const widths = parts.map((part) => Math.max(least, (1000 * part.count) / Math.max(planned, 1)));
	const scale =
		1000 /
		Math.max(
			1,
			widths.reduce((sum, width) => sum + width, 0),
		);
	let from = 0;
	return parts.map((part, index) => {
		const width = (widths[index] ?? 0) * scale;
		const segment = { state: part.state, from, width };
		from += width;
		return segment;
	});
}

function Legend(given: { parts: readonly Part[]; chosen: DeliveryState | null; onChoose: Choose }) {
	const { locale } = useSite();
	const { chosen, onChoose } = given;
	return (
		<ul className="tocsin-dispatch-bar__legend">
			{given.parts.map(({ state, count }) => {
				const words = sprintf(
					/* translators: 1: number, 2: outcome such as "Delivered" */
					__('%1$s %2$s', 'tocsin'),
					numberWords(count, locale),
					deliveryWords(state),
				);
				const mark = <span className={`tocsin-swatch is-${state}`} aria-hidden="true" />;
				return (
					<li key={state}>
						{onChoose === undefined ? (
							<span>
								{mark} {words}
							</span>
						) : (
							<button
								type="button"
								aria-pressed={chosen === state}
								onClick={() => {
									onChoose(chosen === state ? null : state);
								}}
							>
								{mark} {words}
							</button>
						)}
					</li>
				);
			})}
		</ul>
	);
}

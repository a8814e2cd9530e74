// A dispatch in words: its state, speed, forecast and what stands in its way.
import type { Dispatch } from '@tocsin/sidecar/contract';
import { __, sprintf } from '@wordpress/i18n';
import { Time } from '../parts/time.tsx';
import { FactList, type Fact } from '../parts/fact-list.tsx';
import { useSite } from '../state/site.tsx';
import { dispatchStateWords } from '../words/delivery-words.ts';

function speedWords(dispatch: Dispatch, locale: string): string {
	if (dispatch.state !== 'running') {
		return __('Nothing is being sent now', 'tocsin');
	}
	if (dispatch.per_second === null) {
		return __('Nothing went out in the last minute', 'tocsin');
	}
	const speed = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(
		dispatch.per_second,
	);
	/* translators: %s: messages a second */
	return sprintf(__('%s messages a second', 'tocsin'), speed);
}

export function DispatchFacts({ dispatch }: { dispatch: Dispatch }) {
	const { locale } = useSite();
	const facts: Fact[] = [
		{
			name: __('State', 'tocsin'),
			value: (
				<>
					<strong>{dispatchStateWords(dispatch.state)}</strong>
					{dispatch.drill ? ` (${__('drill', 'tocsin')})` : ''}
				</>
			),
		},
		{ name: __('Began', 'tocsin'), value: <Time at={dispatch.started_at} /> },
	];
	if (dispatch.ended_at !== null) {
		facts.push({ name: __('Ended', 'tocsin'), value: <Time at={dispatch.ended_at} /> });
	} else {
		facts.push({ name: __('Speed', 'tocsin'), value: speedWords(dispatch, locale) });
		facts.push({
			name: __('Likely to end', 'tocsin'),
			value:
				dispatch.expected_end_at === null ? (
					__('cannot be said yet', 'tocsin')
				) : (
					<Time at={dispatch.expected_end_at} />
				),
		});
	}
	if (dispatch.changed_by !== null) {
		facts.push({
			name: __('Last changed by', 'tocsin'),
			value: [dispatch.changed_by, dispatch.change_reason]
				.filter((part) => part !== null)
				.join(': '),
		});
	}
	return <FactList facts={facts} />;
}

export function Troubles({ troubles }: { troubles: Dispatch['troubles'] }) {
	if (troubles.length === 0) {
		return null;
	}
	return (
		<ul className="tocsin-troubles" aria-label={__('What stands in the way', 'tocsin')}>
			{troubles.map((trouble) => (
				<li
					key={trouble.code}
					className={`tocsin-box ${trouble.needs_person ? 'is-error' : 'is-warning'}`}
				>
					<p>
						<strong>
							{trouble.needs_person
								? __('Needs a person', 'tocsin')
								: __('Being dealt with', 'tocsin')}
						</strong>{' '}
						{trouble.sentence}
					</p>
					<p className="tocsin-box__foot">
						<Time at={trouble.since} />{' '}
						<code className="tocsin-code">{trouble.code}</code>
					</p>
				</li>
			))}
		</ul>
	);
}

// The screens of Tocsin as links, with what waits for a decision.
import { __, sprintf } from '@wordpress/i18n';
import { routeHref, type Route } from '../routing/route.ts';
import { useMay } from '../state/site.tsx';

type Entry = { route: Route; label: string; screens: readonly Route['screen'][] };

export function Navigation(given: {
	route: Route;
	newSignals: number | null;
	blindSpots: number | null;
}) {
	const { route, newSignals, blindSpots } = given;
	const mayManage = useMay('tocsin_manage');
	const entries: Entry[] = [
		{
			route: { screen: 'incidents' },
			label: __('Incidents', 'tocsin'),
			screens: ['incidents', 'declare', 'incident'],
		},
		{
			route: { screen: 'signals' },
			label:
				newSignals === null || newSignals === 0
					? __('Signals', 'tocsin')
					: /* translators: %d: number of signals that wait for a decision */
						sprintf(__('Signals (%d)', 'tocsin'), newSignals),
			screens: ['signals'],
		},
		{
			route: { screen: 'data-map' },
			label:
				blindSpots === null || blindSpots === 0
					? __('Data map', 'tocsin')
					: /* translators: %d: number of places with personal data that nobody has mapped */
						sprintf(__('Data map (%d)', 'tocsin'), blindSpots),
			screens: ['data-map', 'map-place'],
		},
	];
	if (mayManage) {
		entries.push({
			route: { screen: 'health' },
			label: __('Health', 'tocsin'),
			screens: ['health'],
		});
		entries.push({
			route: { screen: 'settings' },
			label: __('Settings', 'tocsin'),
			screens: ['settings'],
		});
	}
	return (
		<nav className="tocsin-navigation" aria-label={__('Tocsin', 'tocsin')}>
			<ul>
				{entries.map((entry) => {
					const isHere = entry.screens.includes(route.screen);
					return (
						<li key={entry.route.screen}>
							<a
								href={routeHref(entry.route)}
								aria-current={isHere ? 'page' : undefined}
							>
								{entry.label}
							</a>
						</li>
					);
				})}
			</ul>
		</nav>
	);
}

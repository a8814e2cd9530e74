// The screens of the wp-admin page as addresses behind `#`: one page of WordPress, so that back, forward and a
// bookmark work without another request.

export const steps = [
	'happened',
	'scope',
	'people',
	'notice',
	'approval',
	'sending',
	'proof',
] as const;
export type Step = (typeof steps)[number];

export type Route =
	| { screen: 'incidents' }
	| { screen: 'declare'; drill: boolean; signalId: string | null }
	| { screen: 'incident'; id: string; step: Step | null }
	| { screen: 'signals' }
	| { screen: 'data-map' }
	/** `place` is the id of a place as the data map names it, such as `wp_acme_payers/payer_blob`. */
	| { screen: 'map-place'; place: string }
	| { screen: 'health' }
	| { screen: 'settings' }
	| { screen: 'not-found' };

function isStep(value: string | undefined): value is Step {
	return (steps as readonly string[]).includes(value ?? '');
}

/** From `#/incidents/inc_1/scope`; an empty hash is the list of incidents. */
export function parseRoute(hash: string): Route {
	const [path = '', search = ''] = hash.replace(/^#/, '').split('?');
	const [first, second, third, ...rest] = path.split('/').filter((part) => part !== '');
	if (rest.length > 0) {
		return { screen: 'not-found' };
	}
	if (first === undefined || (first === 'incidents' && second === undefined)) {
		return { screen: 'incidents' };
	}
	if (first === 'incidents' && second === 'declare' && third === undefined) {
		const query = new URLSearchParams(search);
		return { screen: 'declare', drill: query.has('drill'), signalId: query.get('signal') };
	}
	if (first === 'incidents' && second !== undefined && (third === undefined || isStep(third))) {
		return { screen: 'incident', id: second, step: isStep(third) ? third : null };
	}
	if (first === 'data-map' && second === 'map' && third === undefined) {
		const place = new URLSearchParams(search).get('place');
		return place === null ? { screen: 'data-map' } : { screen: 'map-place', place };
	}
	if (
		second === undefined &&
		(first === 'signals' || first === 'data-map' || first === 'health' || first === 'settings')
	) {
		return { screen: first };
	}
	return { screen: 'not-found' };
}

export function routeHref(route: Route): string {
	switch (route.screen) {
		case 'declare': {
			const query = new URLSearchParams();
			if (route.drill) {
				query.set('drill', '1');
			}
			if (route.signalId !== null) {
				query.set('signal', route.signalId);
			}
			const text = query.toString();
			return `#/incidents/declare${text === '' ? '' : `?${text}`}`;
		}
		case 'incident':
			return `#/incidents/${route.id}${route.step === null ? '' : `/${route.step}`}`;
		case 'map-place':
			return `#/data-map/map?${new URLSearchParams({ place: route.place }).toString()}`;
		case 'not-found':
			return '#/incidents';
		case 'incidents':
		case 'signals':
		case 'data-map':
		case 'health':
		case 'settings':
			return `#/${route.screen}`;
	}
}

// The current route, following back and forward.
import { useMemo, useSyncExternalStore } from 'react';
import { parseRoute, routeHref, type Route } from './route.ts';

function subscribe(tell: () => void): () => void {
	window.addEventListener('hashchange', tell);
	return () => {
		window.removeEventListener('hashchange', tell);
	};
}

export function useRoute(): Route {
	const hash = useSyncExternalStore(subscribe, () => window.location.hash);
	return useMemo(() => parseRoute(hash), [hash]);
}

export function goTo(route: Route): void {
	window.location.hash = routeHref(route);
}

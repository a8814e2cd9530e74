// The current page of the console, following back and forward.
import { useMemo, useSyncExternalStore } from 'react';
import { consoleHref, parseConsolePath, type ConsoleRoute } from './console-route.ts';

const moved = 'tocsin-moved';

function subscribe(tell: () => void): () => void {
	window.addEventListener('popstate', tell);
	window.addEventListener(moved, tell);
	return () => {
		window.removeEventListener('popstate', tell);
		window.removeEventListener(moved, tell);
	};
}

export function useConsoleRoute(): ConsoleRoute {
	const path = useSyncExternalStore(subscribe, () => window.location.pathname);
	return useMemo(() => parseConsolePath(path), [path]);
}

export function goToConsolePage(route: ConsoleRoute): void {
	window.history.pushState(null, '', consoleHref(route));
	window.dispatchEvent(new Event(moved));
}

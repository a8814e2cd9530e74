// The console's pages as addresses under `/console`.

export type ConsoleRoute =
	| { page: 'home' }
	| { page: 'enrol' }
	| { page: 'manifest'; id: string }
	| { page: 'dispatch'; id: string }
	| { page: 'not-found' };

export function parseConsolePath(path: string): ConsoleRoute {
	const [root, first, second, ...rest] = path.split('/').filter((part) => part !== '');
	if (root !== 'console' || rest.length > 0) {
		return { page: 'not-found' };
	}
	if (first === undefined) {
		return { page: 'home' };
	}
	if (first === 'enrol' && second === undefined) {
		return { page: 'enrol' };
	}
	if (first === 'manifests' && second !== undefined) {
		return { page: 'manifest', id: second };
	}
	return first === 'dispatches' && second !== undefined
		? { page: 'dispatch', id: second }
		: { page: 'not-found' };
}

export function consoleHref(route: ConsoleRoute): string {
	switch (route.page) {
		case 'manifest':
			return `/console/manifests/${route.id}`;
		case 'dispatch':
			return `/console/dispatches/${route.id}`;
		case 'enrol':
			return '/console/enrol';
		case 'home':
		case 'not-found':
			return '/console';
	}
}

/** The one-time token of an invitation: behind `#`, so that it never reaches a server's log by itself. */
export function inviteToken(hash: string): string | null {
	return new URLSearchParams(hash.replace(/^#/, '')).get('token');
}

// The console's frame: finds out who is signed in, then shows the page of the address.
import { __ } from '@wordpress/i18n';
import { useMemo, type ReactNode } from 'react';
import { Loading } from '../parts/loading.tsx';
import { ProblemBox } from '../parts/problem-box.tsx';
import { ConnectionContext } from '../state/use-connection.tsx';
import { SiteContext } from '../state/site.tsx';
import { useResource } from '../state/use-resource.ts';
import { isSignedOut } from './is-signed-out.ts';
import { ConsoleSessionContext } from './console-session.tsx';
import { useConsoleApi, type ConsoleState } from './use-console-api.ts';
import { useConsoleRoute } from './use-console-route.ts';
import type { ConsoleRoute } from './console-route.ts';
import { ConsoleFrame } from './console-frame.tsx';
import { DispatchPage } from './dispatch-page.tsx';
import { EnrolPage } from './enrol-page.tsx';
import { HomePage } from './home-page.tsx';
import { ManifestPage } from './manifest-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

export function ConsoleApp() {
	const state = useConsoleApi();
	const site = useMemo(
		() => ({
			locale: navigator.language,
			timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
			capabilities: [],
			adminUrl: '',
		}),
		[],
	);
	return (
		<SiteContext.Provider value={site}>
			<ConnectionContext.Provider value={state.connection}>
				<ConsoleSessionContext.Provider value={state}>
					<Frame state={state} />
				</ConsoleSessionContext.Provider>
			</ConnectionContext.Provider>
		</SiteContext.Provider>
	);
}

function Frame({ state }: { state: ConsoleState }) {
	const route = useConsoleRoute();
	const { api, session, setSession } = state;
	const found = useResource({
		key: route.page === 'enrol' || session !== null || state.hasEnded ? null : 'session',
		load: async (signal) => {
			try {
				setSession(await api.session(signal));
				return 'signed-in';
			} catch (cause) {
				if (isSignedOut(cause)) {
					return 'signed-out';
				}
				throw cause;
			}
		},
	});
	return (
		<ConsoleFrame>
			{route.page === 'enrol' ? (
				<EnrolPage />
			) : session !== null ? (
				pageOf(route)
			) : found.problem !== null ? (
				<ProblemBox problem={found.problem} onRetry={() => void found.reload()} />
			) : found.data === 'signed-out' || state.hasEnded ? (
				<SignInPage hasExpired={state.hasExpired} />
			) : (
				<Loading what={__('Looking who is signed in…', 'tocsin')} />
			)}
		</ConsoleFrame>
	);
}

function pageOf(route: ConsoleRoute): ReactNode {
	switch (route.page) {
		case 'home':
			return <HomePage />;
		case 'manifest':
			return <ManifestPage key={route.id} id={route.id} />;
		case 'dispatch':
			return <DispatchPage key={route.id} id={route.id} />;
		case 'enrol':
			return <EnrolPage />;
		case 'not-found':
			return <NotFoundPage />;
	}
}

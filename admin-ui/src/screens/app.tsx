// The frame of every wp-admin screen: navigation, the state of the connection, and the screen of the route.
import type { Status } from '@tocsin/sidecar/contract';
import { __ } from '@wordpress/i18n';
import { lazy, Suspense, type ReactNode } from 'react';
import { useStoreApi } from '../api/store-api-context.tsx';
import { ErrorBoundary } from '../parts/error-boundary.tsx';
import { Loading } from '../parts/loading.tsx';
import { routeHref, type Route } from '../routing/route.ts';
import { useRoute } from '../routing/use-route.ts';
import { useResource, type Resource } from '../state/use-resource.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { IncidentsScreen } from './incidents/incidents-screen.tsx';
import { Navigation } from './navigation.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';

const DeclareScreen = lazy(async () => ({
	default: (await import(/* webpackChunkName: "declare" */ './incidents/declare-screen.tsx'))
		.DeclareScreen,
}));
const IncidentScreen = lazy(async () => ({
	default: (await import(/* webpackChunkName: "incident" */ './incident/incident-screen.tsx'))
		.IncidentScreen,
}));
const SignalsScreen = lazy(async () => ({
	default: (await import(/* webpackChunkName: "signals" */ './signals/signals-screen.tsx'))
		.SignalsScreen,
}));
const DataMapScreen = lazy(async () => ({
	default: (await import(/* webpackChunkName: "data-map" */ './data-map/data-map-screen.tsx'))
		.DataMapScreen,
}));
const MapPlaceScreen = lazy(async () => ({
	default: (await import(/* webpackChunkName: "map-place" */ './map-place/map-place-screen.tsx'))
		.MapPlaceScreen,
}));
const HealthScreen = lazy(async () => ({
	default: (await import(/* webpackChunkName: "health" */ './health/health-screen.tsx'))
		.HealthScreen,
}));
const SettingsScreen = lazy(async () => ({
	default: (await import(/* webpackChunkName: "settings" */ './settings/settings-screen.tsx'))
		.SettingsScreen,
}));

const statusEveryMs = 30_000;

export function App() {
	const route = useRoute();
	const api = useStoreApi();
	const status = useResource({
		key: 'status',
		load: (signal) => api.status(signal),
		pollMs: () => statusEveryMs,
	});
	return (
		<div className="tocsin">
			<Navigation
				route={route}
				newSignals={status.data?.new_signals ?? null}
				blindSpots={status.data?.data_map.blind_spots ?? null}
			/>
			<ConnectionBanner status={status} />
			<ErrorBoundary key={screenKey(route)}>
				<Suspense fallback={<Loading what={__('Loading the screen…', 'tocsin')} />}>
					{screenOf(route, status)}
				</Suspense>
			</ErrorBoundary>
		</div>
	);
}

/** The steps of an incident are one screen: going to one must not draw it anew. */
function screenKey(route: Route): string {
	return routeHref(route.screen === 'incident' ? { ...route, step: null } : route);
}

function screenOf(route: Route, status: Resource<Status>): ReactNode {
	switch (route.screen) {
		case 'incidents':
			return <IncidentsScreen newSignals={status.data?.new_signals ?? null} />;
		case 'declare':
			return (
				<DeclareScreen
					key={`${String(route.drill)} ${route.signalId ?? ''}`}
					drill={route.drill}
					signalId={route.signalId}
				/>
			);
		case 'incident':
			return <IncidentScreen key={route.id} id={route.id} step={route.step} />;
		case 'signals':
			return <SignalsScreen />;
		case 'data-map':
			return <DataMapScreen onNews={status.reload} />;
		case 'map-place':
			return <MapPlaceScreen key={route.place} place={route.place} />;
		case 'health':
			return <HealthScreen />;
		case 'settings':
			return <SettingsScreen />;
		case 'not-found':
			return <NotFoundScreen />;
	}
}

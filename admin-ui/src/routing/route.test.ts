import assert from 'node:assert/strict';
import test from 'node:test';
import { parseRoute, routeHref, steps, type Route } from './route.ts';

const routes: Route[] = [
	{ screen: 'incidents' },
	{ screen: 'declare', drill: false, signalId: null },
	{ screen: 'declare', drill: true, signalId: null },
	{ screen: 'declare', drill: false, signalId: 'sig_0000000001' },
	{ screen: 'incident', id: 'inc_0000000001', step: null },
	...steps.map((step): Route => ({ screen: 'incident', id: 'inc_0000000001', step })),
	{ screen: 'signals' },
	{ screen: 'data-map' },
	{ screen: 'map-place', place: 'wp_acme_payers/payer_blob' },
	{ screen: 'map-place', place: 'wp_postmeta/meta_value/_a?b&c #1 é' },
	{ screen: 'health' },
	{ screen: 'settings' },
];

test('each screen is found again at its own address', () => {
	for (const route of routes) {
		assert.deepEqual(parseRoute(routeHref(route)), route);
	}
});

test('no address is the list of incidents, a wrong one is said to be wrong', () => {
	assert.deepEqual(parseRoute(''), { screen: 'incidents' });
	for (const hash of [
		'#/nowhere',
		'#/incidents/inc_1/nonsense',
		'#/signals/1',
		'#/data-map/1',
		'#/incidents/a/scope/b',
	]) {
		assert.deepEqual(parseRoute(hash), { screen: 'not-found' });
	}
});

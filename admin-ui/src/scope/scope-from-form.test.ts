import assert from 'node:assert/strict';
import test from 'node:test';
import { Scope } from '@tocsin/sidecar/contract';
import { emptyScopeForm, formFromScope, type ScopeForm } from './scope-form.ts';
import { scopeFromForm } from './scope-from-form.ts';
import { presets } from './scope-words.ts';

const zone = 'Europe/Berlin';
const window = { from: '2026-11-20T10:00', to: '2026-11-21T10:00' };

function scopeOf(change: Partial<ScopeForm>): Scope {
	const { scope, errors } = scopeFromForm({ ...emptyScopeForm(), ...change }, zone);
	assert.equal(errors, null);
	return scope;
}

function fieldsOf(change: Partial<ScopeForm>): string[] {
	const { errors } = scopeFromForm({ ...emptyScopeForm(), ...change }, zone);
	return (errors ?? []).map((error) => error.field);
}

test('every preset, filled in, is a scope the sidecar takes, and comes back as the same form', () => {
	for (const preset of presets) {
		const scope = scopeOf({
			...emptyScopeForm(preset),
			...window,
			includeEmails: 'a@b.example',
		});
		assert.deepEqual(Scope.parse(scope), scope);
		assert.deepEqual(scopeOf(formFromScope(scope, zone)), scope);
	}
});

test('everyone means both sources without a filter, whatever was chosen before', () => {
	const scope = scopeOf({
		preset: 'everyone',
		countries: ['DE'],
		paymentMethods: ['x'],
		...window,
	});
	assert.deepEqual(scope.accounts, { registered_from: null, registered_to: null, countries: [] });
	assert.deepEqual(scope.orders, {
		created_from: null,
		created_to: null,
		payment_methods: [],
		statuses: [],
		countries: [],
	});
});

test('a tapped checkout takes orders of all statuses in the window, in UTC', () => {
	const scope = scopeOf({ preset: 'checkout_skimmer', statuses: ['completed'], ...window });
	assert.equal(scope.accounts, null);
	assert.deepEqual(scope.orders?.statuses, []);
	assert.equal(scope.orders.created_from, '2026-11-20T09:00:00.000Z');
	assert.equal(scope.orders.created_to, '2026-11-21T09:00:00.000Z');
});

test('a window needs both ends in the right order', () => {
	assert.deepEqual(fieldsOf({ preset: 'checkout_skimmer' }), ['from', 'to']);
	assert.deepEqual(fieldsOf({ preset: 'orders_in_window', from: window.to, to: window.from }), [
		'to',
	]);
	assert.deepEqual(fieldsOf({ preset: 'orders_in_window', from: window.to, to: window.to }), [
		'to',
	]);
});

test('lists are read with any separator, without doubles and without a leading number sign', () => {
	const scope = scopeOf({
		preset: 'list',
		includeEmails: 'a@b.example, c@d.example\n a@b.example;',
		includeOrders: '#17 18,17',
		excludeUsers: '5',
	});
	assert.deepEqual(scope.include, {
		emails: ['a@b.example', 'c@d.example'],
		order_ids: [17, 18],
		user_ids: [],
	});
	assert.deepEqual(scope.exclude.user_ids, [5]);
});

test('wrong entries and empty choices are named by their field', () => {
	assert.deepEqual(fieldsOf({ preset: 'list' }), ['includeEmails']);
	assert.deepEqual(fieldsOf({ preset: 'list', includeEmails: 'not-an-address' }), [
		'includeEmails',
	]);
	assert.deepEqual(fieldsOf({ preset: 'list', includeOrders: '12a' }), ['includeOrders']);
	assert.deepEqual(fieldsOf({ preset: 'custom', accounts: false, orders: false }), ['accounts']);
	assert.deepEqual(fieldsOf({ dataClasses: [] }), ['dataClasses']);
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { Scope } from '@tocsin/sidecar/contract';
import type { Preset, SourceFact } from './presets.ts';
import { emptyScopeForm, formFromScope, withPreset, type ScopeForm } from './scope-form.ts';
import { scopeFromForm } from './scope-from-form.ts';
import { presets, scopeSentence } from './scope-words.ts';

const zone = 'Europe/Berlin';
const window = { from: '2026-11-20T10:00', to: '2026-11-21T10:00' };

function source(id: string, more: Partial<SourceFact> = {}): SourceFact {
	return {
		id,
		title: id,
		family: id.split('.')[0] ?? '',
		family_title: '',
		family_kind: 'shop',
		role: 'buyer',
		yields: 'people',
		classes: ['email'],
		own: false,
		present: true,
		...more,
	};
}
const known = [
	source('woocommerce.customer-lookup'),
	source('woocommerce.sessions'),
	source('cart-abandonment.carts'),
	source('mailchimp.carts', { present: false }),
	source('stripe.order-meta', { family_kind: 'gateway' }),
];

function scopeOf(change: Partial<ScopeForm>): Scope {
	const form = { ...emptyScopeForm(change.preset, known), ...change };
	const { scope, errors } = scopeFromForm(form, zone);
	assert.equal(errors, null);
	return scope;
}

function fieldsOf(change: Partial<ScopeForm>): string[] {
	const form = { ...emptyScopeForm(change.preset, known), ...change };
	return (scopeFromForm(form, zone).errors ?? []).map((error) => error.field);
}

const answers: Partial<Record<Preset, Partial<ScopeForm>>> = {
	orders_in_window: window,
	checkout_skimmer: window,
	stolen_backup: { asOf: '2026-11-19T03:00' },
	gateway_data: { others: true, sourceIds: ['family:stripe'] },
	form_entries: { others: true, sourceIds: ['gravity-forms.answers'] },
	api_key_reads: { includeOrders: '1001' },
	misdirected_export: { includeEmails: 'a@b.example' },
	list: { includeUsers: '7' },
};

test('every preset of the contract is offered once, and answered it is a scope the sidecar takes', () => {
	assert.deepEqual([...presets].sort(), [...Scope.shape.preset.options].sort());
	for (const preset of presets) {
		const scope = scopeOf({ preset, ...answers[preset] });
		assert.deepEqual(Scope.parse(scope), scope);
		assert.deepEqual(scopeOf(formFromScope(scope, zone)), scope, preset);
	}
});

const everything: Scope = {
	version: 1,
	preset: 'custom',
	accounts: {
		registered_from: '2020-02-29T23:59:59.123Z',
		registered_to: '2026-10-25T00:30:00.000Z',
		countries: ['FR', 'DE'],
		states: ['US-CA'],
	},
	orders: {
		created_from: '2026-10-25T00:30:00.000Z',
		created_to: '2026-10-25T01:30:00.000Z',
		payment_methods: ['stripe', 'bacs'],
		statuses: ['checkout-draft'],
		countries: ['US'],
		states: ['US-NY', 'IE-Co. Cork'],
		products: [12, 9],
	},
	sources: {
		ids: ['stripe.order-meta', 'family:mailpoet'],
		from: '2026-01-01T00:00:30.000Z',
		to: null,
		undated: 'take_in',
	},
	as_of: '2026-11-01T12:00:00.001Z',
	ip_addresses: ['203.0.113.9', '2001:db8::1', '::ffff:192.0.2.1'],
	roles: ['payer', 'staff'],
	include: { emails: ['a@b.example'], order_ids: [5], user_ids: [6] },
	exclude: { emails: ['c@d.example'], order_ids: [7], user_ids: [8] },
	data_classes: ['wallet', 'name'],
};

test('a saved scope comes back whole: times to the millisecond, both filters, every list', () => {
	Scope.parse(everything);
	const narrower: Scope[] = [
		everything,
		{ ...everything, orders: null },
		{ ...everything, accounts: null },
		{ ...everything, sources: null },
		{ ...everything, orders: null, accounts: null },
		{ ...everything, preset: 'everyone', accounts: null, sources: null },
	];
	for (const scope of narrower) {
		assert.deepEqual(scopeOf(formFromScope(scope, zone)), scope);
	}
});

test('a time that is changed in the form is taken from the form', () => {
	const form = formFromScope(everything, zone);
	const scope = scopeOf({ ...form, asOf: '2026-11-01T13:01' });
	assert.equal(scope.as_of, '2026-11-01T12:01:00.000Z');
	assert.equal(scopeOf({ ...form, asOf: '' }).as_of, null);
});

test('another preset begins without the filters of the one before, and keeps what was typed', () => {
	const form = withPreset(
		{ ...formFromScope(everything, zone), ...window },
		'checkout_skimmer',
		known,
	);
	const scope = scopeOf(form);
	assert.equal(scope.accounts, null);
	assert.deepEqual(scope.orders, {
		created_from: '2026-11-20T09:00:00.000Z',
		created_to: '2026-11-21T09:00:00.000Z',
		payment_methods: [],
		statuses: [],
		countries: [],
		states: [],
		products: [],
	});
	assert.deepEqual(scope.sources, {
		ids: ['woocommerce.sessions', 'cart-abandonment.carts'],
		from: '2026-11-20T09:00:00.000Z',
		to: '2026-11-21T09:00:00.000Z',
		undated: 'take_in',
	});
	assert.deepEqual([scope.as_of, scope.roles, scope.ip_addresses], [null, [], []]);
	assert.deepEqual(scope.exclude, everything.exclude);
	assert.equal(scopeOf(withPreset(form, 'everyone', known)).orders?.created_from, null);
});

test('everyone is all three kinds of places without a filter; a backup is the same up to its time', () => {
	const scope = scopeOf({ preset: 'everyone' });
	assert.deepEqual(scope.sources, { ids: [], from: null, to: null, undated: 'take_in' });
	assert.deepEqual(scope.accounts?.countries, []);
	assert.notEqual(scope.orders, null);
	const backup = scopeOf({ preset: 'stolen_backup', asOf: '2026-11-19T03:00' });
	assert.deepEqual(
		{ ...backup, preset: 'everyone', as_of: null, data_classes: scope.data_classes },
		scope,
	);
	assert.equal(backup.as_of, '2026-11-19T02:00:00.000Z');
});

test('a preset whose sources this store lacks never comes to mean all sources', () => {
	for (const preset of ['customer_table', 'checkout_skimmer'] as const) {
		const form = { ...emptyScopeForm(preset, []), ...window };
		assert.equal(scopeFromForm(form, zone).scope?.sources, null);
	}
});

test('what a preset asks must be answered', () => {
	assert.deepEqual(fieldsOf({ preset: 'checkout_skimmer' }), ['from', 'to']);
	assert.deepEqual(fieldsOf({ preset: 'stolen_backup' }), ['asOf']);
	assert.deepEqual(fieldsOf({ preset: 'gateway_data' }), ['sourceIds']);
	assert.deepEqual(fieldsOf({ preset: 'form_entries' }), ['sourceIds']);
	assert.deepEqual(fieldsOf({ preset: 'api_key_reads' }), ['includeEmails']);
	assert.deepEqual(fieldsOf({ preset: 'list' }), ['includeEmails']);
	assert.deepEqual(fieldsOf({ preset: 'custom', accounts: false, orders: false }), ['accounts']);
	assert.deepEqual(fieldsOf({ dataClasses: [] }), ['dataClasses']);
});

test('a window ends after it begins, in each of the three windows', () => {
	for (const to of [window.from, '2026-11-19T00:00']) {
		assert.deepEqual(fieldsOf({ preset: 'orders_in_window', from: window.from, to }), ['to']);
	}
	assert.deepEqual(fieldsOf({ registeredFrom: window.to, registeredTo: window.from }), [
		'registeredTo',
	]);
	assert.deepEqual(
		fieldsOf({ hasOtherWindow: true, otherFrom: window.to, otherTo: window.from }),
		['otherTo'],
	);
});

test('lists are read with any separator, without doubles and without a leading number sign', () => {
	const scope = scopeOf({
		preset: 'list',
		includeEmails: 'a@b.example, c@d.example\n a@b.example;',
		includeOrders: '#17 18,17',
		excludeUsers: '5',
		states: 'US-CA, IE-Co. Cork',
		orders: true,
	});
	assert.deepEqual(scope.include, {
		emails: ['a@b.example', 'c@d.example'],
		order_ids: [17, 18],
		user_ids: [],
	});
	assert.deepEqual(scope.exclude.user_ids, [5]);
	assert.deepEqual(scope.orders?.states, ['US-CA', 'IE-Co. Cork']);
});

test('wrong entries are named with their line', () => {
	const { errors } = scopeFromForm(
		{
			...emptyScopeForm('list'),
			includeEmails: 'a@b.example\nnot-an-address\nc@d.example\nx\ny\nz',
		},
		zone,
	);
	assert.deepEqual(
		errors?.map((error) => error.field),
		['includeEmails'],
	);
	assert.match(errors[0]?.message ?? '', /line 2: not-an-address; line 4: x; line 5: y; and 1/);
	assert.deepEqual(fieldsOf({ preset: 'list', includeOrders: '12a' }), ['includeOrders']);
	assert.deepEqual(fieldsOf({ products: '0' }), ['products']);
	assert.deepEqual(fieldsOf({ ipAddresses: '300 ::1' }), ['ipAddresses']);
	assert.deepEqual(fieldsOf({ states: 'California' }), ['states']);
});

test('the sentence of a scope tells its window and that it is narrowed', () => {
	const words = scopeSentence(everything, (at) => at.slice(0, 10));
	assert.match(words, /from 2026-10-25 to 2026-10-25, as of 2026-11-01 \(9 filters\)/);
	assert.doesNotMatch(scopeSentence(scopeOf({}), String), /filter|from|as of/);
});

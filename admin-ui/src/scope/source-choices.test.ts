import assert from 'node:assert/strict';
import test from 'node:test';
import type { SourceFact } from './presets.ts';
import { methodsOfFamilies, sourceChoices, toggled, unknownIds } from './source-choices.ts';

function source(id: string, title: string, more: Partial<SourceFact> = {}): SourceFact {
	const family = id.split('.')[0] ?? '';
	return {
		id,
		title,
		family,
		family_title: family.toUpperCase(),
		family_kind: 'gateway',
		role: 'buyer',
		yields: 'people',
		classes: [],
		own: false,
		present: true,
		...more,
	};
}
const known = [
	source('square.customers', 'Customers', { present: false }),
	source('stripe.usermeta', 'Customers of accounts', { present: false }),
	source('stripe.order-meta', 'On orders'),
	source('stripe.cache', 'Cache', { yields: 'none' }),
	source('mailpoet.subscribers', 'Subscribers', { family_kind: 'crm' }),
	source('wordpress.users', 'Accounts', { family_kind: 'core' }),
];
const titles = (choices: ReturnType<typeof sourceChoices>) =>
	choices.map((family) => [family.title, family.sources.map((each) => each.id)]);

test('families of this store come first, without what names nobody or is read anyway', () => {
	assert.deepEqual(titles(sourceChoices(known, {})), [
		['MAILPOET', ['mailpoet.subscribers']],
		['STRIPE', ['stripe.order-meta', 'stripe.usermeta']],
		['SQUARE', ['square.customers']],
	]);
});

test('kinds and a search narrow the choice', () => {
	assert.deepEqual(titles(sourceChoices(known, { kinds: ['crm'] })), [
		['MAILPOET', ['mailpoet.subscribers']],
	]);
	assert.deepEqual(titles(sourceChoices(known, { search: ' Customers ' })), [
		['SQUARE', ['square.customers']],
		['STRIPE', ['stripe.usermeta']],
	]);
});

test('choosing a family drops its single sources, and leaving it leaves nothing of it', () => {
	const stripe = sourceChoices(known, { search: 'stripe' })[0];
	const chosen = toggled(
		['stripe.order-meta', 'mailpoet.subscribers'],
		'family:stripe',
		true,
		stripe,
	);
	assert.deepEqual(chosen, ['mailpoet.subscribers', 'family:stripe']);
	assert.deepEqual(toggled(chosen, 'family:stripe', false, stripe), ['mailpoet.subscribers']);
	assert.deepEqual(toggled([], 'stripe.order-meta', true, stripe), ['stripe.order-meta']);
});

test('a chosen source nobody knows any more stays in sight', () => {
	assert.deepEqual(unknownIds(known, ['family:stripe', 'own.gone', 'stripe.order-meta']), [
		'own.gone',
	]);
});

test('payment methods are guessed from the name of the gateway only', () => {
	const methods = ['stripe', 'stripe_sepa', 'square_credit_card', 'bacs'];
	assert.deepEqual(methodsOfFamilies(methods, ['family:stripe']), ['stripe', 'stripe_sepa']);
	assert.deepEqual(methodsOfFamilies(methods, ['stripe.order-meta']), []);
});

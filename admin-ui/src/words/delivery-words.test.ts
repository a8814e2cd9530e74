import assert from 'node:assert/strict';
import test from 'node:test';
import { deliveryStates, partsOf, sumWords } from './delivery-words.ts';

const none = {
	planned: 0,
	pending: 0,
	attempting: 0,
	accepted: 0,
	delivered: 0,
	bounced: 0,
	failed: 0,
	suppressed: 0,
	unknown: 0,
};

test('every state but planned is a part of the sum', () => {
	assert.deepEqual([...deliveryStates, 'planned'].sort(), Object.keys(none).sort());
});

test('parts that are not empty add up to planned', () => {
	const counts = { ...none, planned: 3412, delivered: 3020, pending: 310, suppressed: 82 };
	assert.deepEqual(partsOf(counts), {
		parts: [
			{ state: 'delivered', count: 3020 },
			{ state: 'pending', count: 310 },
			{ state: 'suppressed', count: 82 },
		],
		addsUp: true,
	});
	assert.equal(
		sumWords(counts, 'en'),
		'3,412 planned = 3,020 delivered + 310 waiting + 82 not sent, on purpose',
	);
});

test('a sum that is off by one is noticed', () => {
	assert.equal(partsOf({ ...none, planned: 10, delivered: 9 }).addsUp, false);
	assert.equal(partsOf({ ...none, planned: 10, delivered: 10, unknown: 1 }).addsUp, false);
});

test('a dispatch to nobody has no parts', () => {
	assert.deepEqual(partsOf(none), { parts: [], addsUp: true });
	assert.equal(sumWords(none, 'en'), '0 planned');
});

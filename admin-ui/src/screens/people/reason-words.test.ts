import assert from 'node:assert/strict';
import test from 'node:test';
import type { Reason } from '@tocsin/sidecar/contract';
import { reasonWords, rowsOfPerson } from './reason-words.ts';

const reason = (source: string, row: number | string): Reason => ({
	source,
	row,
	role: 'buyer',
	via: 'same_address',
	strength: 'same',
	at: null,
	data_classes: ['email'],
});
const title = (id: string) => `<${id}>`;

test('a reason names its source, its row by number or key, the tie and how sure it is', () => {
	assert.equal(
		reasonWords(reason('woocommerce.sessions', 't_3f9'), title),
		'<woocommerce.sessions>, number t_3f9: has exactly the same e-mail address (certain)',
	);
	assert.match(reasonWords(reason('accounts', 12), title), /^<accounts>, number 12: /);
	assert.match(reasonWords(reason('list', 0), title), /^<list>: /);
});

test('a row that names a person twice can be split off once; number 7 and key 7 are two rows', () => {
	const reasons = [
		reason('orders_hpos', 7),
		{ ...reason('orders_hpos', 7), role: 'payer' as const },
		reason('orders_hpos', '7'),
		reason('orders_legacy', 7),
	];
	assert.deepEqual(
		rowsOfPerson({ reasons }).map(({ source, row }) => [source, row]),
		[
			['orders_hpos', 7],
			['orders_hpos', '7'],
			['orders_legacy', 7],
		],
	);
});

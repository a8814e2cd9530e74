import assert from 'node:assert/strict';
import test from 'node:test';
import { MapPlaceRequest, type FoundPlace } from '@tocsin/sidecar/contract';
import { formFromPlace, type MapForm } from './map-form.ts';
import { withClassOf } from './propose-fields.ts';
import { errorsOfRefusal, requestFromForm } from './source-from-form.ts';

const at = '2026-11-23T09:00:00.000Z';

function found(id: string, more: Partial<FoundPlace> = {}): FoundPlace {
	const [table = '', column = '', key = ''] = id.split('/');
	return {
		id,
		prefix: 'wp_',
		table,
		column,
		key,
		state: 'blind_spot',
		source: null,
		classes: ['email'],
		encodings: ['plain'],
		paths: [],
		found_by: ['value'],
		rows_sampled: 100,
		rows_matching: 90,
		rows_estimated: 1000,
		first_seen_at: at,
		decision: null,
		link_candidates: [],
		...more,
	};
}

const acme = [
	found('wp_acme_payers/payer_blob', {
		table_key: 'id',
		classes: ['email', 'financial_account'],
		encodings: ['base64>encrypted>json'],
		paths: ['mail', 'iban'],
		link_candidates: [
			{ column: 'payer_mail', kind: 'email' },
			{ column: 'order_ref', kind: 'order_text' },
		],
	}),
	found('wp_acme_payers/tax_no', { classes: ['tax_id'] }),
	found('wp_acme_payers/payer_mail', { state: 'mapped' }),
	found('wp_other/mail'),
];
const page = { places: acme, decryptors: ['acme'] };

function formOf(change: Partial<MapForm> = {}): MapForm {
	const [place] = acme;
	assert.ok(place);
	return {
		...formFromPlace(place, page),
		title: 'Payers of Acme',
		reason: 'It is our payment provider',
		...change,
	};
}

test('a blind spot becomes a source the contract takes, with all that was proposed', () => {
	const { request } = requestFromForm(formOf({ role: 'payer' }));
	assert.deepEqual(MapPlaceRequest.parse(request), request);
	assert.deepEqual(request?.source.place, {
		kind: 'table',
		table: 'acme_payers',
		scope: 'site',
		key: 'id',
	});
	assert.equal(request.source.id, 'own.acme-payers');
	assert.deepEqual(request.source.link, { order_text: 'order_ref' });
	assert.deepEqual(
		request.source.fields.map(({ column, path, encoding, part, classes }) => [
			column,
			path,
			encoding,
			part,
			classes,
		]),
		[
			['payer_blob', 'mail', ['base64', 'decrypt:acme', 'json'], 'email', ['email']],
			[
				'payer_blob',
				'iban',
				['base64', 'decrypt:acme', 'json'],
				'holds',
				['financial_account'],
			],
			['tax_no', '', [], 'holds', ['tax_id']],
		],
	);
});

test('an encrypted value asks for its decryptor where it is not clear which', () => {
	const [place] = acme;
	assert.ok(place);
	for (const decryptors of [[], ['one', 'two']]) {
		const { values } = formFromPlace(place, { ...page, decryptors });
		assert.deepEqual(
			requestFromForm(formOf({ values })).errors?.map((error) => error.field),
			['values-wp_acme_payers/payer_blob'],
		);
	}
});

test('keys of one plugin are mapped together, with folded digits as a pattern and the prefix of every site', () => {
	const places = [
		found('wp_usermeta/meta_value/wp_acme_id_#', {
			paths: ['a.*.email'],
			encodings: ['php>json'],
		}),
		found('wp_usermeta/meta_value/wp_acme_ip', { classes: ['ip_address'] }),
		found('wp_usermeta/meta_value/_other_mail'),
	];
	const [place] = places;
	assert.ok(place);
	const form = formFromPlace(place, { places, decryptors: [] });
	const { request } = requestFromForm({ ...form, title: 'Acme', reason: 'known' });
	assert.deepEqual(request?.source.place, { kind: 'meta', of: 'user', post_types: [] });
	assert.deepEqual(
		request.source.fields.map(({ key, path, encoding, part }) => [key, path, encoding, part]),
		[
			['{prefix}acme_id_*', 'a.*.email', ['php'], 'email'],
			['{prefix}acme_ip', '', [], 'ip_address'],
		],
	);
	assert.deepEqual(MapPlaceRequest.parse(request), request);
});

test('answers of a form in a table of their own are key/value rows with an owner', () => {
	const places = [
		found('wp_acme_entry_meta/meta_value/#', {
			link_candidates: [{ column: 'entry_id', kind: 'order_id' }],
		}),
	];
	const [place] = places;
	assert.ok(place);
	const form = formFromPlace(place, { places, decryptors: [] });
	const { request } = requestFromForm({ ...form, title: 'Answers', reason: 'known' });
	assert.deepEqual(request?.source.place, {
		kind: 'pairs',
		table: 'acme_entry_meta',
		scope: 'site',
		owner: 'entry_id',
		name: 'meta_key',
		value: 'meta_value',
	});
	assert.deepEqual(request.source.link, {});
});

test('rows of one type stay the only ones that are read', () => {
	const sourceFor = (place: FoundPlace) => {
		const form = formFromPlace(place, { places: [place], decryptors: [] });
		return requestFromForm({ ...form, title: 'X', reason: 'known', tableKey: 'ID' }).request
			?.source.place;
	};
	assert.deepEqual(sourceFor(found('wp_posts/post_content', { parent: 'acme_ticket' })), {
		kind: 'table',
		table: 'posts',
		scope: 'site',
		key: 'ID',
		rows: { column: 'post_type', values: ['acme_ticket'] },
	});
	const key = 'wp_postmeta/meta_value/_acme_mail';
	assert.deepEqual(sourceFor(found(key, { parent: 'acme_ticket' })), {
		kind: 'meta',
		of: 'post',
		post_types: ['acme_ticket'],
	});
	for (const parent of ['shop_order', undefined]) {
		assert.deepEqual(sourceFor(found(key, parent === undefined ? {} : { parent })), {
			kind: 'meta',
			of: 'order',
			post_types: [],
		});
	}
});

test('classes that no path explains are not lost', () => {
	const places = [
		found('wp_x/blob', { classes: ['email', 'health'], paths: ['mail'], encodings: ['json'] }),
		found('wp_x/data', { classes: ['health', 'name'], paths: ['name', 'zz'] }),
	];
	const [place] = places;
	assert.ok(place);
	const { values } = formFromPlace(place, { places, decryptors: [] });
	assert.deepEqual(
		values.map((value) => value.fields.map(({ path, part, classes }) => [path, part, classes])),
		[
			[
				['mail', 'email', ['email']],
				['', 'holds', ['health']],
			],
			[
				['name', 'full_name', ['name']],
				['zz', 'holds', ['health']],
			],
		],
	);
});

test('what is missing is named by its field', () => {
	const errors = requestFromForm(
		formOf({
			title: ' ',
			tableKey: '',
			linkColumn: 'a b',
			dateColumn: 'x`y',
			values: [],
			reason: 'a',
		}),
	).errors;
	assert.deepEqual(
		errors?.map((error) => error.field),
		['title', 'tableKey', 'linkColumn', 'dateColumn', 'values', 'reason'],
	);
});

test('what the server refuses is shown at the field it is about', () => {
	const refused = errorsOfRefusal(
		[
			{ pointer: '/source/fields/1/classes', message: 'a' },
			{ pointer: '/fields/2/encoding/0', message: 'b' },
			{ pointer: '/source/link/order_text', message: 'c' },
			{ pointer: '/place/key', message: 'd' },
			{ pointer: '/source/fields/99/part', message: 'e' },
			{ pointer: '/nothing/known', message: 'f' },
		],
		formOf(),
	);
	assert.deepEqual(
		refused.map((error) => `${error.field}: ${error.message}`),
		[
			'field-wp_acme_payers/payer_blob 1: a',
			'values-wp_acme_payers/tax_no: b',
			'linkColumn: c',
			'tableKey: d',
			'values: e',
			'title: f',
		],
	);
});

test('a value that is called an address is told as one', () => {
	assert.deepEqual(withClassOf('email', ['health']), ['health', 'email']);
	assert.deepEqual(withClassOf('city', ['postal_address']), ['postal_address']);
	assert.deepEqual(withClassOf('holds', ['wallet']), ['wallet']);
});

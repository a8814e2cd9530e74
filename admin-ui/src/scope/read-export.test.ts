import assert from 'node:assert/strict';
import test from 'node:test';
import { readExport } from './read-export.ts';
import { textOfBytes } from './read-text-file.ts';

test('one address or order number a line needs no heading', () => {
	assert.deepEqual(readExport('a@b.example\n#17\n\n18\na@b.example\n'), {
		emails: ['a@b.example'],
		orders: ['17', '18'],
		lines: 4,
		bad: [],
	});
});

test('a heading names the columns, whatever stands beside them', () => {
	const text = [
		'Order ID;Name;E-Mail;Total',
		'1001;"Lee; Ann";ann@example.com;12',
		'1002;Bo;bo@example.com;13',
	].join('\r\n');
	assert.deepEqual(readExport(text), {
		emails: ['ann@example.com', 'bo@example.com'],
		orders: ['1001', '1002'],
		lines: 2,
		bad: [],
	});
});

test('only a column of order numbers is read as one', () => {
	for (const heading of ['order', 'Order ID', 'order_number', 'Order no.', 'Bestellnummer']) {
		assert.deepEqual(readExport(`${heading},x\n7,8`).orders, ['7'], heading);
	}
	for (const heading of ['Order total', 'order_date', 'id', 'orders']) {
		assert.deepEqual(readExport(`${heading},email\n7,a@b.example`).orders, [], heading);
	}
});

test('without a heading numbers beside an address are not taken for orders', () => {
	const reading = readExport('ann@example.com,49.90,3\nbo@example.com,12,1');
	assert.deepEqual(reading.orders, []);
	assert.equal(reading.emails.length, 2);
});

test('bad lines are told by the number they have in the file, also after a cell over two lines', () => {
	const text = [
		'email,note',
		'ann@example.com,"first',
		'second ""quoted"" line"',
		'not an address,x',
		',nothing',
		'bo@example.com,y',
	].join('\n');
	assert.deepEqual(readExport(text), {
		emails: ['ann@example.com', 'bo@example.com'],
		orders: [],
		lines: 4,
		bad: [
			{ line: 4, text: 'not an address, x' },
			{ line: 5, text: ', nothing' },
		],
	});
});

test('a row with an order number and a broken address is used and told', () => {
	const reading = readExport('order,email\n7,broken\n8,ok@example.com');
	assert.deepEqual(reading.orders, ['7', '8']);
	assert.deepEqual(
		reading.bad.map((bad) => bad.line),
		[2],
	);
});

test('an address with a name in front is read, and nothing at all is no reading', () => {
	assert.deepEqual(readExport('"Lee, Ann" <ann@example.com>').emails, ['ann@example.com']);
	assert.deepEqual(readExport('email\n"Ann Lee <ann@example.com>"').emails, ['ann@example.com']);
	assert.deepEqual(readExport(' \n\n'), { emails: [], orders: [], lines: 0, bad: [] });
});

test('files of spreadsheets are read in their own encoding', () => {
	const text = 'email\nann@example.com\n';
	assert.equal(readExport(textOfBytes(Buffer.from(`\uFEFF${text}`))).emails.length, 1);
	const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
	assert.deepEqual(readExport(textOfBytes(utf16)).emails, ['ann@example.com']);
	assert.equal(textOfBytes(Uint8Array.of(0x52, 0xe9)), 'Ré');
});

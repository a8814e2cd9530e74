import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decryptor } from './decrypt/decryptor.ts';
import { compileFields, HELD, readField, type FieldSpec } from './read-field.ts';

const NONE = new Map<string, Decryptor>();
const text = (inner: string) => `s:${Buffer.byteLength(inner)}:"${inner}";`;
const read = (raw: string | Uint8Array | null, field: FieldSpec, decryptors = NONE) => {
  const { values, unresolved } = readField(raw, field, decryptors);
  return [
    values.map(({ value, entry }) => (entry === '' ? value : `${entry}:${value}`)),
    unresolved,
  ];
};

/** Turns each byte by one: enough to tell clear from stored. */
const TURNED: Decryptor = {
  name: 'turned',
  open: (value) => {
    const bytes = Buffer.from(value);
    return bytes[0] === 0x7e ? Buffer.from(bytes.subarray(1).map((byte) => byte - 1)) : null;
  },
};
const turn = (clear: string) =>
  `~${Buffer.from(Buffer.from(clear).map((byte) => byte + 1)).toString()}`;
const WITH_TURNED = new Map([['turned', TURNED]]);

test('the value itself: as it is, also when it was serialized as a scalar', () => {
  const field: FieldSpec = { encoding: [], path: '', part: 'email' };
  assert.deepEqual(read('Ann.Lee@Example.com ', field), [['Ann.Lee@Example.com '], 0]);
  assert.deepEqual(read(Buffer.from('rené@example.fr'), field), [['rené@example.fr'], 0]);
  assert.deepEqual(read('s:5:"a@b.c";', field), [['a@b.c'], 0]);
  assert.deepEqual(read(null, field), [[], 0]);
  assert.deepEqual(read('', field), [[], 0]);
  assert.deepEqual(read(new Uint8Array(), field), [[], 0]);
});

test('php: a path, a plain scalar where WordPress left it plain, and what is not as declared', () => {
  const raw = 'a:1:{s:5:"payer";a:2:{s:5:"email";s:5:"a@b.c";s:4:"iban";N;}}';
  assert.deepEqual(read(raw, { encoding: ['php'], path: 'payer.email' }), [['a@b.c'], 0]);
  assert.deepEqual(read(raw, { encoding: ['php'], path: 'payer.iban' }), [[], 0]);
  assert.deepEqual(read(raw, { encoding: ['php'], path: 'payer.phone' }), [[], 0]);
  assert.deepEqual(read('a@b.c', { encoding: ['php'], path: '' }), [['a@b.c'], 0]);
  assert.deepEqual(read('no', { encoding: ['php'], path: 'payer.email' }), [[], 0], 'a flag');
  assert.deepEqual(
    read('U2FsdGVkX19jdXN0b21lcg', { encoding: ['php'], path: 'payer.email' }),
    [[], 1],
    'something is there, and it is not what was declared',
  );
  assert.deepEqual(read('s:5:"torn', { encoding: ['php'], path: '' }), [[], 1]);
  assert.deepEqual(read(raw, { encoding: ['php'], path: 'payer' }), [[], 1], 'a list for a value');
});

test('nested values open by themselves on the way', () => {
  const customer = 'a:1:{s:5:"email";s:5:"a@b.c";}';
  const session = `a:2:{s:4:"cart";s:6:"a:0:{}";s:8:"customer";${text(customer)}}`;
  assert.deepEqual(read(session, { encoding: ['php'], path: 'customer.email' }), [['a@b.c'], 0]);
  assert.deepEqual(read(session, { encoding: [], path: 'customer.email' }), [['a@b.c'], 0]);
  assert.deepEqual(read(session, { encoding: ['php'], path: '**.email' }), [['a@b.c'], 0]);
  const json = `a:1:{s:1:"x";${text('{"list":["a@b.c",{"email":"d@e.f"}]}')}}`;
  assert.deepEqual(read(json, { encoding: ['php'], path: 'x.list.*' }), [['0:a@b.c'], 1]);
  assert.deepEqual(read(json, { encoding: ['php'], path: 'x.**' }), [['a@b.c', 'd@e.f'], 0]);
});

test('* tells the entries of a list apart, ** does not', () => {
  const raw = JSON.stringify({
    payers: [{ email: 'a@b.c', name: 'A' }, { email: 'd@e.f' }],
    by: { x: { email: 'g@h.i' } },
  });
  const fields = [
    { encoding: ['json'], path: 'payers.*.email' },
    { encoding: ['json'], path: 'payers.*.name' },
    { encoding: ['json'], path: '*.*.email' },
    { encoding: ['json'], path: '**.email' },
  ] as const;
  const { fields: found, unresolved } = compileFields(
    fields.map((field) => ({ ...field, encoding: [...field.encoding] })),
    NONE,
  )(raw);
  assert.deepEqual(found, [
    [
      { value: 'a@b.c', entry: '0' },
      { value: 'd@e.f', entry: '1' },
    ],
    [{ value: 'A', entry: '0' }],
    [
      { value: 'a@b.c', entry: 'payers.0' },
      { value: 'd@e.f', entry: 'payers.1' },
      { value: 'g@h.i', entry: 'by.x' },
    ],
    [
      { value: 'a@b.c', entry: '' },
      { value: 'd@e.f', entry: '' },
      { value: 'g@h.i', entry: '' },
    ],
  ]);
  assert.equal(unresolved, 0);
});

test('fields of one value find the same together as each alone, in any order', () => {
  const inner = JSON.stringify({ email: 'a@b.c', more: 'a:1:{s:1:"k";s:1:"v";}' });
  const raw = `a:2:{s:1:"x";${text(inner)}s:1:"y";s:5:"d@e.f";}`;
  const fields: FieldSpec[] = ['x.more.k', 'x', 'x.email', 'y', 'x.more', '**', 'z'].map(
    (path) => ({
      encoding: ['php'],
      path,
    }),
  );
  const alone = fields.map((field) => readField(raw, field, NONE).values);
  assert.deepEqual(compileFields(fields, NONE)(raw).fields, alone);
  const turned = compileFields([...fields].reverse(), NONE)(raw).fields;
  assert.deepEqual([...turned].reverse(), alone);
  assert.deepEqual(
    alone[5]?.map(({ value }) => value),
    ['a@b.c', 'v', 'd@e.f'],
  );
});

test('a dot that belongs to a name is written with a backslash', () => {
  assert.deepEqual(read('{"a.b":{"c":"x"}}', { encoding: ['json'], path: 'a\\.b.c' }), [['x'], 0]);
});

test('a cut or oversized value gives what it holds and counts when there may be more', () => {
  const rows = 'i:0;a:1:{s:5:"email";s:5:"a@b.c";}';
  const cut = `a:2:{${rows}i:1;a:1:{s:5:"ema`;
  assert.deepEqual(read(cut, { encoding: ['php'], path: '*.email' }), [['0:a@b.c'], 1]);
  assert.deepEqual(read(cut, { encoding: ['php'], path: '0.email' }), [['a@b.c'], 0]);
  assert.deepEqual(read(cut, { encoding: ['php'], path: '1.email' }), [[], 1]);
  const large = `a:2:{${rows}i:1;s:9999999:"${'x'.repeat(5_000_000)}";}`;
  assert.deepEqual(read(large, { encoding: ['php'], path: '0.email' }), [['a@b.c'], 0]);
  assert.deepEqual(read(large, { encoding: ['php'], path: '1' }), [[], 1]);
});

test('joined text gives each piece that can be such a part', () => {
  const index = 'Ann Lee  Acme Ltd Main St 1  Bonn NW 53111 DE ann.lee@example.com +49 30 123';
  assert.deepEqual(read(index, { encoding: ['joined'], path: '', part: 'email' }), [
    ['ann.lee@example.com'],
    0,
  ]);
  const mail = 'Name: Ann\nMail: Ann <ann@example.com>, "bob@example.com"\n10.1.2.3 2001:db8::1\n';
  assert.deepEqual(read(mail, { encoding: ['joined'], path: '', part: 'email' }), [
    ['ann@example.com', 'bob@example.com'],
    0,
  ]);
  assert.deepEqual(read(mail, { encoding: ['joined'], path: '', part: 'ip_address' }), [
    ['10.1.2.3', '2001:db8::1'],
    0,
  ]);
  assert.deepEqual(read('12 Main St\nBonn', { encoding: ['joined'], path: '', part: 'line1' }), [
    ['12 Main St', 'Bonn'],
    0,
  ]);
});

test('binary addresses of 4 and of 16 bytes, zeros for none', () => {
  const field: FieldSpec = { encoding: ['ip_binary'], path: '', part: 'ip_address' };
  const bytes = (hex: string) => Buffer.from(hex, 'hex');
  assert.deepEqual(read(bytes('5bcc2a07'), field), [['91.204.42.7'], 0]);
  assert.deepEqual(read(bytes('00000000000000000000ffff5bcc2a07'), field), [['91.204.42.7'], 0]);
  assert.deepEqual(read(bytes('5bcc2a07000000000000000000000000'), field), [['91.204.42.7'], 0]);
  assert.deepEqual(read(bytes('20010db8000000000000000000000001'), field), [['2001:db8::1'], 0]);
  assert.deepEqual(read(bytes('00'.repeat(16)), field), [[], 0]);
  assert.deepEqual(read(bytes('0102030405'), field), [[], 1]);
  assert.deepEqual(read('10.0.0.1', field), [['10.0.0.1'], 0]);
});

test('base64 and JSON are opened only where the value is that', () => {
  const encoded = Buffer.from('{"email":"a@b.c"}').toString('base64');
  const field: FieldSpec = { encoding: ['base64', 'json'], path: 'email' };
  assert.deepEqual(read(encoded, field), [['a@b.c'], 0]);
  assert.deepEqual(read(`${encoded.slice(0, 8)}\r\n${encoded.slice(8)}`, field), [['a@b.c'], 0]);
  assert.deepEqual(read('{"email":"a@b.c"}', field), [[], 1]);
  assert.deepEqual(read('plain words', { encoding: ['json'], path: 'email' }), [[], 1]);
  assert.deepEqual(
    read('{\\"email\\":\\"a@b.c\\"}', { encoding: ['slashed_json'], path: 'email' }),
    [['a@b.c'], 0],
  );
});

test('encrypted values: as a whole, and each in its place inside a container', () => {
  const whole: FieldSpec = { encoding: ['decrypt:turned'], path: 'payer.email' };
  assert.deepEqual(read(turn('{"payer":{"email":"a@b.c"}}'), whole, WITH_TURNED), [['a@b.c'], 0]);
  assert.deepEqual(read('?broken', whole, WITH_TURNED), [[], 1]);
  assert.deepEqual(read(turn('{"payer":1}'), whole), [[], 1], 'no such decryptor');
  const inside: FieldSpec = { encoding: ['json', 'decrypt:turned'], path: '*.email' };
  const raw = JSON.stringify([{ email: turn('a@b.c') }, { email: 'clear' }, { email: '' }]);
  assert.deepEqual(read(raw, inside, WITH_TURNED), [['0:a@b.c'], 1]);
  const deeper: FieldSpec = { encoding: ['json', 'decrypt:turned'], path: 'blob.email' };
  const blob = JSON.stringify({ blob: turn('{"email":"a@b.c"}') });
  assert.deepEqual(read(blob, deeper, WITH_TURNED), [['a@b.c'], 0]);
});

test('a field that only holds something is never read, and an empty container is nothing', () => {
  const holds = (path: string): FieldSpec => ({ encoding: ['php'], path, part: 'holds' });
  assert.deepEqual(read('a:1:{s:2:"ip";s:7:"1.2.3.4";}', holds('')), [[HELD], 0]);
  assert.deepEqual(read('a:1:{s:2:"ip";s:7:"1.2.3.4";}', holds('ip')), [[HELD], 0]);
  assert.deepEqual(read('a:1:{s:2:"ip";s:0:"";}', holds('ip')), [[], 0]);
  assert.deepEqual(read('a:0:{}', holds('')), [[], 0]);
  assert.deepEqual(read('secret', { encoding: [], path: '', part: 'holds' }), [[HELD], 0]);
});

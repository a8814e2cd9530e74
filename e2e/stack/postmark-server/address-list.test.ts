import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddressList } from './address-list.ts';

test('lists are read with names, quotes and commas', () => {
  assert.deepEqual(parseAddressList('a@b.co'), [{ Email: 'a@b.co', Name: '' }]);
  assert.deepEqual(parseAddressList('Ann <a@b.co>,"B, \\"x\\"" <c@d.co> , e@f.co'), [
    { Email: 'a@b.co', Name: 'Ann' },
    { Email: 'c@d.co', Name: 'B, "x"' },
    { Email: 'e@f.co', Name: '' },
  ]);
  assert.deepEqual(parseAddressList('  '), []);
});

test('anything that is not an address spoils the list', () => {
  const wrong = [
    'a',
    'a@b',
    'a@b..co',
    'a@-b.co',
    'a b@c.co',
    'a@b.co;c@d.co',
    'a@b.co,',
    'Ann <a@b.co',
    'Ann a@b.co',
    '"Ann <a@b.co>',
    'a@@b.co',
    `${'x'.repeat(320)}@b.co`,
  ];
  for (const list of wrong) assert.equal(parseAddressList(list), undefined, list);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scope } from '../../contract/scope.ts';
import type { Mention } from './mention.ts';
import { makeScopeTest } from './scope-test.ts';

const mention: Mention = {
  source: 's',
  row: '1',
  role: 'buyer',
  userId: 0,
  orderId: 0,
  emails: [],
  gatewayIds: [],
  firstName: '',
  lastName: '',
  phone: '',
  postal: {
    company: '',
    line1: '',
    line2: '',
    city: '',
    state: '',
    postcode: '',
    country: '',
  },
  ipAddress: '',
  classes: 0,
  at: null,
};

test('an IP address is the same however it is spelled', () => {
  for (const [asked, stored, answer] of [
    ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1', 'in'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', ' 2001:db8::1 ', 'in'],
    ['192.0.2.1', '::ffff:192.0.2.1', 'in'],
    ['::ffff:c000:201', '192.0.2.1', 'in'],
    ['2001:db8::1', '2001:db8::2', 'out'],
    ['192.0.2.1', '', 'out'],
    ['192.0.2.1', '192.0.2.10', 'out'],
    ['no:address', 'no:address', 'in'],
  ] as const) {
    const { mention: ask } = makeScopeTest(
      Scope.parse({
        preset: 'custom',
        accounts: null,
        orders: null,
        sources: {},
        ip_addresses: [asked],
        data_classes: ['ip_address'],
      }),
    );
    assert.equal(ask({ ...mention, ipAddress: stored }, null), answer, `${asked} ${stored}`);
  }
});

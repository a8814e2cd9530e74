import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalBytes } from '../evidence/canonical-json.ts';
import { composePerson, type ComposeBasis } from './compose-person.ts';
import { classBits } from './held-classes.ts';
import { packPerson, unpackPerson } from './pack-person.ts';
import { packRecord } from './packed-person-scene.ts';
import type { StagedRow } from './staged-row.ts';

const BASIS: ComposeBasis = {
  authoritative: 'orders_hpos',
  asked: classBits(['name', 'email']),
  wantsStaff: false,
  bounced: new Set(['b'.repeat(32)]),
};
const LONE = '\ud800';

const place = (part: object = {}) => ({
  company: '',
  line1: '1 "Road"',
  line2: '',
  city: 'Tøwn\n',
  state: '',
  postcode: '1',
  country: 'DE',
  ...part,
});

function row(change: Partial<StagedRow>): StagedRow {
  return {
    kind: 'order',
    source: 'orders_hpos',
    row: 5,
    role: 'buyer',
    via: 'order',
    inScope: true,
    listed: false,
    excluded: false,
    at: 1_767_225_600_000,
    country: 'DE',
    classes: classBits(['name', 'email', 'wallet']),
    emails: [{ key: 'a'.repeat(32), state: 'valid', exact: '' }],
    userId: 0,
    orderId: 5,
    hasPhone: true,
    hasPostal: true,
    values: {
      emails: [' Ann@example.com'],
      firstName: ` Änn${LONE}`,
      lastName: '\u{1F600}',
      displayName: '',
      phone: '+49 1',
      postal: place(),
      book: null,
    },
    ...change,
  };
}

function pack(rows: StagedRow[]): string {
  const plan = composePerson({ owner: 'a'.repeat(32), rows, denied: new Set() }, BASIS);
  assert.ok(plan !== null);
  return packPerson({ number: 7, personId: 'c'.repeat(32), plan, bounced: BASIS.bounced });
}

const MENTION = row({
  kind: 'mention',
  source: 'own."x"',
  row: `k/${LONE}`,
  role: 'payer',
  via: 'same_order',
  at: null,
  emails: [{ key: 'b'.repeat(32), state: 'valid', exact: '1' }],
  values: {
    emails: ['gone@example.com'],
    firstName: '',
    lastName: '',
    displayName: '',
    phone: ' +49 1 ',
    postal: place({ line1: '2 Road' }),
    book: null,
  },
});

test('what is committed to is canonical JSON, whatever the values', () => {
  for (const rows of [[row({})], [row({}), MENTION], [row({ values: null, emails: [] })]]) {
    const text = pack(rows);
    assert.deepEqual(Buffer.from(text), Buffer.from(canonicalBytes(JSON.parse(text))));
    assert.equal(packRecord(unpackPerson(text)), text);
  }
});

test('each contact point once, under the first place it was met, and why the chosen one was', () => {
  const { contact_points, email, name, first_name, data_classes } = unpackPerson(
    pack([row({}), row({ orderId: 6, row: 6 }), MENTION]),
  );
  assert.deepEqual(
    contact_points.map(({ kind, value, origin, state, why }) => [kind, value, origin, state, why]),
    [
      ['email', 'Ann@example.com', 'billing', 'valid', 'newest_order'],
      ['email', 'gone@example.com', 'own."x"', 'bounced', ''],
      ['phone', '+49 1', 'billing', 'valid', ''],
      ['postal_address', '1 "Road", 1 Tøwn, DE', 'billing', 'valid', ''],
      ['postal_address', '2 Road, 1 Tøwn, DE', 'own."x"', 'valid', ''],
    ],
  );
  assert.deepEqual(
    [email, name, first_name, data_classes],
    ['Ann@example.com', 'Änn\ufffd \u{1F600}', 'Änn\ufffd', ['name', 'email', 'wallet']],
  );
});

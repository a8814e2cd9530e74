// The gateway's serialized value as a source of the operator's own: the shipped catalogue does not know this gateway.
import type { Source } from '../../sidecar/src/contract/index.ts';
import { PAYLOAD_KEY } from './big-store/order-rows.ts';

const field = (
  path: string,
  part: Source['fields'][number]['part'],
  classes: Source['fields'][number]['classes'],
): Source['fields'][number] => ({
  key: PAYLOAD_KEY,
  path: `payer.${path}`,
  encoding: ['php'],
  part,
  classes,
});

export const GATEWAY_SOURCE: Source = {
  id: 'own.acme-gateway.payload',
  title: 'Payer of the Acme gateway',
  family: 'own',
  place: { kind: 'meta', of: 'order', post_types: [] },
  link: {},
  date: null,
  role: 'payer',
  fields: [
    field('email', 'email', ['email']),
    field('iban', 'holds', ['financial_account']),
    field('dob', 'holds', ['date_of_birth']),
    field('address.line1', 'line1', ['postal_address']),
    field('address.city', 'city', ['postal_address']),
    field('address.postcode', 'postcode', ['postal_address']),
    field('address.country', 'country', ['postal_address']),
  ],
  tested_with: 'npm run bench',
  verification: 'operator',
  yields: 'people',
  note: '',
};

// What the operator of the store in a box maps by hand: a gateway's own table, and a value of its order meta.
import { Source } from '../../sidecar/src/contract/index.ts';
import { ACME_SECRET, OWN_PAYERS, OWN_PAYLOAD } from '../stack/seed/traps/mapped-by-hand-traps.ts';

const BY_HAND = { family: 'own', tested_with: '', verification: 'operator', yields: 'people' };

export const OWN_SOURCES: readonly Source[] = [
  Source.parse({
    ...BY_HAND,
    id: OWN_PAYERS,
    title: 'Payers of Acme',
    place: { kind: 'table', table: 'acme_payers', key: 'id' },
    link: { order_text: 'order_ref' },
    date: { column: 'created_at', kind: 'utc' },
    role: 'payer',
    fields: [
      ['payer.email', 'email', 'email'],
      ['payer.name', 'full_name', 'name'],
    ].map(([path, part, name]) => ({
      column: 'payer_blob',
      path,
      encoding: ['decrypt:acme', 'json'],
      part,
      classes: [name],
    })),
  }),
  Source.parse({
    ...BY_HAND,
    id: OWN_PAYLOAD,
    title: 'Payloads of Acme',
    place: { kind: 'meta', of: 'order' },
    role: 'buyer',
    fields: [
      {
        key: '_acme_gateway_payload',
        path: 'payer.contact.mail',
        encoding: ['php'],
        part: 'email',
        classes: ['email'],
      },
    ],
  }),
];

/** How the sidecar opens the values of that table, as an operator sets it in the environment. */
export const ACME_DECRYPTOR: Readonly<Record<string, string>> = {
  ACME_KEY: ACME_SECRET,
  TOCSIN_DECRYPTORS: JSON.stringify({
    acme: {
      cipher: 'aes-256-cbc',
      encoding: 'base64',
      layout: ['iv', 'ciphertext'],
      key: { env: 'ACME_KEY' },
      key_derivation: ['sha256'],
    },
  }),
};

// Places no catalogue knows: a gateway's own table with encrypted payers, and a second address deep inside a serialized
// value. Nobody finds them before an operator maps them.
import { createCipheriv, createHash } from 'node:crypto';
import { php } from './php-values.ts';
import { byOrder, reason, type Laid, type TrapShop } from './trap-shop.ts';

/** The secret of the invented gateway; the sidecar's key is its SHA-256. */
export const ACME_SECRET = 'store-in-a-box-acme-key';

export const OWN_PAYERS = 'own.acme-payers';
export const OWN_PAYLOAD = 'own.acme-payload';

export function layMappedByHandTraps(shop: TrapShop): void {
  layPayers(shop);
  layPayload(shop);
}

function layPayers(shop: TrapShop): void {
  const order = shop.order({
    hpos: 'acme.buyer@example.net',
    method: 'acme',
    buyer: { first: 'Aino', last: 'Acmebuyer' },
  });
  addPayer(
    shop,
    order,
    encrypted({ payer: { email: 'acme.payer@example.net', name: 'Arvo Acmepayer' } }),
  );
  shop.person({
    id: 'acme-buyer',
    contact: 'acme.buyer@example.net',
    reasons: [byOrder(order, 'orders_hpos', 'buyer', 'order same')],
  });
  shop.person({
    id: 'acme-payer',
    name: 'Arvo Acmepayer',
    contact: 'acme.payer@example.net',
    reasons: [byOrder(order, OWN_PAYERS, 'payer', 'row same')],
  });
  // Pays for himself.
  const own = shop.order({
    hpos: 'acme.self@example.net',
    method: 'acme',
    buyer: { first: 'Asta', last: 'Acmeself' },
  });
  addPayer(
    shop,
    own,
    encrypted({ payer: { email: 'acme.self@example.net', name: 'Asta Acmeself' } }),
  );
  shop.person({
    id: 'acme-self',
    contact: 'acme.self@example.net',
    reasons: [
      byOrder(own, 'orders_hpos', 'buyer', 'order same'),
      byOrder(own, OWN_PAYERS, 'payer', 'row same'),
    ],
  });
  // His order is gone; the payer is not.
  addPayer(
    shop,
    { id: 999_999_998, at: null },
    encrypted({ payer: { email: 'acme.gone@example.net', name: 'Aulis Acmegone' } }),
  );
  shop.person({
    id: 'acme-gone',
    name: 'Aulis Acmegone',
    contact: 'acme.gone@example.net',
    reasons: [reason(OWN_PAYERS, 'payer', 'row same')],
  });
  // Under a key of long ago: there, and not to be read.
  addPayer(
    shop,
    order,
    encrypted({ payer: { email: 'acme.never@example.net' } }, 'a key of long ago'),
  );
  shop.figures.unresolved[OWN_PAYERS] = 1;
}

function addPayer(shop: TrapShop, order: Laid, blob: string): void {
  shop.add('acme_payers', {
    order_ref: `WC-${order.id}`,
    payer_blob: blob,
    payer_mail: '',
    created_at: order.at === null ? null : order.at.slice(0, 19).replace('T', ' '),
  });
}

/** base64 of IV and AES-256-CBC over JSON. The IV comes from the text, so that the same seed gives the same store. */
function encrypted(value: object, secret: string = ACME_SECRET): string {
  const text = JSON.stringify(value);
  const iv = createHash('sha256').update(text).digest().subarray(0, 16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(secret).digest(), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

function layPayload(shop: TrapShop): void {
  const order = shop.order({
    hpos: 'nested.first@example.net',
    method: 'acme',
    buyer: { first: 'Nele', last: 'Nested' },
    meta: {
      _acme_gateway_payload: php({
        v: 2,
        payer: php({ contact: { mail: 'nested.second@example.net', tries: 1 } }),
      }),
    },
  });
  const bought = byOrder(order, 'orders_hpos', 'buyer', 'order same');
  shop.person({
    id: 'nested',
    contact: 'nested.first@example.net',
    also: ['nested.second@example.net'],
    dependsOn: { with: OWN_PAYLOAD },
    reasons: [bought, byOrder(order, OWN_PAYLOAD, 'buyer', 'same_order same')],
  });
  shop.person({
    id: 'nested-unmapped',
    contact: 'nested.first@example.net',
    dependsOn: { without: OWN_PAYLOAD },
    reasons: [bought],
  });
}

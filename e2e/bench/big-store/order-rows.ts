// Who ordered what, as SQL over the order's number m (1 to 2N). Numbers of humans: accounts 1 to N, guests N+1 to N+N/5,
// other recipients 2N+m, other payers 4N+m.
import { FAMILY_NAMES, personInSql, pick } from './people-in-sql.ts';

/** Orders begin on this day; the last is created a moment before `LAST_DAY`. */
const FIRST_DAY = '2021-11-01 00:00:00';
export const LAST_DAY = '2026-10-31T00:00:00.000Z';
/** 30 days before `LAST_DAY`. */
export const NARROW_FROM = '2026-10-01T00:00:00.000Z';
const SECONDS = 1825 * 86_400;

/** A prime: spreads neighbouring orders over all customers. */
const SPREAD = 2_654_435_761;

/** Pays a third of the orders and keeps a serialized value on each. */
export const GATEWAY = 'acme_gateway';
export const PAYLOAD_KEY = '_acme_gateway_payload';
const PAID_BY_GATEWAY = 'm % 3 = 0';
const SHIPPED_TO_ANOTHER = 'm % 20 = 7';
/** One in twenty of those that the gateway paid. */
const PAID_BY_ANOTHER = 'm % 60 = 9';

const BUYER = personInSql('p');
const RECIPIENT = personInSql('r');
const PAYER = personInSql('y');

/** As WordPress ids of orders go: rising, with gaps. */
const ORDER_ID = '(100 + 2 * m)';
const CREATED = (customers: number): string =>
  `DATE_ADD('${FIRST_DAY}', INTERVAL (m - 1) * ${SECONDS} DIV ${2 * customers} SECOND)`;

const STATUS = pick(
  [
    ...repeat('wc-completed', 13),
    ...repeat('wc-processing', 4),
    'wc-cancelled',
    'wc-failed',
    'wc-refunded',
    'wc-on-hold',
    'wc-checkout-draft',
  ],
  'm',
);
const METHOD = `IF(${PAID_BY_GATEWAY}, '${GATEWAY}', ${pick(['stripe', 'ppcp-gateway', 'stripe', 'bacs'], 'm DIV 2')})`;

/** What the buyer typed: a customer now and then another address of his own, a guest in any letter case. */
const TYPED = `CASE WHEN m % 5 <> 0 THEN IF(m % 50 = 1, CONCAT('alt.', ${BUYER.email}), ${BUYER.email})
  WHEN m % 3 = 0 THEN ${BUYER.email} WHEN m % 3 = 1 THEN UPPER(${BUYER.email})
  ELSE CONCAT(UPPER(LEFT(${BUYER.email}, 1)), SUBSTRING(${BUYER.email}, 2)) END`;

/** Rows m and p (who bought), for orders 1 to 2N. */
export function ordersFrom(customers: number): string {
  const guests = Math.floor(customers / 5);
  return `(SELECT seq AS m, CASE
      WHEN seq % 5 <> 0 THEN 1 + (seq * ${SPREAD}) % ${customers}
      WHEN (seq DIV 5) % 4 = 0 THEN 1 + ((seq DIV 5) * ${SPREAD}) % ${customers}
      ELSE ${customers + 1} + ((seq DIV 5) * ${SPREAD}) % ${guests} END AS p
    FROM seq_1_to_${2 * customers}) o`;
}

export function fillOrders(prefix: string, customers: number): string {
  return `INSERT INTO ${prefix}wc_orders (id, status, currency, type, tax_amount, total_amount, customer_id, billing_email,
      date_created_gmt, date_updated_gmt, parent_order_id, payment_method, payment_method_title, transaction_id, ip_address,
      user_agent, customer_note)
    SELECT ${ORDER_ID}, ${STATUS}, 'EUR', 'shop_order', 0, 5 + m % 200, IF(m % 5 = 0, 0, p + 1), ${TYPED},
      ${CREATED(customers)}, ${CREATED(customers)}, 0, ${METHOD}, ${METHOD}, CONCAT('tx_', LPAD(CONV(m * ${SPREAD}, 10, 36), 14, 'A')),
      CONCAT('198.51.', p DIV 250 % 250, '.', 1 + p % 250),
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36',
      IF(m % 25 = 0, 'Please leave it with the neighbours.', '')
    FROM ${ordersFrom(customers)}`;
}

/** Billing and shipping of each order, side by side as WooCommerce writes them. */
export function fillAddresses(prefix: string, customers: number): string {
  const shipped = (
    part: 'given' | 'family' | 'street' | 'city' | 'state' | 'postcode' | 'country',
  ): string => `IF(kind = 1 AND ${SHIPPED_TO_ANOTHER}, ${RECIPIENT[part]}, ${BUYER[part]})`;
  return `INSERT INTO ${prefix}wc_order_addresses (id, order_id, address_type, first_name, last_name, company, address_1,
      address_2, city, state, postcode, country, email, phone)
    SELECT 2 * m - 1 + kind, ${ORDER_ID}, IF(kind = 0, 'billing', 'shipping'), ${shipped('given')}, ${shipped('family')}, '',
      ${shipped('street')}, '', ${shipped('city')}, ${shipped('state')}, ${shipped('postcode')}, ${shipped('country')},
      IF(kind = 0, ${TYPED}, NULL), IF(kind = 0, ${BUYER.phone}, '')
    FROM (SELECT m, p, ${recipientOf(customers)} AS r, kind.seq AS kind FROM ${ordersFrom(customers)}, seq_0_to_1 kind) o`;
}

/** Never of the buyer's family name: with his whole name it would be the buyer himself at another address. */
function recipientOf(customers: number): string {
  const number = `${2 * customers} + m`;
  return `${number} + IF(MOD(CAST(${number} AS SIGNED) - CAST(p AS SIGNED), ${FAMILY_NAMES}) = 0, 1, 0)`;
}

/** The gateway's value: serialized by PHP, with lengths in bytes, a list in a list, and the payer's address inside. */
export function fillPayloads(prefix: string, customers: number): string {
  const own = (part: 'email' | 'street' | 'city' | 'postcode' | 'country'): string =>
    `IF(${PAID_BY_ANOTHER}, ${PAYER[part]}, ${part === 'email' ? TYPED : BUYER[part]})`;
  const entry = (key: string, value: string): string =>
    `'s:${key.length}:"${key}";s:', LENGTH(${value}), ':"', ${value}, '";'`;
  const bank = "LPAD(p, 18, '370400')";
  const iban = `CONCAT('DE', LPAD(98 - MOD(CAST(CONCAT(${bank}, '131400') AS DECIMAL(30, 0)), 97), 2, '0'), ${bank})`;
  const born = "DATE_FORMAT(DATE_ADD('1950-01-01', INTERVAL p % 20000 DAY), '%Y-%m-%d')";
  return `INSERT INTO ${prefix}wc_orders_meta (id, order_id, meta_key, meta_value)
    SELECT m DIV 3, ${ORDER_ID}, '${PAYLOAD_KEY}', CONCAT('a:2:{s:7:"version";i:2;s:5:"payer";a:4:{', ${entry('email', 'email')},
      ${entry('iban', 'iban')}, ${entry('dob', 'born')}, 's:7:"address";a:4:{', ${entry('line1', 'street')},
      ${entry('city', 'city')}, ${entry('postcode', 'postcode')}, ${entry('country', 'country')}, '}}}')
    FROM (SELECT m, ${own('email')} AS email, ${iban} AS iban, ${born} AS born, ${own('street')} AS street,
        ${own('city')} AS city, ${own('postcode')} AS postcode, ${own('country')} AS country
      FROM (SELECT m, p, ${4 * customers} + m AS y FROM ${ordersFrom(customers)}) o WHERE ${PAID_BY_GATEWAY}) v`;
}

/** HPOS takes the ids of its orders from posts and leaves an empty row for each. */
export function fillPlaceholders(prefix: string, customers: number): string {
  return `INSERT INTO ${prefix}posts (ID, post_date, post_date_gmt, post_content, post_title, post_excerpt, post_status,
      comment_status, ping_status, to_ping, pinged, post_modified, post_modified_gmt, post_content_filtered, post_type)
    SELECT ${ORDER_ID}, ${CREATED(customers)}, ${CREATED(customers)}, '', '', '', 'draft', 'closed', 'closed', '', '',
      ${CREATED(customers)}, ${CREATED(customers)}, '', 'shop_order_placehold'
    FROM ${ordersFrom(customers)}`;
}

/** How many people there are by this file's rules: of all rows, and of the narrow window's. */
export function countPeople(customers: number): string {
  const count = (where: string): string => `SELECT COUNT(DISTINCT p) AS buyers,
      COALESCE(SUM(${SHIPPED_TO_ANOTHER}), 0) AS recipients, COALESCE(SUM(${PAID_BY_ANOTHER}), 0) AS payers
    FROM ${ordersFrom(customers)} WHERE ${where}`;
  const narrow = `${PAID_BY_GATEWAY} AND ${CREATED(customers)} >= '${NARROW_FROM.slice(0, 19).replace('T', ' ')}'`;
  return `SELECT 'guests' AS scope, t.* FROM (${count(`p > ${customers}`)}) t
    UNION ALL SELECT 'all', t.* FROM (${count('1')}) t UNION ALL SELECT 'narrow', t.* FROM (${count(narrow)}) t`;
}

function repeat(text: string, times: number): string[] {
  return Array.from({ length: times }, () => text);
}

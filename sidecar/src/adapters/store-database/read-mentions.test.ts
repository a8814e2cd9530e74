// Against a real MariaDB: where each kind of source has its rows, and whose they are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { classesOf } from '../../domain/audience/held-classes.ts';
import { ownSource, phpText, readSources } from './mentions-scene.ts';
import { startTestServer, type TestServer } from './test-shop.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const email = { part: 'email' as const, classes: ['email' as const] };

test('rows of an order are one mention, from both order stores, by their exact keys', async () => {
  const shop = await server.makeShop();
  const meta = {
    _acme_mail: 'payer@example.com',
    _acme_phone: '+49 30 1',
    _Acme_Mail: 'no@example.com',
  };
  await shop.addHpos({ id: 10, email: 'a@example.com', meta });
  await shop.addLegacy({ id: 11, email: 'b@example.com', meta: { _acme_mail: 'old@example.com' } });
  await shop.addLegacy({ id: 12, type: 'page', meta: { _acme_mail: 'page@example.com' } });
  await shop.addLegacy({
    id: 13,
    type: 'shop_order_placehold',
    meta: { _acme_mail: 'left@example.com' },
  });
  const { mentions, rows, gaps } = await readSources(shop.config, [
    ownSource({
      fields: [
        { key: '_acme_mail', ...email },
        { key: '_acme_phone', part: 'phone', classes: ['phone'] },
      ],
    }),
  ]);
  assert.deepEqual(
    mentions.map((one) => [one.row, one.orderId, one.emails, one.phone, one.role]),
    [
      ['10', 10, ['payer@example.com'], '+49 30 1', 'payer'],
      ['11', 11, ['old@example.com'], '', 'payer'],
      ['13', 13, ['left@example.com'], '', 'payer'],
    ],
  );
  assert.deepEqual(classesOf(mentions[0]?.classes ?? 0), ['email', 'phone']);
  assert.deepEqual([rows, gaps], [4, []]);
});

test("a refund's rows are the order's it belongs to", async () => {
  const shop = await server.makeShop();
  await shop.addHpos({
    id: 21,
    type: 'shop_order_refund',
    email: null,
    customer: null,
    meta: { _refund_reason: 'Ann changed her mind' },
  });
  await shop.exec('UPDATE wp_wc_orders SET parent_order_id = 20 WHERE id = 21');
  const { mentions } = await readSources(shop.config, [
    ownSource({
      role: 'buyer',
      yields: 'classes',
      fields: [{ key: '_refund_reason', part: 'holds', classes: ['free_text'] }],
    }),
  ]);
  assert.deepEqual(
    mentions.map((one) => [one.row, one.orderId, classesOf(one.classes)]),
    [['21', 20, ['free_text']]],
  );
});

test("accounts' rows, with the site's prefix before or behind the key", async () => {
  const shop = await server.makeShop({ prefix: 'x7_' });
  await shop.addUser({
    id: 3,
    email: 'a@example.com',
    meta: {
      x7__stripe_customer_id: 'cus_1',
      _verified_x7: 'v@example.com',
      other_customer_id: 'cus_2',
    },
  });
  const { mentions } = await readSources(shop.config, [
    ownSource({
      id: 'own.stripe',
      family: 'stripe',
      place: { kind: 'meta', of: 'user' },
      fields: [
        { key: '{prefix}_stripe_customer_id', part: 'gateway_id', classes: ['payment_token'] },
        { key: '_verified_{prefix}', ...email },
      ],
    }),
  ]);
  assert.deepEqual(
    mentions.map((one) => [one.userId, one.gatewayIds, one.emails]),
    [[3, ['stripe:cus_1'], ['v@example.com']]],
  );
});

test('rows of posts and comments, by their types, with link and date of the post or comment', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    `INSERT INTO wp_posts (ID, post_type, post_author, post_date_gmt, post_excerpt) VALUES
       (5, 'topic', 8, '2026-05-06 07:08:09', ''), (6, 'page', 8, '2026-05-06 07:08:09', '')`,
  );
  await shop.exec(
    `INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES
       (5, '_author_mail', 'topic@example.com'), (6, '_author_mail', 'page@example.com')`,
  );
  await shop.exec(
    `INSERT INTO wp_comments (comment_ID, comment_post_ID, comment_author, comment_content, user_id)
       VALUES (7, 40, '', '', 9)`,
  );
  await shop.exec(
    "INSERT INTO wp_commentmeta (comment_id, meta_key, meta_value) VALUES (7, '_seen_mail', 'c@example.com')",
  );
  const { mentions } = await readSources(shop.config, [
    ownSource({
      id: 'own.topics',
      place: { kind: 'meta', of: 'post', post_types: ['topic'] },
      link: { user_id: 'post_author' },
      date: { column: 'post_date_gmt', kind: 'utc' },
      fields: [{ key: '_author_mail', ...email }],
    }),
    ownSource({
      id: 'own.comments',
      place: { kind: 'meta', of: 'comment' },
      link: { user_id: 'user_id', order_id: 'comment_post_ID' },
      fields: [{ key: '_seen_mail', ...email }],
    }),
  ]);
  assert.deepEqual(
    mentions.map((one) => [one.source, one.row, one.userId, one.orderId, one.at, one.emails[0]]),
    [
      ['own.topics', '5', 8, 0, Date.UTC(2026, 4, 6, 7, 8, 9), 'topic@example.com'],
      ['own.comments', '7', 9, 40, null, 'c@example.com'],
    ],
  );
});

test('rows of order items and payment tokens lead to the order and the account', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 30, email: 'a@example.com', products: [700] });
  await shop.exec(
    "INSERT INTO wp_woocommerce_order_itemmeta (order_item_id, meta_key, meta_value) VALUES (3000, 'send-to', 'gift@example.com')",
  );
  await shop.exec(
    "INSERT INTO wp_woocommerce_payment_tokens (token_id, gateway_id, token, user_id, type) VALUES (4, 'x', 't', 12, 'CC')",
  );
  await shop.exec(
    "INSERT INTO wp_woocommerce_payment_tokenmeta (payment_token_id, meta_key, meta_value) VALUES (4, 'email', 'link@example.com')",
  );
  const items = ownSource({
    id: 'own.gifts',
    place: { kind: 'meta', of: 'order_item' },
    role: 'gift_recipient',
    fields: [{ key: 'send-to', ...email }],
  });
  const tokens = ownSource({
    id: 'own.tokens',
    place: { kind: 'meta', of: 'payment_token' },
    fields: [{ key: 'email', ...email }],
  });
  const { mentions } = await readSources(shop.config, [items, tokens]);
  assert.deepEqual(
    mentions.map((one) => [one.row, one.orderId, one.userId, one.emails[0], one.role]),
    [
      ['3000', 30, 0, 'gift@example.com', 'gift_recipient'],
      ['4', 0, 12, 'link@example.com', 'payer'],
    ],
  );
  const only = { orderIds: [29], userIds: [11] };
  assert.deepEqual((await readSources(shop.config, [items, tokens], { only })).mentions, []);
});

test('rows of a table: limits, links of every kind, dates, a key of text, people in a nested value', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    `CREATE TABLE wp_acme_payers (ref varchar(20) PRIMARY KEY, kind varchar(10), order_ref varchar(40),
       lookup bigint, written bigint, payload longtext)`,
  );
  await shop.exec(
    "INSERT INTO wp_wc_customer_lookup (customer_id, user_id, first_name, last_name, email) VALUES (90, NULL, '', '', 'guest@example.com'), (91, 17, '', '', 'x@example.com')",
  );
  const payload = phpText({
    payer: phpText({ email: 'payer@example.com' }),
    gifts: { a: { to: 'one@example.com' }, b: { to: 'two@example.com' } },
  });
  await shop.exec('INSERT INTO wp_acme_payers VALUES (?, ?, ?, ?, ?, ?)', [
    'r-2',
    'paid',
    'WC-00123',
    90,
    1_790_000_000,
    payload,
  ]);
  await shop.exec("INSERT INTO wp_acme_payers VALUES ('r-1', 'Paid', 'WC-1', 91, 0, NULL)");
  await shop.exec("INSERT INTO wp_acme_payers VALUES ('R-3', 'paid', NULL, 91, NULL, '')");
  const { mentions, rows } = await readSources(shop.config, [
    ownSource({
      place: {
        kind: 'table',
        table: 'acme_payers',
        key: 'ref',
        rows: { column: 'kind', values: ['paid'] },
      },
      link: { order_text: 'order_ref', customer_id: 'lookup' },
      date: { column: 'written', kind: 'unix' },
      fields: [
        { column: 'payload', path: 'payer.email', encoding: ['php'], ...email },
        {
          column: 'payload',
          path: 'gifts.*.to',
          encoding: ['php'],
          role: 'gift_recipient',
          ...email,
        },
        { column: 'kind', part: 'holds', classes: ['order_history'] },
      ],
    }),
  ]);
  assert.equal(rows, 2);
  assert.deepEqual(
    mentions.map((one) => [one.row, one.role, one.userId, one.orderId, one.emails, one.at]),
    [
      ['r-2', 'payer', 0, 123, ['payer@example.com', 'guest@example.com'], 1_790_000_000_000],
      ['r-2#2', 'gift_recipient', 0, 123, ['one@example.com'], 1_790_000_000_000],
      ['r-2#3', 'gift_recipient', 0, 123, ['two@example.com'], 1_790_000_000_000],
      ['R-3', 'payer', 17, 0, ['x@example.com'], null],
    ],
  );
});

test('answers of a form are one row, its account named by the entry, and the addresses in them people of their own', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    'CREATE TABLE wp_form_entry (id int PRIMARY KEY, created_by bigint, made datetime)',
  );
  await shop.exec(
    'CREATE TABLE wp_form_answer (id int PRIMARY KEY AUTO_INCREMENT, entry int, field varchar(20), answer text, KEY entry (entry))',
  );
  await shop.exec("INSERT INTO wp_form_entry VALUES (1, 6, '2026-01-02 03:04:05')");
  await shop.exec(
    "INSERT INTO wp_form_answer (entry, field, answer) VALUES (1, '3', 'Hello there'), (1, '1', 'ann@example.com'), (2, '1', 'lost@example.com'), (1, '2', 'friend@example.com')",
  );
  const { mentions } = await readSources(shop.config, [
    ownSource({
      role: 'subscriber',
      place: {
        kind: 'pairs',
        table: 'form_answer',
        owner: 'entry',
        name: 'field',
        value: 'answer',
      },
      link: {
        via: {
          column: 'entry',
          table: 'form_entry',
          key: 'id',
          user_id: 'created_by',
          date: { column: 'made', kind: 'utc' },
        },
      },
      fields: [
        { key: '*', path: '**', ...email },
        { key: '*', part: 'holds', classes: ['free_text'] },
      ],
    }),
  ]);
  assert.deepEqual(
    mentions.map((one) => [one.row, one.userId, one.emails[0], one.at]),
    [
      ['1', 6, undefined, Date.UTC(2026, 0, 2, 3, 4, 5)],
      ['1#2', 0, 'ann@example.com', Date.UTC(2026, 0, 2, 3, 4, 5)],
      ['1#3', 0, 'friend@example.com', Date.UTC(2026, 0, 2, 3, 4, 5)],
      ['2', 0, 'lost@example.com', null],
    ],
  );
});

test('options are read by their names and told by their numbers', async () => {
  const shop = await server.makeShop();
  await shop.exec(
    "INSERT INTO wp_options (option_id, option_name, option_value) VALUES (77, '_transient_acme_cus_9', ?), (78, 'Xtransient_acme_1', ?)",
    [phpText({ email: 'cached@example.com' }), phpText({ email: 'no@example.com' })],
  );
  const { mentions } = await readSources(shop.config, [
    ownSource({
      place: { kind: 'option' },
      fields: [{ key: '_transient_acme_*', path: 'email', encoding: ['php'], ...email }],
    }),
  ]);
  assert.deepEqual(
    mentions.map((one) => [one.row, one.emails]),
    [['77', ['cached@example.com']]],
  );
});

test('staff, nobody, files, what code of its own reads, and tables that are not there yield nothing', async () => {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 1, email: 'a@example.com', meta: { _acme: 'a@example.com' } });
  const fields = [{ key: '_acme', ...email }];
  const { mentions, gaps } = await readSources(shop.config, [
    ownSource({ id: 'own.staff', yields: 'staff', fields }),
    ownSource({ id: 'own.none', yields: 'none', fields }),
    ownSource({ id: 'woocommerce.orders-legacy-meta', fields }),
    ownSource({ id: 'own.file', place: { kind: 'file', path: 'uploads' }, fields }),
    ownSource({
      id: 'own.gone',
      place: { kind: 'table', table: 'not_there', key: 'id' },
      fields: [{ column: 'x', ...email }],
    }),
  ]);
  assert.deepEqual([mentions, gaps], [[], []]);
});

test('only the orders and accounts asked for', async () => {
  const shop = await server.makeShop();
  for (const id of [1, 2, 3]) {
    await shop.addHpos({ id, email: null, meta: { _acme: `o${id}@example.com` } });
    await shop.addUser({ id, email: 'x@example.com', meta: { acme: `u${id}@example.com` } });
  }
  const { mentions } = await readSources(
    shop.config,
    [
      ownSource({ fields: [{ key: '_acme', ...email }] }),
      ownSource({
        id: 'own.users',
        place: { kind: 'meta', of: 'user' },
        fields: [{ key: 'acme', ...email }],
      }),
    ],
    { only: { orderIds: [2], userIds: [1, 3] } },
  );
  assert.deepEqual(
    mentions.map((one) => one.emails[0]),
    ['o2@example.com', 'u1@example.com', 'u3@example.com'],
  );
});

test('a site of a network reads its own tables and those all sites share', async () => {
  const shop = await server.makeShop();
  for (const table of ['options', 'posts', 'postmeta', 'wc_orders_meta']) {
    await shop.exec(`CREATE TABLE wp_2_${table} LIKE wp_${table}`);
  }
  await shop.exec("INSERT INTO wp_2_options (option_name, option_value) VALUES ('siteurl', 'x')");
  for (const table of ['wp_acme_log', 'wp_2_acme_site']) {
    await shop.exec(`CREATE TABLE ${table} (id int PRIMARY KEY, mail varchar(50))`);
    await shop.exec(`INSERT INTO ${table} VALUES (1, '${table}@example.com')`);
  }
  await shop.exec(
    "INSERT INTO wp_wc_orders_meta (order_id, meta_key, meta_value) VALUES (1, '_acme', 'other-site@example.com')",
  );
  const table = (name: string, scope: 'site' | 'network') =>
    ownSource({
      id: `own.${scope}`,
      place: { kind: 'table', table: name, scope, key: 'id' },
      fields: [{ column: 'mail', ...email }],
    });
  const { mentions } = await readSources({ ...shop.config, prefix: 'wp_2_' }, [
    table('acme_log', 'network'),
    table('acme_log', 'site'),
    table('acme_site', 'site'),
    ownSource({ fields: [{ key: '_acme', ...email }] }),
  ]);
  assert.deepEqual(
    mentions.map((one) => one.emails[0]),
    ['wp_acme_log@example.com', 'wp_2_acme_site@example.com'],
  );
});

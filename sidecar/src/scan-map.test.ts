import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeRegistry } from './adapters/system/make-registry.ts';
import { startTestServer, type TestServer } from './adapters/store-database/test-shop.ts';
import { makeScanCommand } from './cli/scan-command.ts';
import type { Config } from './config/load-config.ts';
import { Source } from './contract/data-map.ts';
import { isCoded } from './domain/coded-error.ts';
import { canonicalHash } from './domain/evidence/canonical-json.ts';
import { placeDigest } from './domain/data-map/found-place.ts';
import { blindSpots, openScanScene, placeNamed, type ScanScene } from './scan-scene.ts';
import { checkDataMap } from './use-cases/check-data-map.ts';
import { ignorePlace } from './use-cases/ignore-place.ts';
import { mapPlace } from './use-cases/map-place.ts';
import { openCatalogue } from './use-cases/open-catalogue.ts';
import type { Acting } from './use-cases/ports/acting.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(async () => {
  await server.stop();
});

const ANN: Acting = {
  actor: { id: 'wp:1', kind: 'wordpress', name: 'Ann Admin' },
  subject: 'subject_of_ann_000001',
  capabilities: ['tocsin_manage'],
};
const MAIL = 'wp_acme_payers/payer_mail';
const TAX = 'wp_acme_payers/tax_no';
const PAYERS = Source.parse({
  id: 'own.acme-payers',
  title: 'Payers of the ACME gateway',
  family: 'own',
  place: { kind: 'table', table: 'acme_payers', key: 'id' },
  link: { order_text: 'order_ref' },
  role: 'payer',
  fields: [{ column: 'payer_mail', part: 'email', classes: ['email'] }],
  tested_with: '',
  verification: 'operator',
  yields: 'people',
});

async function openPayers(): Promise<ScanScene> {
  const shop = await server.makeShop();
  await shop.addHpos({ id: 11, email: 'ann@kiosk-post.org' });
  await shop.addHpos({ id: 12, email: 'bob@kiosk-post.org' });
  await shop.exec(
    `CREATE TABLE wp_acme_payers (id int PRIMARY KEY AUTO_INCREMENT, order_ref varchar(32),
       payer_mail varchar(190), tax_no varchar(64))`,
  );
  await shop.exec(
    `INSERT INTO wp_acme_payers (order_ref, payer_mail, tax_no) VALUES
       ('WC-11', 'payer@kiosk-post.org', '200-11-1000'), ('WC-12', '', '201-11-1001')`,
  );
  return openScanScene(shop.config);
}

test('mapping a blind spot counts at once, for the map and for readings, and leaves evidence without the reason', async () => {
  const scene = await openPayers();
  const before = await scene.scan();
  assert.deepEqual(blindSpots(before), [MAIL, TAX]);
  assert.deepEqual(placeNamed(before, MAIL)?.link_candidates, [
    { column: 'order_ref', kind: 'order_text' },
    { column: 'payer_mail', kind: 'email' },
  ]);
  const reason = 'Our second gateway, as told by finance';
  const map = await mapPlace(scene, ANN, { source: PAYERS, reason });
  assert.deepEqual(blindSpots(map), [TAX]);
  const place = placeNamed(map, MAIL);
  assert.equal(place?.source, PAYERS.id);
  assert.equal(place.decision?.by, 'Ann Admin');
  assert.equal(place.decision.reason, reason);
  assert.equal(map.scan?.mapped, (before.scan?.mapped ?? 0) + 1);
  assert.equal(map.sources.find(({ id }) => id === PAYERS.id)?.present, true);
  assert.equal((await openCatalogue(scene)).source(PAYERS.id)?.role, 'payer');
  const again = await scene.scan();
  assert.deepEqual(blindSpots(again), [TAX]);
  assert.deepEqual(again.changes, []);
  const [, entry] = await scene.entries();
  assert.equal(entry?.kind, 'data_map.mapped');
  assert.deepEqual(
    { ...entry.data, content: '' },
    { source_id: PAYERS.id, hash: canonicalHash(PAYERS), places: [placeDigest(MAIL)], content: '' },
  );
  assert.doesNotMatch(JSON.stringify(await scene.entries()), /finance|payer_mail|Ann/);
  await scene.close();
});

test('a source that leads to nobody, or is one of the file, is refused and changes nothing', async () => {
  const scene = await openPayers();
  await scene.scan();
  const lost = { ...PAYERS, link: {}, fields: [{ ...PAYERS.fields[0], part: 'holds' as const }] };
  await assert.rejects(
    mapPlace(scene, ANN, { source: Source.parse(lost), reason: 'a test' }),
    (error) => isCoded(error, 'data_map.bad_source') && error.fields[0]?.pointer === '/link',
  );
  const filed = { ...scene, catalogueFiles: { ...scene.catalogueFiles, own: () => [PAYERS] } };
  await assert.rejects(mapPlace(filed, ANN, { source: PAYERS, reason: 'a test' }), (error) =>
    isCoded(error, 'data_map.in_file'),
  );
  assert.equal((await scene.entries()).length, 1);
  assert.deepEqual(await scene.ledger.tables.selectFrom('own_sources').selectAll().execute(), []);
  await scene.close();
});

test('ignoring needs a place that is there, stands over scans, and can be taken back', async () => {
  const scene = await openPayers();
  await scene.scan();
  const decide = (place: string, ignored: boolean) =>
    ignorePlace(scene, ANN, { place, ignored, reason: 'Numbers of companies alone' });
  await assert.rejects(decide('wp_none/mail', true), (error) =>
    isCoded(error, 'data_map.unknown_place'),
  );
  await assert.rejects(decide('wp_users/user_login', true), (error) =>
    isCoded(error, 'data_map.unknown_place', 'data_map.already_mapped'),
  );
  await assert.rejects(decide(TAX, false), (error) => isCoded(error, 'data_map.not_ignored'));
  const map = await decide(TAX, true);
  assert.equal(placeNamed(map, TAX)?.state, 'ignored');
  assert.equal(placeNamed(map, TAX)?.decision?.reason, 'Numbers of companies alone');
  assert.deepEqual(blindSpots(await scene.scan()), [MAIL]);
  assert.deepEqual(blindSpots(await decide(TAX, false)), [MAIL, TAX]);
  const kinds = (await scene.entries()).map(({ kind }) => kind);
  assert.deepEqual(kinds, [
    'data_map.scanned',
    'data_map.ignored',
    'data_map.scanned',
    'data_map.unignored',
  ]);
  await scene.close();
});

test('a blind spot shows in the metrics, in the doctor and at the command line with exit code 3', async () => {
  const scene = await openPayers();
  const registry = makeRegistry(scene.ledger, scene.clock);
  assert.doesNotMatch(await registry.metrics(), /^tocsin_data_map_places\{/m);
  const [unscanned] = await checkDataMap(scene, 24);
  assert.match(unscanned?.sentence ?? '', /not scanned yet/);
  const lines: string[] = [];
  const io = { out: (line: string) => lines.push(line), err: () => 0, env: {} };
  const command = makeScanCommand({
    open: () =>
      Promise.resolve({ ...scene, wait: () => Promise.resolve(), close: () => Promise.resolve() }),
    interrupted: () => new AbortController().signal,
  });
  const run = (...args: string[]) => command.run({ args, io, config: () => ({}) as Config });
  assert.equal(await run(), 3);
  const text = lines.splice(0).join('\n');
  assert.match(text, /Coverage [\d.]+ %: \d+ mapped, 0 ignored, 2 blind spots/);
  assert.match(text, /wp_acme_payers\/payer_mail\n.*holds {3}email\n.*in 1 of 2 rows/);
  assert.match(text, /order_ref \(order number in text\)/);
  scene.clock.advance(90_000);
  const metrics = await registry.metrics();
  assert.match(metrics, /^tocsin_data_map_places\{state="blind_spot"\} 2$/m);
  assert.match(metrics, /^tocsin_data_map_scan_age_seconds 90$/m);
  assert.match(metrics, /^tocsin_data_map_coverage_ratio 0\.\d+$/m);
  const found = await checkDataMap(scene, 24);
  assert.deepEqual(
    found.map(({ level, sentence }) => [level, sentence.split(' holds ')[0]]),
    [
      ['warning', `Blind spot: ${MAIL}`],
      ['warning', `Blind spot: ${TAX}`],
    ],
  );
  await ignorePlace(scene, ANN, { place: TAX, ignored: true, reason: 'a test' });
  await mapPlace(scene, ANN, { source: PAYERS, reason: 'a test' });
  assert.equal(await run('--json'), 0);
  assert.equal((JSON.parse(lines.join('')) as { scan: { coverage: number } }).scan.coverage, 100);
  assert.equal((await checkDataMap(scene, 24))[0]?.level, 'ok');
  await scene.close();
});

const DUMP = join(
  process.env['TOCSIN_SHARED'] ?? join(import.meta.dirname, '../../../shared'),
  'stores/woocommerce-11.0.1.sql.gz',
);

test(
  "a real shop's dump: the gateway's own table and its keys are all that nobody reads, until they are mapped",
  { skip: !existsSync(DUMP) },
  async () => {
    const shop = await server.makeShop();
    const { database } = shop.config;
    const root = await server.connect();
    await root.query(`DROP DATABASE ${database}`);
    await root.query(`CREATE DATABASE ${database}`);
    await root.end();
    execFileSync('sh', [
      '-c',
      `zcat "$1" | mariadb --no-defaults -h127.0.0.1 -P${server.port} -uroot ${database}`,
      'sh',
      DUMP,
    ]);
    const scene = await openScanScene(shop.config, { decryptors: ['acme'] });
    const map = await scene.scan();
    assert.deepEqual(blindSpots(map), [
      'wp_acme_payers/payer_blob',
      MAIL,
      TAX,
      'wp_postmeta[shop_order]/meta_value/_acme_gateway_payload',
      'wp_postmeta[shop_order]/meta_value/_acme_kyc_json',
      'wp_usermeta/meta_value/_acme_kyc',
      'wp_wc_orders_meta/meta_value/_acme_gateway_payload',
      'wp_wc_orders_meta/meta_value/_acme_kyc_json',
    ]);
    assert.deepEqual(map.scan?.unread, []);
    assert.deepEqual(placeNamed(map, 'wp_acme_payers/payer_blob')?.found_by, ['encrypted']);
    const field = (key: string, path: string, part: string, name: string, encoding = 'php') => ({
      key,
      path,
      part,
      classes: [name],
      encoding: [encoding],
    });
    const own = [
      {
        ...PAYERS,
        fields: [
          ...PAYERS.fields,
          { column: 'tax_no', part: 'holds', classes: ['tax_id'] },
          {
            column: 'payer_blob',
            path: 'email',
            part: 'email',
            classes: ['email'],
            encoding: ['base64', 'decrypt:acme', 'json'],
          },
        ],
      },
      {
        ...PAYERS,
        id: 'own.acme-orders',
        place: { kind: 'meta', of: 'order' },
        link: {},
        fields: [
          field('_acme_gateway_payload', 'payer.email', 'email', 'email'),
          field('_acme_gateway_payload', 'payer.iban', 'holds', 'financial_account'),
          field('_acme_gateway_payload', 'payer.dob', 'holds', 'date_of_birth'),
          field('_acme_kyc_json', 'phone', 'phone', 'phone', 'json'),
          field('_acme_kyc_json', 'ssn', 'holds', 'national_id', 'json'),
        ],
      },
      {
        ...PAYERS,
        id: 'own.acme-users',
        place: { kind: 'meta', of: 'user' },
        link: {},
        fields: [field('_acme_kyc', 'contact.alt_email', 'email', 'email')],
      },
    ];
    for (const source of own)
      await mapPlace(scene, ANN, { source: Source.parse(source), reason: 'our gateway' });
    const mapped = await scene.scan();
    // What of the identity papers no field names stays to be seen.
    assert.deepEqual(blindSpots(mapped), ['wp_usermeta/meta_value/_acme_kyc (other paths)']);
    assert.deepEqual(placeNamed(mapped, 'wp_usermeta/meta_value/_acme_kyc (other paths)')?.paths, [
      'born',
      'passport',
    ]);
    await scene.close();
  },
);

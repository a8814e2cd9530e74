import assert from 'node:assert/strict';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { signCheckpoint } from '../../domain/evidence/checkpoint.ts';
import { joinBundle } from '../../domain/evidence/entry-bundle.ts';
import { formatVkey } from '../../domain/evidence/note.ts';
import { SAMPLE_ORIGIN } from '../../domain/evidence/sample-story.ts';
import { tilePath } from '../../domain/evidence/tiles.ts';
import { EMPTY_EDGE, edgeRoot, growEdge } from '../../domain/evidence/tree-edge.ts';
import { exportBundle } from './export-bundle.ts';
import { makeSampleLog, readTree, sampleRows } from './sample-log.ts';
import type { SampleLog } from './sample-log.ts';
import { createSigningKey, readSigningKey } from './signing-key-file.ts';
import { verifyLog } from './verify-log.ts';

/** Writes a folder as an owner of some signing key could: consistent in itself. */
async function forgeFolder(
  folder: string,
  rows: readonly Uint8Array[],
  signingKeyFile: string,
): Promise<void> {
  const signer = await readSigningKey(signingKeyFile);
  const { edge, files } = growEdge(EMPTY_EDGE, rows);
  for (const { id, bytes } of files) {
    const path = join(folder, tilePath(id));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  await writeFile(join(folder, 'log.vkey'), `${formatVkey(signer)}\n`);
  await writeFile(
    join(folder, 'checkpoint'),
    signCheckpoint({ size: edge.size, root: edgeRoot(edge) }, signer),
  );
}

async function filledLog(count: number): Promise<SampleLog & { rows: Uint8Array[] }> {
  const sample = await makeSampleLog();
  const rows = sampleRows(count);
  await sample.log.append(rows);
  return { ...sample, rows };
}

test('a true log verifies, and the report says which key was used', async (t) => {
  const { home, folder, vkey, log } = await filledLog(600);
  t.after(() => rm(home, { recursive: true }));
  const pinned = await verifyLog({ folder, vkey });
  assert.deepEqual(
    pinned.checks.filter((check) => !check.ok),
    [],
  );
  assert.ok(pinned.ok);
  assert.deepEqual({ size: pinned.size, root: pinned.root }, log.head());
  assert.equal(pinned.key, 'pinned');
  assert.equal(pinned.dispatches[0]?.counts.accepted, 995);
  const inside = await verifyLog({ folder });
  assert.ok(inside.ok);
  assert.equal(inside.key, 'inside');
  assert.match(inside.checks[0]?.sentence ?? '', /Only the key inside the bundle was used/);
});

test('every single byte of every file matters', async (t) => {
  const { home, folder, vkey } = await filledLog(4);
  t.after(() => rm(home, { recursive: true }));
  let flips = 0;
  for (const [path, bytes] of await readTree(folder)) {
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (bytes[at] as number) ^ (1 << (at % 8));
      await writeFile(join(folder, path), changed);
      const report = await verifyLog({ folder, vkey });
      assert.ok(!report.ok && report.first_problem !== undefined, `${path} byte ${at}`);
      flips += 1;
    }
    await writeFile(join(folder, path), bytes);
  }
  assert.ok(flips > 1_200, `${flips} bytes`);
  assert.ok((await verifyLog({ folder, vkey })).ok);
});

test('finds removed, cut, foreign and swapped files, and says what is wrong', async (t) => {
  const { home, folder, vkey, rows } = await filledLog(600);
  t.after(() => rm(home, { recursive: true }));
  const path = (name: string): string => join(folder, name);
  const damage: [string, () => Promise<unknown>, RegExp][] = [
    ['a middle bundle gone', () => rm(path('tile/entries/001')), /tile\/entries\/001 is missing/],
    ['a tile gone', () => rm(path('tile/1/000.p/2')), /tile\/1\/000\.p\/2 is missing/],
    ['the checkpoint gone', () => rm(path('checkpoint')), /checkpoint is missing/],
    ['the key gone', () => rm(path('log.vkey')), /log\.vkey is missing/],
    [
      'a bundle cut',
      async () =>
        writeFile(
          path('tile/entries/000'),
          (await readFile(path('tile/entries/000'))).subarray(0, -1),
        ),
      /not a bundle of 256 entries/,
    ],
    [
      'a foreign file',
      () => writeFile(path('tile/0/notes.txt'), 'x'),
      /do not belong to the log, such as tile\/0\/notes\.txt/,
    ],
    [
      'two bundles swapped',
      async () => {
        await rename(path('tile/entries/000'), path('x'));
        await rename(path('tile/entries/001'), path('tile/entries/000'));
        await rename(path('x'), path('tile/entries/001'));
      },
      /tile\/0\/000 is not what the entries hash to; the first difference is at entry 0/,
    ],
    [
      'two entries swapped',
      () =>
        writeFile(
          path('tile/entries/001'),
          joinBundle([
            ...rows.slice(256, 300),
            rows[301],
            rows[300],
            ...rows.slice(302, 512),
          ] as Uint8Array[]),
        ),
      /the first difference is at entry 300/,
    ],
    [
      'an older checkpoint forged',
      async () =>
        writeFile(
          path('checkpoint'),
          (await readFile(path('checkpoint'), 'utf8')).replace('\n600\n', '\n599\n'),
        ),
      /signature of shop\.example\/tocsin is not over this text/,
    ],
  ];
  for (const [name, act, expected] of damage) {
    await cp(folder, `${folder}.kept`, { recursive: true });
    await act();
    const report = await verifyLog({ folder, vkey });
    assert.match(report.first_problem?.sentence ?? '', expected, name);
    assert.ok(!report.ok, name);
    await rm(folder, { recursive: true });
    await rename(`${folder}.kept`, folder);
  }
  assert.ok((await verifyLog({ folder, vkey })).ok);
});

test('a rewritten history is refused by the pinned key, by an earlier checkpoint and by the story', async (t) => {
  const { home, folder, vkey, log, rows, signingKeyFile } = await filledLog(300);
  t.after(() => rm(home, { recursive: true }));
  const earlier = log.checkpoint();
  const otherKey = join(home, 'other-key');
  await createSigningKey({ file: otherKey, origin: SAMPLE_ORIGIN });
  const forged = join(home, 'forged');

  await forgeFolder(forged, rows, otherKey);
  assert.ok((await verifyLog({ folder: forged })).ok, 'consistent in itself');
  assert.match(
    (await verifyLog({ folder: forged, vkey })).first_problem?.sentence ?? '',
    /not the key you gave/,
  );

  const reworded = rows.with(200, sampleRows(299)[200] as Uint8Array).slice(0, 299);
  await rm(forged, { recursive: true });
  await forgeFolder(forged, reworded, signingKeyFile);
  const shorter = await verifyLog({ folder: forged, vkey, earlierCheckpoints: [earlier] });
  assert.match(
    shorter.first_problem?.sentence ?? '',
    /has 300 entries, this log has only 299: entries were removed/,
  );

  const rewritten = sampleRows(400);
  await rm(forged, { recursive: true });
  await forgeFolder(forged, rewritten, signingKeyFile);
  assert.ok((await verifyLog({ folder: forged, vkey })).ok, 'another history, well signed');
  const forked = await verifyLog({ folder: forged, vkey, earlierCheckpoints: [earlier] });
  assert.match(
    forked.first_problem?.sentence ?? '',
    /not a continuation of the checkpoint of 300 entries/,
  );

  await log.append(
    sampleRows(500)
      .slice(300)
      .map((row) => row),
  );
  const continued = await verifyLog({ folder, vkey, earlierCheckpoints: [earlier] });
  assert.ok(continued.ok, continued.first_problem?.sentence);

  await rm(forged, { recursive: true });
  await forgeFolder(forged, [...rows.slice(0, 10), ...rows.slice(11)], signingKeyFile);
  const gap = await verifyLog({ folder: forged, vkey });
  assert.equal(gap.first_problem?.name, 'sequence');
  assert.equal(gap.first_problem?.seq, 11);

  await rm(forged, { recursive: true });
  await forgeFolder(forged, rows.with(40, Buffer.from('{"not":"an entry"}')), signingKeyFile);
  assert.match(
    (await verifyLog({ folder: forged, vkey })).first_problem?.sentence ?? '',
    /Entry 40 can't be read/,
  );
});

test('what a crash leaves behind does not fail a folder', async (t) => {
  const { home, folder, vkey } = await filledLog(300);
  t.after(() => rm(home, { recursive: true }));
  for (const path of [
    'tile/0/001.p/50',
    'tile/entries/000.p/9',
    'tile/0/002',
    'tile/entries/001.p/45.tmp',
    'checkpoint.tmp',
  ]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), 'left');
  }
  const report = await verifyLog({ folder, vkey });
  assert.ok(report.ok, report.first_problem?.sentence);
  assert.match(
    report.checks.find((check) => check.name === 'files')?.sentence ?? '',
    /5 files of an unfinished append/,
  );
});

test('partial tiles of earlier checkpoints stay until their tile is full, and must agree', async (t) => {
  const { home, folder, vkey, log, rows } = await filledLog(255);
  t.after(() => rm(home, { recursive: true }));
  const more = [...rows, ...sampleRows(520).slice(255)];
  for (const to of [257, 259, 263]) await log.append(more.slice(log.head().size, to));
  const partials = [...(await readTree(folder)).keys()].filter((path) => path.includes('.p/'));
  assert.deepEqual(partials.sort(), [
    'tile/0/001.p/1',
    'tile/0/001.p/3',
    'tile/0/001.p/7',
    'tile/1/000.p/1',
    'tile/entries/001.p/1',
    'tile/entries/001.p/3',
    'tile/entries/001.p/7',
  ]);
  assert.ok((await verifyLog({ folder, vkey })).ok);
  for (const path of ['tile/0/001.p/3', 'tile/entries/001.p/1']) {
    const bytes = await readFile(join(folder, path));
    await writeFile(join(folder, path), Buffer.from(bytes).fill(7, 9, 10));
    const report = await verifyLog({ folder, vkey });
    assert.match(
      report.first_problem?.sentence ?? '',
      /is not the beginning of the tile it became/,
    );
    await writeFile(join(folder, path), bytes);
  }
  await log.append(more.slice(263, 512));
  const left = [...(await readTree(folder)).keys()].filter((path) => path.includes('.p/'));
  assert.deepEqual(left.sort(), ['tile/1/000.p/1', 'tile/1/000.p/2']);
  assert.ok((await verifyLog({ folder, vkey })).ok);
});

test('verifies while the log is being written', async (t) => {
  const sample = await filledLog(256);
  t.after(() => rm(sample.home, { recursive: true }));
  const rows = [...sample.rows, ...sampleRows(340).slice(256)];
  let writing = true;
  const writer = (async () => {
    for (let next = 256; next < rows.length; next += 1)
      await sample.log.append(rows.slice(next, next + 1));
    writing = false;
  })();
  let reports = 0;
  while (writing) {
    const report = await verifyLog({ folder: sample.folder, vkey: sample.vkey });
    assert.ok(report.ok, report.first_problem?.sentence);
    reports += 1;
  }
  await writer;
  assert.ok(reports > 0);
});

test('an exported archive verifies like the folder, is reproducible, and never replaces a file', async (t) => {
  const { home, folder, vkey, log } = await filledLog(600);
  t.after(() => rm(home, { recursive: true }));
  const [first, second] = [join(home, 'a.zip'), join(home, 'b.zip')];
  const exported = await exportBundle({ folder, target: first });
  assert.deepEqual({ size: exported.size, root: exported.root }, log.head());
  assert.equal((await exportBundle({ folder, target: second })).sha256, exported.sha256);
  assert.equal((await readFile(first)).length, exported.bytes);
  await assert.rejects(exportBundle({ folder, target: first }), { code: 'evidence.exists' });
  await assert.rejects(exportBundle({ folder, target: join(home, 'no', 'a.zip') }), {
    code: 'evidence.io',
  });
  const report = await verifyLog({ folder: first, vkey });
  assert.ok(report.ok, report.first_problem?.sentence);
  assert.equal(report.dispatches.length, 1);
  assert.ok(!(await verifyLog({ folder: join(home, 'none.zip'), vkey })).ok);
});

test('a damaged archive is refused wherever its files, names or directory changed', async (t) => {
  const { home, folder, vkey } = await filledLog(4);
  t.after(() => rm(home, { recursive: true }));
  const file = join(home, 'a.zip');
  await exportBundle({ folder, target: file });
  const bytes = await readFile(file);
  const start = bytes.indexOf('log.vkey');
  const directory = bytes.indexOf(Buffer.from('504b0102', 'hex'));
  assert.ok(start > 0 && directory > start);
  // File contents: everything between the first local header after README.txt and the directory,
  // except header members a reader takes from the directory instead.
  let accepted = 0;
  for (let at = start; at < directory; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (bytes[at] as number) ^ 4;
    await writeFile(file, changed);
    if ((await verifyLog({ folder: file, vkey })).ok) accepted += 1;
  }
  // 5 local headers: flags, method, time, date, CRC and sizes (22 bytes), and a data descriptor (16).
  assert.ok(accepted <= 5 * (22 + 4 + 16), `${accepted} changed bytes went unnoticed`);
  for (const cut of [0, 10, directory, bytes.length - 1]) {
    await writeFile(file, bytes.subarray(0, cut));
    assert.ok(!(await verifyLog({ folder: file, vkey })).ok, `cut at ${cut}`);
  }
});

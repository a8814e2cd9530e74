import assert from 'node:assert/strict';
import { chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeText } from '../../domain/evidence/encoding.ts';
import { EMPTY_EDGE, edgeRoot, growEdge } from '../../domain/evidence/tree-edge.ts';
import { leafHash, rootOf, verifyConsistency } from '../../domain/evidence/merkle.ts';
import { parseVkey } from '../../domain/evidence/note.ts';
import { SAMPLE_ORIGIN } from '../../domain/evidence/sample-story.ts';
import { makeSeededRandom } from '../../domain/evidence/seeded-random.ts';
import { tilePath, tilesGrown } from '../../domain/evidence/tiles.ts';
import { verifyTlogProof } from '../../domain/evidence/tlog-proof.ts';
import { Crash, makeCrashingDisk } from './crashing-files.ts';
import { openEvidenceLog } from './evidence-log.ts';
import { openFolderFiles } from './folder-files.ts';
import { consistencyProof, inclusionProof, tlogProof } from './log-proofs.ts';
import { readEntries } from './read-entries.ts';
import { collect, makeSampleLog, readTree, sampleRows, withoutOlder } from './sample-log.ts';
import { createSigningKey, readSigningKey } from './signing-key-file.ts';

const ROWS = sampleRows(1200);

test('the same entries give the same files, however they are cut into appends', async (t) => {
  const sample = await makeSampleLog();
  t.after(() => rm(sample.home, { recursive: true }));
  const random = makeSeededRandom(5);
  let log = sample.log;
  while (log.head().size < ROWS.length) {
    const next = log.head().size;
    await log.append(ROWS.slice(next, next + 1 + random(300)));
    // Opening again must find the same edge the writer held.
    const reopened = await openEvidenceLog({ ...sample, origin: SAMPLE_ORIGIN });
    assert.deepEqual(reopened.head(), log.head());
    if (random(2) === 0) log = reopened;
  }
  const tree = await readTree(sample.folder);
  const { edge, files } = growEdge(EMPTY_EDGE, ROWS);
  assert.deepEqual(
    withoutOlder(tree.keys(), ROWS.length).sort(),
    [...tilesGrown(0, ROWS.length)].map(tilePath).concat('checkpoint', 'log.vkey').sort(),
  );
  for (const { id, bytes } of files)
    assert.deepEqual(tree.get(tilePath(id)), Buffer.from(bytes), tilePath(id));
  assert.equal(log.head().root, Buffer.from(edgeRoot(edge)).toString('hex'));
  assert.equal(log.head().root, Buffer.from(rootOf(ROWS.map(leafHash))).toString('hex'));
  assert.equal(tree.get('checkpoint')?.toString(), log.checkpoint());
});

test('reads back any span of entries, and proves each of them', async (t) => {
  const { home, folder, log, vkey } = await makeSampleLog();
  t.after(() => rm(home, { recursive: true }));
  await log.append(ROWS.slice(0, 700));
  const older = log.head();
  await log.append(ROWS.slice(700));
  for (const [from, to] of [
    [0, 5],
    [250, 260],
    [256, 512],
    [1190, 5000],
    [1200, 1300],
  ] as const) {
    const entries = await collect(readEntries(folder, from, to));
    assert.deepEqual(
      entries.map(({ bytes }) => Buffer.from(bytes)),
      ROWS.slice(from, to).map((row) => Buffer.from(row)),
    );
    assert.equal(entries[0]?.seq ?? from, from);
  }
  for (const seq of [0, 1, 255, 256, 700, 1199]) {
    const text = await tlogProof(folder, seq);
    assert.equal(verifyTlogProof(text, ROWS[seq] as Uint8Array, parseVkey(vkey)).size, 1200);
    assert.throws(() => verifyTlogProof(text, ROWS[seq ^ 1] as Uint8Array, parseVkey(vkey)), {
      code: 'evidence.proof_invalid',
    });
  }
  await assert.rejects(inclusionProof(folder, 1200), {
    code: 'evidence.missing',
    message: /allowed: 0 to 1199/,
  });
  const { proof, size } = await consistencyProof(folder, 700);
  const claim = {
    olderSize: 700,
    olderRoot: Buffer.from(older.root, 'hex'),
    newerSize: size,
    newerRoot: Buffer.from(log.head().root, 'hex'),
    proof: proof.map((hash) => Buffer.from(hash, 'base64')),
  };
  assert.ok(verifyConsistency(claim));
});

test('whatever step the power fails at, reopening and appending again gives the same log', async (t) => {
  const { home, signingKeyFile } = await makeSampleLog();
  t.after(() => rm(home, { recursive: true }));
  const options = { folder: home, origin: SAMPLE_ORIGIN, signingKeyFile };
  const survival: ((path: string) => boolean)[] = [
    () => false,
    () => true,
    (path) => path.length % 2 === 0,
  ];
  let crashes = 0;
  for (const when of ['before', 'after'] as const) {
    for (const keep of survival) {
      for (let at = 1; ; at += 1) {
        const disk = makeCrashingDisk();
        const log = await openEvidenceLog({ ...options, files: disk.files, create: true });
        await log.append(ROWS.slice(0, 300));
        disk.crashAt(at, when);
        const before = disk.steps();
        let promised = 300;
        try {
          promised = (await log.append(ROWS.slice(300, 600))).size;
        } catch (error) {
          assert.ok(error instanceof Crash);
        }
        const finished = disk.steps() - before < at;
        disk.restart(keep);
        const again = await openEvidenceLog({ ...options, files: disk.files });
        const { size } = again.head();
        assert.ok(size === promised || size === 600, `size ${size} after a promise of ${promised}`);
        // Another cut than before the crash: the ledger hands out what it has by now.
        await again.append(ROWS.slice(size, 520));
        if (again.head().size < 610) await again.append(ROWS.slice(again.head().size, 610));
        const names = await collect(disk.files.list());
        assert.deepEqual(
          withoutOlder(names, 610).sort(),
          [...tilesGrown(0, 610)].map(tilePath).concat('checkpoint', 'log.vkey').sort(),
          `${when} step ${at}`,
        );
        assert.equal(
          again.head().root,
          Buffer.from(rootOf(ROWS.slice(0, 610).map(leafHash))).toString('hex'),
        );
        if (finished) break;
        crashes += 1;
      }
    }
  }
  assert.ok(crashes > 100, `only ${crashes} crash points`);
});

test('a creation cut short can be finished, and a finished one is not repeated', async (t) => {
  const { home, signingKeyFile } = await makeSampleLog();
  t.after(() => rm(home, { recursive: true }));
  const options = { folder: home, origin: SAMPLE_ORIGIN, signingKeyFile };
  for (let at = 1; at <= 7; at += 1) {
    const disk = makeCrashingDisk();
    disk.crashAt(at, 'before');
    await assert.rejects(openEvidenceLog({ ...options, files: disk.files, create: true }), Crash);
    disk.restart(() => false);
    const open = (create: boolean): Promise<unknown> =>
      openEvidenceLog({ ...options, files: disk.files, create });
    await open(true).catch((error: unknown) => {
      assert.equal((error as { code?: string }).code, 'evidence.exists');
    });
    await open(false);
    await assert.rejects(open(true), { code: 'evidence.exists' });
  }
});

test('refuses to create by accident, over something, or with the wrong key', async (t) => {
  const { home, folder, signingKeyFile } = await makeSampleLog();
  t.after(() => rm(home, { recursive: true }));
  const options = { folder, origin: SAMPLE_ORIGIN, signingKeyFile };
  await assert.rejects(openEvidenceLog({ ...options, folder: join(home, 'nowhere') }), {
    code: 'evidence.missing',
    message: /log\.vkey is missing/,
  });
  await assert.rejects(openEvidenceLog({ ...options, create: true }), { code: 'evidence.exists' });
  await mkdir(join(home, 'used'));
  await writeFile(join(home, 'used', 'photo.jpg'), 'x');
  await assert.rejects(openEvidenceLog({ ...options, folder: join(home, 'used'), create: true }), {
    code: 'evidence.exists',
  });
  await assert.rejects(openEvidenceLog({ ...options, origin: 'other' }), {
    code: 'evidence.mismatch',
  });
  const otherKey = join(home, 'other-key');
  await createSigningKey({ file: otherKey, origin: SAMPLE_ORIGIN });
  await assert.rejects(openEvidenceLog({ ...options, signingKeyFile: otherKey }), {
    code: 'evidence.mismatch',
    message: /another key/,
  });
});

test('guards the signing key', async (t) => {
  const { home, signingKeyFile } = await makeSampleLog();
  t.after(() => rm(home, { recursive: true }));
  assert.equal((await stat(signingKeyFile)).mode & 0o777, 0o600);
  await assert.rejects(createSigningKey({ file: signingKeyFile, origin: SAMPLE_ORIGIN }), {
    code: 'evidence.key_exists',
  });
  await assert.rejects(createSigningKey({ file: join(home, 'no', 'key'), origin: SAMPLE_ORIGIN }), {
    code: 'evidence.io',
  });
  await assert.rejects(readSigningKey(join(home, 'none')), { code: 'evidence.missing' });
  await chmod(signingKeyFile, 0o640);
  await assert.rejects(readSigningKey(signingKeyFile), {
    code: 'evidence.key_permissions',
    message: /its mode is 0640; allowed: 0600/,
  });
});

test('takes entries in order only, and stays usable after refusing', async (t) => {
  const { home, log } = await makeSampleLog();
  t.after(() => rm(home, { recursive: true }));
  await assert.rejects(log.append(ROWS.slice(1, 3)), {
    code: 'evidence.out_of_order',
    message: /next entry is 0 \(you gave 1;/,
  });
  await assert.rejects(log.append([encodeText('{}')]), { code: 'evidence.entry_invalid' });
  assert.deepEqual(log.head().size, 0);
  const [first, second] = await Promise.all([
    log.append(ROWS.slice(0, 2)),
    log.append(ROWS.slice(2, 5)),
  ]);
  assert.deepEqual([first.size, second.size], [2, 5]);
  assert.equal((await log.append([])).size, 5);
});

test('refuses to overwrite a full tile with other bytes, and then asks to be opened again', async (t) => {
  const { home, folder, log } = await makeSampleLog();
  t.after(() => rm(home, { recursive: true }));
  await log.append(ROWS.slice(0, 10));
  await mkdir(join(folder, 'tile/0'), { recursive: true });
  await writeFile(join(folder, 'tile/0/000'), Buffer.alloc(8192));
  await assert.rejects(log.append(ROWS.slice(10, 300)), {
    code: 'evidence.conflict',
    message: /tile\/0\/000: it is there with other bytes/,
  });
  await assert.rejects(log.append(ROWS.slice(10, 300)), { code: 'evidence.reopen_needed' });
});

test('a second writer is noticed before it can fork the log', async (t) => {
  const sample = await makeSampleLog();
  t.after(() => rm(sample.home, { recursive: true }));
  const second = await openEvidenceLog({ ...sample, origin: SAMPLE_ORIGIN });
  await sample.log.append(ROWS.slice(0, 3));
  await assert.rejects(second.append(ROWS.slice(0, 2)), {
    code: 'evidence.conflict',
    message: /is another process writing/,
  });
});

test('opening refuses a folder whose newest tiles are not those of the checkpoint', async (t) => {
  const sample = await makeSampleLog();
  t.after(() => rm(sample.home, { recursive: true }));
  await sample.log.append(ROWS.slice(0, 300));
  const open = (): Promise<unknown> => openEvidenceLog({ ...sample, origin: SAMPLE_ORIGIN });
  for (const path of ['tile/0/001.p/44', 'tile/1/000.p/1', 'tile/entries/001.p/44']) {
    const file = join(sample.folder, path);
    const bytes = (await openFolderFiles(sample.folder).read(path)) as Uint8Array;
    const changed = Uint8Array.from(bytes);
    changed[20] = (bytes[20] as number) ^ 1;
    await writeFile(file, changed);
    await assert.rejects(open(), { code: 'evidence.mismatch' }, path);
    await writeFile(file, bytes.subarray(0, 31));
    await assert.rejects(open(), { code: 'evidence.mismatch' }, path);
    await rm(file);
    await assert.rejects(open(), { code: 'evidence.missing' }, path);
    await writeFile(file, bytes);
  }
  await open();
});

import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, test } from 'node:test';
import type { Config } from '../config/load-config.ts';
import { makeCommandKey } from '../use-cases/command-keys.ts';
import { SYSTEM } from '../use-cases/ports/acting.ts';
import { openSmallShop, type SmallShopScene } from '../use-cases/small-shop-scene.ts';
import { OPERATOR } from './approver-command.ts';
import { makeResolveCommand } from './resolve-command.ts';
import { makeResolveKeyCommand } from './resolve-key-command.ts';

const SCOPE = { preset: 'everyone', accounts: {}, orders: {}, data_classes: ['email'] };
const PEOPLE = 3_000;
let scene: SmallShopScene;
let key: string;
let folder: string;
let openStages = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-resolve-'));
  scene = await openSmallShop({
    accounts: [],
    orders: Array.from({ length: PEOPLE }, (_, place) => ({
      id: place + 1,
      email: `o${place}@example.com`,
      stores: ['orders_hpos'] as const,
    })),
  });
  await scene.ledger.transaction((writer) =>
    writer.record({
      kind: 'log.created',
      acting: SYSTEM,
      incidentId: null,
      data: { format: 'tocsin-evidence/v1', origin: 'shop.example/tocsin', software: 'tocsin/0' },
    }),
  );
  ({ key } = await makeCommandKey(scene, OPERATOR, { name: 'support', allows: 'resolve' }));
  openStages = 0;
});
afterEach(async () => {
  assert.equal(openStages, 0, 'a stage was left behind');
  await scene.close();
  rmSync(folder, { recursive: true });
});

/** A reader of standard output that keeps what it is given. */
function keeper() {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, lines: () => chunks.join('').split('\n').slice(0, -1) };
}

type Run = { code: number; lines: string[] };
type Given = { stdout?: Writable; signal?: AbortSignal; env?: Record<string, string> };

async function run(args: string[], given: Given = {}): Promise<Run> {
  const { stream, lines } = keeper();
  const stages = {
    ...scene.stages,
    open: () => {
      const stage = scene.stages.open();
      openStages += 1;
      return {
        ...stage,
        close: () => {
          openStages -= 1;
          stage.close();
        },
      };
    },
  };
  const command = makeResolveCommand({
    open: () => Promise.resolve({ ...scene, stages, close: () => Promise.resolve() }),
    stdout: given.stdout ?? stream,
    interrupted: () => given.signal ?? new AbortController().signal,
  });
  const silent = (): void => undefined;
  const io = { out: silent, err: silent, env: given.env ?? { TOCSIN_RESOLVE_KEY: key } };
  const code = await command.run({ args, io, config: () => ({}) as Config });
  return { code, lines: lines() };
}

function scopeFile(scope: unknown = SCOPE): string {
  const file = join(folder, 'scope.json');
  writeFileSync(file, typeof scope === 'string' ? scope : JSON.stringify(scope));
  return file;
}

async function refused(work: Promise<unknown>, code: string): Promise<string> {
  let message = '';
  await assert.rejects(work, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, /^couldn't /);
    message = error.message;
    return true;
  });
  return message;
}

test('everybody is a line on standard output, and the figures are one', async () => {
  const { code, lines } = await run(['--scope', scopeFile()]);
  assert.equal(code, 0);
  const emails = lines.map((line) => (JSON.parse(line) as { email: string }).email);
  assert.equal(new Set(emails).size, PEOPLE);
  const counted = await run(['--scope', scopeFile(), '--counts', '--out', '-']);
  assert.equal(counted.lines.length, 1);
  assert.equal((JSON.parse(counted.lines[0] ?? '') as { people: number }).people, PEOPLE);
  assert.doesNotMatch(counted.lines[0] ?? '', /@/);
});

test("a file is this user's alone, whole, and takes the place of an earlier one", async () => {
  const file = join(folder, 'people.ndjson');
  writeFileSync(file, 'earlier', { mode: 0o644 });
  const { lines } = await run(['--scope', scopeFile(), '--out', file]);
  assert.deepEqual(lines, []);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(readFileSync(file, 'utf8').split('\n').length, PEOPLE + 1);
  assert.deepEqual(readdirSync(folder).sort(), ['people.ndjson', 'scope.json']);
});

test('a reading that breaks off leaves the earlier file as it was and nothing beside it', async () => {
  const file = join(folder, 'people.ndjson');
  writeFileSync(file, 'earlier');
  const abort = new AbortController();
  const store = scene.store;
  scene.store = {
    ...store,
    withSnapshot: (work) =>
      store.withSnapshot((snapshot) => {
        abort.abort();
        return work(snapshot);
      }),
  };
  await refused(
    run(['--scope', scopeFile(), '--out', file], { signal: abort.signal }),
    'cli.interrupted',
  );
  assert.equal(readFileSync(file, 'utf8'), 'earlier');
  assert.deepEqual(readdirSync(folder).sort(), ['people.ndjson', 'scope.json']);
});

test('an output that cannot be written is refused before anybody is read', async () => {
  const gone = join(folder, 'gone', 'people.ndjson');
  await refused(run(['--scope', scopeFile(), '--out', gone]), 'cli.output_unwritable');
  const read = await scene.ledger.tables
    .selectFrom('evidence_entries')
    .select('seq')
    .where('kind', '=', 'people.resolved')
    .execute();
  assert.deepEqual(read, []);
});

test('a reader who goes away ends it cleanly', async () => {
  let chunks = 0;
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => {
      chunks += 1;
      done(chunks === 1 ? null : Object.assign(new Error('gone'), { code: 'EPIPE' }));
    },
  });
  const { code } = await run(['--scope', scopeFile()], { stdout });
  assert.equal(code, 0);
  assert.equal(chunks, 2);
});

test('a slow reader is waited for', async () => {
  let waiting = 0;
  let most = 0;
  const stdout = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      waiting += chunk.length;
      most = Math.max(most, stdout.writableLength);
      setImmediate(() => {
        waiting -= chunk.length;
        done();
      });
    },
  });
  await run(['--scope', scopeFile()], { stdout });
  assert.equal(waiting, 0);
  assert.ok(most < 200_000, `${most} bytes waited at once`);
});

test('a key comes from the environment or from a file nobody else may read', async () => {
  const scope = ['--scope', scopeFile(), '--counts'];
  await refused(run(scope, { env: {} }), 'command_key.missing');
  await refused(run(scope, { env: { TOCSIN_RESOLVE_KEY: 'wrong' } }), 'command_key.refused');
  const file = join(folder, 'key');
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  assert.equal((await run([...scope, '--key-file', file], { env: {} })).code, 0);
  chmodSync(file, 0o644);
  await refused(run([...scope, '--key-file', file], { env: {} }), 'command_key.file_open');
  await refused(run([...scope, '--key-file', `${file}.none`], { env: {} }), 'cli.bad_options');
});

test('a scope that is none is refused by its places, never by what stands there', async () => {
  const cut = scopeFile('{"preset": "jane@example.com');
  const told = [await refused(run(['--scope', cut]), 'scope.not_json')];
  const bad = {
    ...SCOPE,
    preset: 'jane@example.com',
    'jane@example.com': 1,
    include: { emails: Array.from({ length: 40 }, () => 'x'), user_ids: ['jane@example.com'] },
  };
  told.push(await refused(run(['--scope', scopeFile(bad)]), 'scope.invalid'));
  assert.match(told[1] ?? '', /\/preset: /);
  assert.match(told[1] ?? '', /and \d+ more$/);
  assert.doesNotMatch(told.join(), /jane/);
  await refused(run(['--scope', join(folder, 'none.json')]), 'scope.unreadable');
  await refused(run([]), 'cli.bad_options');
});

test('the scope that the operations page shows is one', async () => {
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const shown = /```json\n(\{\n {2}"preset"[^`]*)```/.exec(page)?.[1] ?? '';
  assert.equal((await run(['--scope', scopeFile(shown), '--counts'])).code, 0);
});

test('a key is shown once on standard output, listed by name, and removed by id', async () => {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    env: {},
  };
  const command = makeResolveKeyCommand(() =>
    Promise.resolve({ ...scene, close: () => Promise.resolve() }),
  );
  const keys = (...args: string[]) => command.run({ args, io, config: () => ({}) as Config });
  await keys('add', 'auditor');
  const [made = ''] = out.splice(0);
  const env = { TOCSIN_RESOLVE_KEY: made };
  const counts = ['--scope', scopeFile(), '--counts'];
  assert.equal((await run(counts, { env })).code, 0);
  assert.ok(!err.join().includes(made));
  await keys('list');
  const id = /^(key_\S+) {2}auditor {2}/m.exec(out.join('\n'))?.[1] ?? '';
  assert.ok(!out.join().includes(made));
  await keys('remove', id);
  await refused(run(counts, { env }), 'command_key.refused');
  await refused(keys('show'), 'cli.bad_options');
  await refused(keys('add'), 'cli.bad_options');
});

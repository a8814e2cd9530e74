import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isCoded } from '../../domain/coded-error.ts';
import { openTemplates } from './open-templates.ts';

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-templates-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  mkdirSync(join(folder, 'notices'));
  return folder;
}

function git(folder: string, ...args: string[]): string {
  const who = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.invalid',
    '-c',
    'commit.gpgsign=false',
  ];
  return execFileSync('git', ['-C', folder, ...who, ...args], { encoding: 'utf8' }).trim();
}

function write(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, 'notices', name), text);
}

function makeRepository(t: TestContext): string {
  const folder = makeFolder(t);
  git(folder, 'init', '-q', '-b', 'main');
  write(folder, 'a.en.md', 'first');
  write(folder, 'README.md', 'no template');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  return folder;
}

test('templates are read at the commit, with the ids git gives them', async (t) => {
  const repository = makeRepository(t);
  const templates = openTemplates({ repository, folder: 'notices' });
  const { commit, files } = await templates.read();
  assert.equal(commit, git(repository, 'rev-parse', 'HEAD'));
  assert.deepEqual(files, [
    {
      fileName: 'a.en.md',
      id: 'a',
      language: 'en',
      blob: git(repository, 'rev-parse', 'HEAD:notices/a.en.md'),
      source: 'first',
    },
  ]);
});

test('what is not committed is not used, and said', async (t) => {
  const repository = makeRepository(t);
  const templates = openTemplates({ repository, folder: 'notices' });
  write(repository, 'a.en.md', 'changed');
  write(repository, 'b.en.md', 'new');
  assert.deepEqual(
    (await templates.read()).files.map(({ source }) => source),
    ['first'],
  );
  assert.deepEqual((await templates.state()).uncommitted, ['a.en.md', 'b.en.md']);
  git(repository, 'add', '.');
  git(repository, 'commit', '-q', '-m', 'second');
  assert.deepEqual(
    (await templates.read()).files.map(({ source }) => source),
    ['changed', 'new'],
  );
  const state = await templates.state();
  assert.deepEqual([state.uncommitted, state.unversioned, state.templates], [[], null, 2]);
});

test('a branch named in the settings is read, whatever is checked out', async (t) => {
  const repository = makeRepository(t);
  git(repository, 'branch', 'reviewed');
  write(repository, 'a.en.md', 'later');
  git(repository, 'commit', '-q', '-a', '-m', 'later');
  const read = (ref: string) => openTemplates({ repository, folder: 'notices', ref }).read();
  assert.equal((await read('reviewed')).files[0]?.source, 'first');
  assert.equal((await read('HEAD')).files[0]?.source, 'later');
  await assert.rejects(read('gone'), (error) => isCoded(error, 'templates.ref_not_found'));
  await assert.rejects(read('--all'), (error) => isCoded(error, 'templates.ref_not_found'));
});

test('without a repository the same bytes have the same id, and the set is unversioned', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.en.md', 'first');
  const { commit, files } = await openTemplates({ repository: folder, folder: 'notices' }).read();
  assert.equal(commit, 'unversioned');
  assert.equal(
    files[0]?.blob,
    execFileSync('git', ['hash-object', '--stdin'], { input: 'first', encoding: 'utf8' }).trim(),
  );
  assert.equal(
    (await openTemplates({ repository: folder, folder: 'notices' }).state()).unversioned,
    'no_repository',
  );
});

test('files that were never committed are read from disk and said to be so', async (t) => {
  const repository = makeFolder(t);
  git(repository, 'init', '-q');
  write(repository, 'a.en.md', 'first');
  const templates = openTemplates({ repository, folder: 'notices' });
  assert.equal((await templates.state()).unversioned, 'not_committed');
  writeFileSync(join(repository, 'other'), 'x');
  git(repository, 'add', 'other');
  git(repository, 'commit', '-q', '-m', 'other');
  assert.equal((await templates.state()).unversioned, 'not_committed');
  assert.equal((await templates.read()).files[0]?.source, 'first');
});

test('links are not followed, neither from a commit nor on disk', async (t) => {
  const repository = makeRepository(t);
  symlinkSync('/etc/hostname', join(repository, 'notices', 'secret.en.md'));
  git(repository, 'add', '.');
  git(repository, 'commit', '-q', '-m', 'link');
  const names = async () =>
    (await openTemplates({ repository, folder: 'notices' }).read()).files.map(
      ({ fileName }) => fileName,
    );
  assert.deepEqual(await names(), ['a.en.md']);
  rmSync(join(repository, '.git'), { recursive: true });
  assert.deepEqual(await names(), ['a.en.md']);
});

test('the environment of a git hook does not lead to another repository', async (t) => {
  const repository = makeRepository(t);
  const other = makeRepository(t);
  process.env['GIT_DIR'] = join(other, '.git');
  t.after(() => delete process.env['GIT_DIR']);
  write(repository, 'a.en.md', 'mine');
  execFileSync(
    'git',
    [
      '-C',
      repository,
      '-c',
      'user.name=T',
      '-c',
      'user.email=t@example.invalid',
      'commit',
      '-q',
      '-a',
      '-m',
      'x',
    ],
    {
      env: { ...process.env, GIT_DIR: join(repository, '.git') },
    },
  );
  assert.equal(
    (await openTemplates({ repository, folder: 'notices' }).read()).files[0]?.source,
    'mine',
  );
});

test('a missing folder and a file too large are refused with what to do', async (t) => {
  const folder = makeFolder(t);
  await assert.rejects(openTemplates({ repository: folder, folder: 'nowhere' }).read(), (error) =>
    isCoded(error, 'templates.unreadable'),
  );
  write(folder, 'a.en.md', 'x'.repeat(100_001));
  await assert.rejects(openTemplates({ repository: folder, folder: 'notices' }).read(), (error) =>
    isCoded(error, 'templates.too_large'),
  );
});

test('the templates that come with the sidecar are there', async () => {
  const repository = join(import.meta.dirname, '../../../..');
  const { files } = await openTemplates({ repository, folder: 'sidecar/templates' }).read();
  assert.equal(files.length, 12);
});

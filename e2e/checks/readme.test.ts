import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readmeWithTable } from '../build/settings-table.ts';
import { readerStatements } from '../stack/database-accounts.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const tracked = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((name) => name !== '');

test("the README's table of settings is the one the sidecar checks (node e2e/build/settings-table.ts --write)", () => {
  const { now, should } = readmeWithTable();
  assert.equal(now, should);
});

test('the GRANT in the README is the one the tests run with', () => {
  const grant = readerStatements({
    database: 'shop',
    user: 'tocsin',
    host: '10.0.0.%',
    password: 'x',
  }).find((statement) => statement.startsWith('GRANT'));
  assert.ok(grant !== undefined && read('README.md').includes(grant.replace(/;?$/, '')), grant);
});

test('every npm script the documents name exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = tracked.flatMap((name) =>
    [...read(name).matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1] ?? ''),
  );
  assert.deepEqual(
    [...new Set(named)].filter((name) => !(name in scripts)),
    [],
  );
});

test('every file the documents link to is there', () => {
  const missing = tracked.flatMap((name) =>
    [...read(name).matchAll(/\]\((?!https?:|mailto:|#|\{)([^)\s]+)\)/g)]
      .map((match) => (match[1] ?? '').split('#')[0] ?? '')
      .filter((target) => !existsSync(join(ROOT, normalize(join(dirname(name), target)))))
      .map((target) => `${name}: ${target}`),
  );
  assert.deepEqual(missing, []);
});

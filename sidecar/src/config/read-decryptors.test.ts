import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DecryptorSettings } from './decryptor-schema.ts';
import { readDecryptors } from './read-decryptors.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-decryptors-'));
after(() => {
  rmSync(folder, { recursive: true });
});

function read(settings: unknown, env: Record<string, string> = {}) {
  const problems: { pointer: string; message: string }[] = [];
  const parsed = DecryptorSettings.parse(settings);
  return { decryptors: readDecryptors(parsed, env, problems), problems };
}
const cbc = (more: object) => ({ cipher: 'aes-256-cbc', layout: ['iv', 'ciphertext'], ...more });

test('keys come from the environment as they are and from files without their last line end', () => {
  const file = join(folder, 'key');
  writeFileSync(file, ' salt with blanks \r\n');
  chmodSync(file, 0o600);
  const { decryptors, problems } = read(
    { a: cbc({ key: { env: 'A_KEY' } }), b: cbc({ key: { file } }), c: { module: './c.mjs' } },
    { A_KEY: ' wp salt ' },
  );
  assert.deepEqual(problems, []);
  const key = (name: string) => {
    const made = decryptors[name];
    return made?.kind === 'cipher' ? Buffer.from(made.secrets.key).toString() : undefined;
  };
  assert.equal(key('a'), ' wp salt ');
  assert.equal(key('b'), ' salt with blanks ');
  assert.deepEqual(decryptors['c'], { kind: 'module', module: join(process.cwd(), 'c.mjs') });
});

test('each secret that is missing, empty or open to others is named at its field, all at once', () => {
  const open = join(folder, 'open');
  writeFileSync(open, 'hunter2');
  chmodSync(open, 0o644);
  const empty = join(folder, 'empty');
  writeFileSync(empty, '\n', { mode: 0o600 });
  const { problems } = read({
    a: cbc({
      key: { env: 'NOT_SET' },
      iv: { file: empty },
      suffix: { file: open },
      mac: { hash: 'sha256', over: ['iv'], key: { file: join(folder, 'none') } },
    }),
  });
  assert.deepEqual(
    problems.map(({ pointer }) => pointer),
    ['decryptors.a.key', 'decryptors.a.iv', 'decryptors.a.suffix', 'decryptors.a.mac.key'],
  );
  const words = problems.map(({ message }) => message).join('\n');
  assert.match(words, /NOT_SET is not set/);
  assert.match(words, /chmod 600/);
  assert.doesNotMatch(words, /hunter2/);
});

test('a mistake is named at its field', () => {
  for (const [settings, path] of [
    [{ a: cbc({ key: { env: 'K' }, cypher: 'x' }) }, 'a'],
    [{ a: cbc({ key: 'written here' }) }, 'a.key'],
    [{ a: { cipher: 'rot13', key: { env: 'K' } } }, 'a.cipher'],
    [{ a: cbc({ key: { env: 'K' }, key_derivation: ['sha257'] }) }, 'a.key_derivation.0'],
    [{ a: { module: '' } }, 'a.module'],
    [{ 'A B': { module: './x.mjs' } }, 'A B'],
  ] as const) {
    const parsed = DecryptorSettings.safeParse(settings);
    assert.equal(parsed.success, false);
    assert.deepEqual(
      parsed.error?.issues.map((issue) => issue.path.join('.')),
      [path],
    );
  }
});

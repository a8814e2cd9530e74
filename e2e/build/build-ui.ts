// Builds wp-admin's screen and the console unless what is built is as new as its sources.
import { spawn } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STAMP = join(ROOT, 'plugin/assets/.built-from');
const MADE = ['plugin/assets/index.js', 'sidecar/console/index.html'];

export async function buildUi(say: (line: string) => void): Promise<void> {
  const sources = hashOfSources();
  const isThere = MADE.every((file) => existsSync(join(ROOT, file)));
  if (isThere && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return;
  say('building the screens');
  await run('npm', ['run', '--silent', 'build', '--workspace', 'admin-ui']);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, sources);
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  const files = globSync(
    ['admin-ui/src/**/*', 'admin-ui/*.{js,json}', 'sidecar/src/contract/*.ts', 'package-lock.json'],
    { cwd: ROOT, withFileTypes: true },
  )
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest('hex');
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => said.push(part));
    child.stderr.on('data', (part: Buffer) => said.push(part));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `${program} ${args.join(' ')} failed:\n${Buffer.concat(said).toString().slice(-4000)}`,
          ),
        );
    });
  });
}

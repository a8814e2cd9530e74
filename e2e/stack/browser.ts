// Which Chromium the stories run in, and how it is started.
import { existsSync } from 'node:fs';
import { findProgram } from './find-program.ts';
import { StoreError } from './store-error.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_APPS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export type BrowserLaunch = {
  readonly executablePath: string;
  readonly args: string[];
  readonly headless: boolean;
};

/** TOCSIN_CHROMIUM when set, else the system's; throws `program_missing`. */
export function chromiumExecutable(): string {
  const chosen = process.env.TOCSIN_CHROMIUM;
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new StoreError(
      'program_missing',
      `couldn't find the browser: TOCSIN_CHROMIUM names ${chosen}, which is not there`,
    );
  }
  const found = findProgram(...NAMES) ?? MAC_APPS.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new StoreError(
    'program_missing',
    `couldn't find a browser: looked for ${NAMES.join(', ')} on PATH; run: ` +
      'node e2e/stack/prepare.mjs, or set TOCSIN_CHROMIUM to one',
  );
}

/** Quiet, without calls to the outside, and able to run as root. */
export function chromiumArguments(): string[] {
  return [
    // Chromium refuses to run as root with its sandbox on; it opens nothing but our own pages.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Containers often have a /dev/shm too small for a page.
    '--disable-dev-shm-usage',
  ];
}

/** For Playwright's `chromium.launch()`. */
export function browserLaunch(): BrowserLaunch {
  return { executablePath: chromiumExecutable(), args: chromiumArguments(), headless: true };
}

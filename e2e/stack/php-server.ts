// PHP's built-in web server with several workers, on loopback. Served with the byte-code cache on,
// otherwise every page of wp-admin compiles WordPress anew.
import { fileURLToPath } from 'node:url';
import { requireProgram } from './find-program.ts';
import { logTail, startGuarded } from './guarded-process.ts';
import type { GuardedProcess } from './guarded-process.ts';
import { StoreError } from './store-error.ts';
import { waitUntil } from './wait-until.ts';

const ROUTER = fileURLToPath(new URL('./router.php', import.meta.url));
const WORKERS = '4';
const START_TIMEOUT_MS = 20_000;

export type SitePlace = {
  readonly siteFolder: string;
  readonly port: number;
  readonly logFile: string;
};

/** Starts the server and waits until it serves a file of WordPress. */
export async function startPhpServer(place: SitePlace): Promise<GuardedProcess> {
  const server = await startGuarded({
    name: 'PHP',
    program: requireProgram('php'),
    args: [...phpSettings(), '-S', `127.0.0.1:${place.port}`, '-t', place.siteFolder, ROUTER],
    cwd: place.siteFolder,
    env: { PHP_CLI_SERVER_WORKERS: WORKERS },
    logFile: place.logFile,
  });
  const ready = await waitUntil(async () => !server.isRunning() || (await isServing(place.port)), {
    timeoutMs: START_TIMEOUT_MS,
  });
  if (ready && server.isRunning()) return server;
  await server.end();
  throw new StoreError(
    'server_did_not_start',
    `couldn't serve WordPress on port ${place.port}: ` +
      `${ready ? 'PHP ended' : 'no answer in time'}\n${logTail(place.logFile)}`,
  );
}

function phpSettings(): string[] {
  const settings = {
    memory_limit: '256M',
    max_execution_time: '60',
    'opcache.enable': '1',
    'opcache.enable_cli': '1',
    // A changed plugin file counts on the next request.
    'opcache.revalidate_freq': '0',
    'opcache.max_accelerated_files': '20000',
    'opcache.memory_consumption': '160',
    display_errors: '0',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-d', `${name}=${value}`]);
}

/** A file without PHP code: whether WordPress works is the caller's question. */
async function isServing(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/license.txt`, {
      signal: AbortSignal.timeout(2_000),
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

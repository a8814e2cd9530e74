// PHP's built-in web server with several workers, on loopback. Served with the byte-code cache on,
// otherwise every page of wp-admin compiles WordPress anew.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { requireProgram } from './find-program.ts';
import { giveUpOn, startGuarded } from './guarded-process.ts';
import type { GuardedProcess } from './guarded-process.ts';
import { waitUntil } from './wait-until.ts';

const ROUTER = fileURLToPath(new URL('./router.php', import.meta.url));
const WORKERS = '4';
const START_TIMEOUT_MS = 20_000;

export type SitePlace = {
  readonly siteFolder: string;
  readonly port: number;
  readonly logFile: string;
};

/** Starts the server and waits until it answers; whether WordPress works is the caller's question. */
export async function startPhpServer(place: SitePlace): Promise<GuardedProcess> {
  const token = randomUUID();
  const server = await startGuarded({
    name: 'PHP',
    program: requireProgram('php'),
    args: [...phpSettings(), '-S', `127.0.0.1:${place.port}`, '-t', place.siteFolder, ROUTER],
    cwd: place.siteFolder,
    env: { PHP_CLI_SERVER_WORKERS: WORKERS, STORE_START_TOKEN: token },
    logFile: place.logFile,
  });
  const ready = await waitUntil(
    async () => !server.isRunning() || (await answersWith(token, place.port)),
    {
      timeoutMs: START_TIMEOUT_MS,
    },
  );
  if (ready && server.isRunning()) return server;
  throw await giveUpOn(server, {
    what: `serve WordPress on port ${place.port}`,
    logFile: place.logFile,
  });
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

/** Any server on this port could answer; only ours knows the token. */
async function answersWith(token: string, port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/store-in-a-box/started`, {
      signal: AbortSignal.timeout(2_000),
    });
    return (await answer.text()) === token;
  } catch {
    return false;
  }
}

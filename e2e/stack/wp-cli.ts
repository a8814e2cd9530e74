// Runs WP-CLI on a store's files; it needs the database, not the web server.
import { join } from 'node:path';
import { requireProgram } from './find-program.ts';
import { wordpressFolder } from './prepare/cache-folder.mjs';
import { runProgram } from './run-program.ts';

/** Returns what the command printed; rejects with `command_failed` and its output when it fails. */
export async function runWpCli(
  siteFolder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await runProgram({
    program: requireProgram('php'),
    args: [
      '-d',
      'memory_limit=512M',
      // Notices go to the debug log; on the terminal they would mix with the command's answer.
      '-d',
      'display_errors=stderr',
      join(wordpressFolder(), 'wp-cli.phar'),
      `--path=${siteFolder}`,
      '--no-color',
      ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
      ...args,
    ],
    cwd: siteFolder,
    env: {
      // The machine owner's own WP-CLI settings must not change what a store does.
      WP_CLI_CONFIG_PATH: '/dev/null',
      WP_CLI_PACKAGES_DIR: join(siteFolder, '..', 'wp-cli-packages'),
      WP_CLI_CACHE_DIR: join(siteFolder, '..', 'wp-cli-cache'),
      WP_CLI_DISABLE_AUTO_CHECK_UPDATE: '1',
      ...env,
    },
  });
  return stdout;
}

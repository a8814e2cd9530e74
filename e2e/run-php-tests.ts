// The plugin's PHPUnit tests in a WordPress of their own: they delete options, users and outbox rows.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { requireProgram } from './stack/find-program.ts';
import { startStore } from './stack/store.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const store = await startStore({
  name: 'php-tests',
  prefix: 'shop7_',
  plugin: 'link',
  // The tests tell a name that cannot be resolved from a call that WordPress itself blocks.
  constants: { WP_HTTP_BLOCK_EXTERNAL: false },
});
try {
  const { how, version } = store.woocommerce;
  console.log(`WooCommerce: ${how} ${version}`);
  process.exitCode = await new Promise<number>((resolve, reject) => {
    const child = spawn(
      'php',
      [
        '-d',
        'memory_limit=1G',
        requireProgram('phpunit'),
        '-c',
        'plugin/phpunit.xml',
        '--colors=never',
      ],
      { cwd: ROOT, stdio: 'inherit', env: { ...process.env, TOCSIN_WP_DIR: store.siteFolder } },
    );
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
} finally {
  await store.stop();
}

// A store never outlives the process that started it, however that process ends; and two stores do
// not get into each other's way.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { processesNaming } from './processes-naming.ts';
import { startStore } from './store.ts';
import { waitUntil } from './wait-until.ts';

const STORE_MODULE = new URL('./store.ts', import.meta.url).href;

/** Starts a store, prints its folder, and then does what `then` says. */
function script(then: string): string {
  return `
    import { startStore } from ${JSON.stringify(STORE_MODULE)};
    const store = await startStore({ name: 'lifetime', plugin: 'none', woocommerce: 'schema' });
    console.log(store.folder);
    ${then}
  `;
}

async function runScript(then: string): Promise<{ child: ChildProcess; folder: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script(then)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout });
  const [folder] = (await once(lines, 'line')) as [string];
  return { child, folder };
}

const STAY = 'setInterval(() => {}, 1000);';

async function assertNothingRuns(folder: string): Promise<void> {
  const gone = await waitUntil(async () => (await processesNaming(folder)).length === 0, {
    timeoutMs: 15_000,
    everyMs: 100,
  });
  assert.ok(gone, `still running: ${(await processesNaming(folder)).join(', ')}`);
}

test('a killed parent leaves no process, and the next start removes its folder', async () => {
  const { child, folder } = await runScript(STAY);
  assert.ok((await processesNaming(folder)).length >= 4);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await assertNothingRuns(folder);
  assert.ok(existsSync(folder));
  const next = await startStore({ name: 'lifetime', plugin: 'none', woocommerce: 'schema' });
  await next.stop();
  assert.equal(existsSync(folder), false);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`a parent ended by ${signal} leaves no process and no folder`, async () => {
    const { child, folder } = await runScript(STAY);
    child.kill(signal);
    const [, endedBy] = (await once(child, 'exit')) as [number | null, string | null];
    assert.equal(endedBy, signal);
    await assertNothingRuns(folder);
    assert.equal(existsSync(folder), false);
  });
}

test('a parent that throws leaves no process', async () => {
  const { child, folder } = await runScript("throw new Error('broken');");
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.equal(code, 1);
  await assertNothingRuns(folder);
});

test('a parent that simply ends is not kept alive by its store', async () => {
  const { child, folder } = await runScript('');
  const [code] = (await once(child, 'exit')) as [number | null];
  assert.equal(code, 0);
  await assertNothingRuns(folder);
});

test('two stores run side by side, each with its own data', async () => {
  const options = { name: 'pair', plugin: 'none', woocommerce: 'schema' } as const;
  const stores = await Promise.all([startStore(options), startStore(options)]);
  try {
    const [left, right] = stores;
    assert.notEqual(left.url, right.url);
    await left.sql("UPDATE wp_options SET option_value = 'Left' WHERE option_name = 'blogname'");
    const titles = await Promise.all(
      stores.map(async (store) => {
        const answer = await fetch(`${store.url}/wp-json/`);
        return ((await answer.json()) as { name: string }).name;
      }),
    );
    assert.deepEqual(titles, ['Left', 'Meridian Pay']);
  } finally {
    await Promise.all(stores.map((store) => store.stop()));
  }
});

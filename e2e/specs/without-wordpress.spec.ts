// WordPress is stopped, and then the shop's database too, after the approvals: delivery, receipts and pausing go on.
import { SHOP_ALONE } from '../stack/seed/true-scope.ts';
import { compareInbox } from '../story/compare-inbox.ts';
import { enrolBoth } from '../story/main-job.ts';
import { prepareByApi, requestByApi, waitForDispatch } from '../story/prepare-by-api.ts';
import { sendSignal } from '../story/send-signal.ts';
import { call } from '../story/prepare-by-api.ts';
import { expect, screenPath, test } from './fixtures.ts';

test.use({
  boxSettings: { people: 120, env: { TOCSIN_BATCH_SIZE: '10', TOCSIN_CONCURRENCY: '1' } },
});

test('WordPress and the shop database stop after approval: delivery finishes, receipts come in, signals arrive', async ({
  box,
  browser,
}) => {
  const approvers = await enrolBoth(browser, box);
  const incidentId = await prepareByApi(box);
  const manifest = await requestByApi(box, incidentId);
  box.mail.faults.set({ delayMs: 100 });
  await approvers[0].approve(manifest.console_url, manifest.code);
  await box.store.stopWordPress();
  await box.store.stopDatabase();
  await expect(fetch(box.store.url)).rejects.toThrow();

  await approvers[1].approve(manifest.console_url, manifest.code);
  const { page } = approvers[1];
  await page.getByRole('link', { name: 'Watch the sending' }).click();
  await page.getByRole('button', { name: 'Pause sending' }).click();
  await page.getByLabel('Reason').fill('Checking with the bank first');
  await page.screenshot({ path: screenPath('console-pause') });
  await page.getByRole('button', { name: 'Yes, pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume sending' })).toBeVisible();
  const paused = await waitForDispatch(
    box,
    incidentId,
    ({ dispatch }) => dispatch?.counts.attempting === 0,
  );
  expect(paused.dispatch?.state).toBe('paused');
  expect(paused.dispatch?.counts.pending).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Resume sending' }).click();
  await page.getByLabel('Reason').fill('The bank agrees');
  await page.getByRole('button', { name: 'Yes, resume' }).click();
  box.mail.faults.set({ delayMs: 0 });
  await waitForDispatch(box, incidentId, ({ dispatch }) => dispatch?.state === 'done');
  await box.mail.webhooksSettled();
  const done = await waitForDispatch(
    box,
    incidentId,
    ({ dispatch }) => dispatch?.counts.accepted === 0,
  );
  expect(done.dispatch?.counts.delivered).toBe(manifest.body.audience.reachable);
  expect(await compareInbox(box.mail, box.truth, SHOP_ALONE)).toMatchObject({
    missing: 0,
    unexpected: 0,
    duplicates: 0,
  });

  const signal = await sendSignal(`${box.sidecar.url}/v1/signals`, box.keys.signal, {
    source: 'wazuh',
    kind: 'shop.down',
    severity: 'critical',
    title: 'The shop does not answer',
  });
  expect(signal.status).toBe(200);
  const signals = await call<{ items: { title: string }[] }>(box, 'GET', '/v1/signals');
  expect(signals.items.map(({ title }) => title)).toContain('The shop does not answer');
  const ready = await fetch(`${box.sidecar.url}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.text()).toContain('store_database');
  expect(await box.sidecar.cli(['verify'])).toContain('verified:');
});

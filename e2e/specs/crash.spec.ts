// The sidecar is killed while it sends, more than once, and started again: nobody is missed, nobody gets two mails.
import { SHOP_ALONE } from '../stack/seed/true-scope.ts';
import { compareInbox } from '../story/compare-inbox.ts';
import { enrolBoth } from '../story/main-job.ts';
import { prepareByApi, requestByApi, waitForDispatch } from '../story/prepare-by-api.ts';
import { expect, test } from './fixtures.ts';

test.use({
  boxSettings: { people: 400, env: { TOCSIN_BATCH_SIZE: '20', TOCSIN_CONCURRENCY: '2' } },
});

test('killed while sending and started again: nobody missed, nobody twice, and the proof holds', async ({
  box,
  browser,
}) => {
  const approvers = await enrolBoth(browser, box);
  const incidentId = await prepareByApi(box);
  const manifest = await requestByApi(box, incidentId);
  // Answers are held back after the mail was taken: a kill then falls between "sent" and "written down".
  box.mail.faults.set({ delayMs: 150 });
  for (const approver of approvers) await approver.approve(manifest.console_url, manifest.code);

  let kills = 0;
  for (const share of [0.1, 0.4, 0.7]) {
    const goal = Math.floor(manifest.body.audience.reachable * share);
    await expect.poll(() => box.mail.summary().accepted, { intervals: [20] }).toBeGreaterThan(goal);
    await box.sidecar.kill();
    kills += 1;
    await box.sidecar.start();
  }
  box.mail.faults.set({ delayMs: 0 });
  const page = await waitForDispatch(box, incidentId, ({ dispatch }) => dispatch?.state === 'done');

  expect(kills).toBe(3);
  const inbox = await compareInbox(box.mail, box.truth, SHOP_ALONE);
  expect(inbox).toMatchObject({ missing: 0, unexpected: 0, duplicates: 0 });
  const counts = page.dispatch?.counts;
  expect(counts?.planned).toBe(manifest.body.audience.count);
  expect((counts?.accepted ?? 0) + (counts?.delivered ?? 0) + (counts?.bounced ?? 0)).toBe(
    inbox.messages,
  );
  expect(await box.sidecar.cli(['verify'])).toContain('verified:');
});

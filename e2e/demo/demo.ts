// npm run demo: a real store with everything running, to click through; --once plays the whole story by itself.
import { chromium, type Browser } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { browserLaunch } from '../stack/browser.ts';
import { PEOPLE, SHOP, startBox, type Box } from '../stack/box.ts';
import { buildUi } from '../build/build-ui.ts';
import { shopWithAddressees } from '../stack/seed/person-kinds.ts';
import { countTrapAddressees } from '../stack/seed/traps/seed-traps.ts';
import { compareInbox } from '../story/compare-inbox.ts';
import { enrolBoth, fromSignalToIncident, prepare, SIGNAL } from '../story/main-job.ts';
import { sendSignal, wordPressSignals } from '../story/send-signal.ts';
import { readCounts } from '../story/sidecar-reader.ts';

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    people: { type: 'string', default: '500' },
  },
});
const people = Number(values.people);
if (!Number.isInteger(people) || people < 1 || people > 1_000_000) {
  console.error(`--people must be a whole number from 1 to 1,000,000 (you gave ${values.people}).`);
  process.exit(2);
}

const started = performance.now();
const say = (line: string): void => {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${line}`);
};

await buildUi(say);
// `--people` counts the customers who can be written to, those of the traps among them; too few leave no room for traps.
const trapped = countTrapAddressees();
const traps = people > trapped;
const bulk = shopWithAddressees(traps ? people - trapped : people);
const box = await startBox({ name: 'demo', people: bulk, traps, log: say });
say(`WooCommerce: ${wooCommerceWords(box)}`);
try {
  if (values.once) process.exitCode = await playOnce(box);
  else await stayUp(box);
} finally {
  await box.stop();
}

async function playOnce(demo: Box): Promise<number> {
  const browser = await chromium.launch(browserLaunch());
  try {
    const approvers = await enrolBoth(browser, demo);
    say('two approvers enrolled their passkeys');
    const { admin, incidentId } = await fromSignalToIncident(browser, demo, say);
    const waitMs = 60_000 + people * 10;
    const request = await prepare(admin, say, { freezeMs: waitMs });
    for (const approver of approvers) await approver.approve(request.url, request.code);
    say('both approvers compared the code and approved');
    await admin.waitUntilTold(waitMs);
    say('everyone was told');
    await demo.mail.webhooksSettled();
    const counts = await readCounts(demo, incidentId);
    const inbox = await compareInbox(demo.mail, demo.truth);
    say(
      `the inbox was compared with the truth: ${inbox.messages} messages for ${inbox.expected} people`,
    );
    const verified = await demo.sidecar.cli(['verify', '--json']).then(
      (text) => JSON.parse(text) as { ok: boolean; size: number },
      () => ({ ok: false, size: 0 }),
    );
    say('the evidence was verified offline');
    const result = {
      people: demo.truth.totals.people,
      planned: counts.planned,
      accepted: counts.accepted + counts.delivered + counts.bounced,
      suppressed: counts.suppressed,
      failed: counts.failed,
      unknown: counts.unknown,
      pending: counts.pending + counts.attempting,
      duplicates: inbox.duplicates,
      evidence_leaves: verified.size,
      verified: verified.ok,
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
    console.log(JSON.stringify(result));
    const addsUp =
      result.planned ===
      result.accepted + result.suppressed + result.failed + result.unknown + result.pending;
    const isExact =
      inbox.missing === 0 &&
      inbox.unexpected === 0 &&
      inbox.duplicates === 0 &&
      inbox.messages === result.accepted &&
      result.planned === result.people;
    return addsUp && isExact && verified.ok && result.unknown + result.pending === 0 ? 0 : 1;
  } catch (error) {
    await keepScreens(browser);
    throw error;
  } finally {
    await browser.close();
  }
}

/** What every window showed when the story broke off. */
async function keepScreens(browser: Browser): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [at, page] of pages.entries()) {
    const path = fileURLToPath(new URL(`../artefacts/demo-failed-${at}.png`, import.meta.url));
    await page.screenshot({ path, fullPage: true }).then(
      () => {
        say(`kept e2e/artefacts/demo-failed-${at}.png`);
      },
      () => undefined,
    );
  }
}

async function stayUp(demo: Box): Promise<void> {
  const { preparer, viewer, approverOne, approverTwo } = PEOPLE;
  await sendSignal(wordPressSignals(demo.store.url), demo.keys.signal, SIGNAL);
  const one = await demo.sidecar.invite(approverOne.name, approverOne.email);
  const two = await demo.sidecar.invite(approverTwo.name, approverTwo.email);
  console.log(`
${SHOP} is up, with ${demo.truth.totals.people} customers and ${demo.truth.totals.orders} orders.

  wp-admin     ${demo.store.adminUrl}admin.php?page=tocsin
               prepares: ${preparer.login} / ${preparer.password}     only looks: ${viewer.login} / ${viewer.password}
  console      ${demo.sidecar.url}/console/
  inbox        ${demo.mail.url}/

What to click
  1. Open both invitations, each in a browser profile of its own (two passkeys, two people):
       ${approverOne.name}: ${one}
       ${approverTwo.name}: ${two}
  2. In wp-admin as ${preparer.login}: Tocsin, "Declare an incident", then the blue button of each step down to "Request approval".
     Or begin with the signal that waits under Signals.
  3. At the console as each approver: compare the code, "Approve with passkey".
  4. Watch the sending in wp-admin, look into the inbox, then "Verify now" under Proof.

Ctrl-C stops everything.
`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
  console.log('stopping');
}

function wooCommerceWords({ store }: Box): string {
  const { how, version } = store.woocommerce;
  if (how === 'dir') return `${version}, from WOOCOMMERCE_DIR`;
  if (how === 'download') return `${version}, downloaded`;
  return `not to be had here; its tables (as of ${version}) come from our own schema file`;
}

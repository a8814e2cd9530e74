// The whole job through the public interfaces: a signal over HTTP, wp-admin in a browser, two approvers with passkeys.
import { expect, type Browser } from '@playwright/test';
import { PEOPLE, type Box } from '../stack/box.ts';
import { openIncidentFrom, signIn, type Admin } from './admin.ts';
import { enrolApprover, type Approver } from './approver.ts';
import { sendSignal, wordPressSignals, type SignalText } from './send-signal.ts';

export const SIGNAL: SignalText = {
  source: 'wazuh',
  kind: 'database.large_read',
  severity: 'high',
  title: 'Large read of the orders table by an unknown client',
  detail: 'SELECT on wc_orders from an address outside the office, 02:13 UTC.',
};

export const WHAT_HAPPENED =
  'On 20 November somebody read our order database with a stolen password. We noticed on 23 November and closed the access within the hour.';
export const WHAT_WE_DID =
  'We changed all passwords, told the data protection authority and our bank, and had the shop examined.';

export type Told = (step: string) => void;

/** Both approvers, enrolled. */
export async function enrolBoth(browser: Browser, box: Box): Promise<[Approver, Approver]> {
  const { approverOne, approverTwo } = PEOPLE;
  const one = await enrolApprover(
    browser,
    await box.sidecar.invite(approverOne.name, approverOne.email),
  );
  const two = await enrolApprover(
    browser,
    await box.sidecar.invite(approverTwo.name, approverTwo.email),
  );
  return [one, two];
}

/** A security tool reports to WordPress. */
export async function reportSignal(box: Box, signal: SignalText = SIGNAL): Promise<void> {
  const answer = await sendSignal(wordPressSignals(box.store.url), box.keys.signal, signal);
  expect(answer.status, await answer.clone().text()).toBe(202);
}

/** Opens the inbox of signals and looks again until the sidecar has read the signal. */
export async function openSignals(admin: Admin, signalTitle: string = SIGNAL.title): Promise<void> {
  await admin.open('signals');
  const link = admin.app.getByRole('link', { name: openIncidentFrom(signalTitle) });
  await expect(async () => {
    if ((await link.count()) === 0) await admin.page.reload();
    await expect(link).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
}

/** A signal arrives at WordPress and shows up in the inbox; the preparer opens an incident from it. */
export async function fromSignalToIncident(
  browser: Browser,
  box: Box,
  told: Told,
): Promise<{ admin: Admin; incidentId: string }> {
  await reportSignal(box);
  told('a security tool reported a signal over HTTP');
  const admin = await signIn(browser, box.store, PEOPLE.preparer);
  await openSignals(admin);
  await admin.takeOverSignal(SIGNAL.title);
  const incidentId = await admin.declare();
  told('the signal became an incident in wp-admin');
  return { admin, incidentId };
}

/** From a declared incident to a request for approval about everybody. */
export async function prepare(
  admin: Admin,
  told: Told,
  limits: { freezeMs: number },
): Promise<{ url: string; code: string }> {
  await admin.confirmIncident();
  told('the incident was confirmed');
  await admin.setScope('Everyone this shop knows');
  told('which data leaked was set');
  await admin.freeze(limits.freezeMs);
  told('the people were found and frozen');
  await admin.setNotice('Personal data leaked', {
    'What happened': WHAT_HAPPENED,
    'What we have done': WHAT_WE_DID,
  });
  told('the notice was written');
  const request = await admin.requestApproval();
  told(`approval was requested, code ${request.code}`);
  return request;
}

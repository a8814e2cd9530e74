// The way up to a request for approval without clicking, for stories that begin after it.
import {
  Scope,
  type Incident,
  type IncidentPage,
  type Manifest,
} from '../../sidecar/src/contract/index.ts';
import type { Box } from '../stack/box.ts';
import { waitUntil } from '../stack/wait-until.ts';
import { askSidecar, readIncident, type AskAs } from './sidecar-reader.ts';

/** Accounts and orders, without the other places: as a program asks that knows of no others. */
export const EVERYONE: Scope = Scope.parse({
  preset: 'everyone',
  accounts: {},
  orders: {},
  data_classes: ['name', 'email', 'postal_address'],
});

/** Throws what the sidecar answered when it is not a good answer. */
export async function call<T>(
  box: Box,
  method: string,
  target: string,
  body?: unknown,
  as?: AskAs,
): Promise<T> {
  const answer = await askSidecar(box, {
    method,
    target,
    ...(body === undefined ? {} : { body }),
    ...(as === undefined ? {} : { as }),
  });
  if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Declares and confirms; returns the incident's id. */
export async function declareByApi(box: Box, options: { drill?: boolean } = {}): Promise<string> {
  const incident = await call<Incident>(box, 'POST', '/v1/incidents', {
    title: 'Order database read by a stranger',
    type: 'database_access',
    severity: 'high',
    drill: options.drill ?? false,
    aware_at: new Date().toISOString(),
  });
  await call(box, 'POST', `/v1/incidents/${incident.id}/transitions`, { to: 'confirmed' });
  return incident.id;
}

/** Declares, confirms, sets scope and notice, freezes; returns the incident's id. */
export async function prepareByApi(
  box: Box,
  options: { drill?: boolean; scope?: Scope } = {},
): Promise<string> {
  const incidentId = await declareByApi(box, options);
  const root = `/v1/incidents/${incidentId}`;
  await call(box, 'PUT', `${root}/scope`, { scope: options.scope ?? EVERYONE });
  await freezeByApi(box, incidentId);
  await call(box, 'PUT', `${root}/notice`, {
    template_id: 'personal-data-leaked',
    language: 'en',
    values: {
      what_happened: 'Somebody read our order database with a stolen password.',
      what_we_did: 'We closed the access and told the authority.',
    },
  });
  return incidentId;
}

export async function freezeByApi(box: Box, incidentId: string): Promise<IncidentPage> {
  await call(box, 'POST', `/v1/incidents/${incidentId}/audience`);
  let page = await readIncident(box, incidentId);
  const isFrozen = await waitUntil(
    async () => {
      page = await readIncident(box, incidentId);
      if (page.audience?.state === 'failed')
        throw new Error(page.audience.problem?.title ?? 'failed');
      return page.audience?.state === 'frozen';
    },
    { timeoutMs: 120_000 },
  );
  if (!isFrozen) throw new Error('the audience was not frozen in time');
  return page;
}

export function requestByApi(box: Box, incidentId: string): Promise<Manifest> {
  return call<Manifest>(box, 'POST', `/v1/incidents/${incidentId}/manifest`);
}

/** Waits for the dispatch of the incident to be in one of these states; returns the page then. */
export async function waitForDispatch(
  box: Box,
  incidentId: string,
  isThere: (page: IncidentPage) => boolean,
  timeoutMs = 120_000,
): Promise<IncidentPage> {
  let page = await readIncident(box, incidentId);
  const came = await waitUntil(
    async () => {
      page = await readIncident(box, incidentId);
      return isThere(page);
    },
    { timeoutMs },
  );
  if (!came) throw new Error(`not reached: ${JSON.stringify(page.dispatch)}`);
  return page;
}

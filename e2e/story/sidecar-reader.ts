// Asks the sidecar as the plugin does: signed, for a WordPress user. For checks; the stories themselves click.
import { createHmac, randomUUID } from 'node:crypto';
import type { DispatchCounts, IncidentPage } from '../../sidecar/src/contract/index.ts';
import { PEOPLE, type Box } from '../stack/box.ts';

export type AskAs = { userId: number; login: string; email: string; name: string; capabilities: readonly string[] };

export const PREPARER: AskAs = {
  userId: 1,
  login: PEOPLE.preparer.login,
  email: PEOPLE.preparer.email,
  name: PEOPLE.preparer.displayName,
  capabilities: ['tocsin_view', 'tocsin_prepare', 'tocsin_manage'],
};

/** One signed call (docs/decisions/0002-signed-requests.md); the answer, whatever it is. */
export async function askSidecar(
  box: Pick<Box, 'sidecar' | 'keys'>,
  call: { method: string; target: string; body?: unknown; as?: AskAs },
): Promise<Response> {
  const as = call.as ?? PREPARER;
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const actor = Buffer.from(
    JSON.stringify({
      user_id: as.userId,
      login: as.login,
      email: as.email,
      name: as.name,
      capabilities: as.capabilities,
    }),
  ).toString('base64url');
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const secret = Buffer.from(box.keys.plugin.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', secret)
    .update(`${id}.${timestamp}.${call.method}\n${call.target}\n${actor}\n${body}`)
    .digest('base64');
  return fetch(`${box.sidecar.url}${call.target}`, {
    method: call.method,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
      'tocsin-actor': actor,
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === '' ? {} : { body }),
  });
}

export async function readIncident(box: Pick<Box, 'sidecar' | 'keys'>, id: string): Promise<IncidentPage> {
  const answer = await askSidecar(box, { method: 'GET', target: `/v1/incidents/${id}` });
  if (answer.status !== 200) throw new Error(`the sidecar answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as IncidentPage;
}

/** The counts of the incident's dispatch; throws when there is none. */
export async function readCounts(
  box: Pick<Box, 'sidecar' | 'keys'>,
  incidentId: string,
): Promise<DispatchCounts> {
  const { dispatch } = await readIncident(box, incidentId);
  if (dispatch === null) throw new Error('nothing was dispatched');
  return dispatch.counts;
}

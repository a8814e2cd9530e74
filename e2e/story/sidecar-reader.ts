// Asks the sidecar as the plugin does: signed, for a WordPress user. For checks; the stories themselves click.
import { createHmac, randomUUID } from 'node:crypto';
import type { DispatchCounts, IncidentPage } from '../../sidecar/src/contract/index.ts';
import { PEOPLE, type Box } from '../stack/box.ts';

export type AskAs = {
  userId: number;
  login: string;
  email: string;
  name: string;
  capabilities: readonly string[];
};

export const PREPARER: AskAs = {
  userId: 1,
  login: PEOPLE.preparer.login,
  email: PEOPLE.preparer.email,
  name: PEOPLE.preparer.displayName,
  capabilities: ['tocsin_view', 'tocsin_prepare', 'tocsin_manage'],
};

/** What a forger would change: the key (`whsec_…`), the time (Unix seconds) or the id of an earlier call. */
export type Envelope = { key?: string; at?: number; id?: string };

export type SidecarCall = {
  method: string;
  target: string;
  body?: unknown;
  as?: AskAs;
  envelope?: Envelope;
};

/** One signed call (docs/decisions/0002-signed-requests.md); the answer, whatever it is. */
export async function askSidecar(
  box: Pick<Box, 'sidecar' | 'keys'>,
  call: SidecarCall,
): Promise<Response> {
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  return fetch(`${box.sidecar.url}${call.target}`, {
    method: call.method,
    headers: {
      ...signatureOf(box, call, body),
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === '' ? {} : { body }),
  });
}

/** The headers the plugin puts on a call with this body. */
export function signatureOf(
  box: Pick<Box, 'keys'>,
  call: SidecarCall,
  body: string,
): Record<string, string> {
  const as = call.as ?? PREPARER;
  const { id = `msg_${randomUUID()}`, at = Math.floor(Date.now() / 1000) } = call.envelope ?? {};
  const key = call.envelope?.key ?? box.keys.plugin;
  const actor = Buffer.from(
    JSON.stringify({
      user_id: as.userId,
      login: as.login,
      email: as.email,
      name: as.name,
      capabilities: as.capabilities,
    }),
  ).toString('base64url');
  const signature = createHmac('sha256', Buffer.from(key.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${at}.${call.method}\n${call.target}\n${actor}\n${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${signature}`,
    'tocsin-actor': actor,
  };
}

export async function readIncident(
  box: Pick<Box, 'sidecar' | 'keys'>,
  id: string,
): Promise<IncidentPage> {
  const answer = await askSidecar(box, { method: 'GET', target: `/v1/incidents/${id}` });
  if (answer.status !== 200)
    throw new Error(`the sidecar answered ${answer.status}: ${await answer.text()}`);
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

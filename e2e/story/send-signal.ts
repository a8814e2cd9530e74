// What a security tool sends: a report signed as Standard Webhooks, to WordPress or straight to the sidecar.
import { createHmac, randomUUID } from 'node:crypto';

export type SignalText = {
  source: string;
  kind: string;
  severity: 'low' | 'medium' | 'high' | 'critical';
  title: string;
  detail?: string;
  dedupe_key?: string;
};

/** `url` with its path; `key` is `whsec_…`. The answer, whatever it is. */
export async function sendSignal(url: string, key: string, report: SignalText): Promise<Response> {
  const id = `msg_${randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const body = JSON.stringify(report);
  const secret = Buffer.from(key.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', secret)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
}

export function wordPressSignals(storeUrl: string): string {
  return `${storeUrl}/wp-json/tocsin/v1/signals`;
}

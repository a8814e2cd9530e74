// What is known of a request while it is served: its id, and the route's pattern, since the address itself may hold a secret.
import type { IncomingMessage } from 'node:http';

export type RequestRecord = {
  id: string;
  /** Such as `GET /v1/incidents/:id`; `unmatched` until a route takes it. */
  route: string;
};

const records = new WeakMap<IncomingMessage, RequestRecord>();

export function openRequestRecord(request: IncomingMessage, id: string): RequestRecord {
  const record = { id, route: 'unmatched' };
  records.set(request, record);
  return record;
}

export function requestRecord(request: IncomingMessage): RequestRecord {
  return records.get(request) ?? { id: 'req_unknown', route: 'unmatched' };
}

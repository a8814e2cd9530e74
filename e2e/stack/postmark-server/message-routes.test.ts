import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOf, get, message, startForTest } from './test-server.ts';

const HOUR = 3_600_000;

test('one metadata search settles a whole batch', async (t) => {
  const server = await startForTest(t);
  const client = clientOf(server);
  const batch = (bid: string, size: number) =>
    Array.from({ length: size }, (_, index) =>
      message({
        To: `${bid}-${String(index)}@example.org`,
        Metadata: { bid, did: `${bid}-${String(index)}` },
      }),
    );
  await client.sendEmailBatch(batch('one', 500));
  await client.sendEmailBatch(batch('two', 3));
  const found = await client.getOutboundMessages({ count: 500, offset: 0, metadata_bid: 'one' });
  assert.equal(Number(found.TotalCount), 500);
  assert.equal(new Set(found.Messages.map(({ Metadata }) => Metadata.did)).size, 500);
  const two = await client.getOutboundMessages({ count: 2, offset: 2, metadata_BID: 'two' });
  assert.equal(Number(two.TotalCount), 3);
  assert.deepEqual(two.Messages[0]?.To, [{ Email: 'two-0@example.org', Name: '' }]);
});

test('an item of a search has every field of the client’s type', async (t) => {
  const server = await startForTest(t, { now: () => Date.UTC(2026, 10, 23, 12) });
  const { MessageID } = await clientOf(server).sendEmail(
    message({ Tag: 'x', Metadata: { did: '1' } }),
  );
  const { Messages } = await clientOf(server).getOutboundMessages({ count: 1 });
  assert.deepEqual(Messages, [
    {
      Tag: 'x',
      MessageID,
      To: [{ Email: 'ann@example.org', Name: '' }],
      Cc: [],
      Bcc: [],
      Recipients: ['ann@example.org'],
      ReceivedAt: '2026-11-23T12:00:00.0000000Z',
      From: 'Shop <notice@shop.example>',
      Subject: 'About your data',
      Attachments: [],
      Status: 'Sent',
      TrackOpens: false,
      TrackLinks: 'None',
      Metadata: { did: '1' },
      MessageStream: 'outbound',
      Sandboxed: false,
    },
  ]);
  const details = await clientOf(server).getOutboundMessageDetails(MessageID);
  assert.equal(details.TextBody, 'Hello');
  assert.equal(details.MessageEvents[0]?.Type, 'Delivered');
});

test('filters narrow a search by recipient, sender, tag, subject, stream, status and date', async (t) => {
  let now = Date.UTC(2026, 10, 23, 3);
  const server = await startForTest(t, { now: () => now });
  const client = clientOf(server);
  // 22:00 Eastern Time of the day before, as Postmark counts days.
  await client.sendEmail(message({ To: 'ann@example.org', Tag: 'old', Subject: 'First' }));
  now += 4 * HOUR;
  await client.sendEmail(
    message({
      To: 'bo@example.org',
      Cc: 'ann@example.org',
      From: 'owner@elsewhere.example',
      MessageStream: 'broadcast',
    }),
  );
  const count = async (query: string): Promise<unknown> => {
    const { json } = await get(server, `/messages/outbound?count=10&offset=0&${query}`);
    return (json as { TotalCount: number }).TotalCount;
  };
  assert.equal(await count('recipient=ANN@example.org'), 2);
  assert.equal(await count('recipient=bo@example.org'), 1);
  assert.equal(await count('recipient=example.org'), 0);
  assert.equal(await count('fromEmail=owner@elsewhere.example'), 1);
  assert.equal(await count('tag=old'), 1);
  assert.equal(await count('subject=first'), 1);
  assert.equal(await count('messagestream=broadcast'), 1);
  assert.equal(await count('status=sent'), 2);
  assert.equal(await count('status=queued'), 0);
  assert.equal(await count('todate=2026-11-22'), 1);
  assert.equal(await count('fromdate=2026-11-23'), 1);
  assert.equal(await count('fromdate=2026-11-22T22:00:00&todate=2026-11-22T22:00:00'), 1);
  assert.equal(await count('fromdate=2026-11-23T07:00:00Z'), 1);
});

test('a search that Postmark would refuse is refused', async (t) => {
  const server = await startForTest(t);
  for (const query of [
    '',
    'count=10',
    'offset=0',
    'count=501&offset=0',
    'count=0&offset=0',
    'count=x&offset=0',
    'count=500&offset=9501',
    'count=10&offset=0&metadata_bid=1&metadata_did=2',
    'count=10&offset=0&status=lost',
    'count=10&offset=0&fromdate=yesterday',
  ]) {
    const { status, json } = await get(server, `/messages/outbound?${query}`);
    assert.equal(status, 422, query);
    assert.equal((json as { ErrorCode: number }).ErrorCode, 700, query);
  }
  assert.equal((await get(server, '/messages/outbound?count=500&offset=9500')).status, 200);
  const { status, json } = await get(server, '/messages/outbound/none/details');
  assert.equal(status, 422);
  assert.equal((json as { ErrorCode: number }).ErrorCode, 701);
});

test('with a search lag a message is found only after it', async (t) => {
  let now = Date.UTC(2026, 0, 1);
  const server = await startForTest(t, { now: () => now, faults: { searchLagMs: 60_000 } });
  const { MessageID } = await clientOf(server).sendEmail(message({ Metadata: { did: 'd' } }));
  const search = async () => {
    const found = await clientOf(server).getOutboundMessages({ metadata_did: 'd' });
    return Number(found.TotalCount);
  };
  now += 59_999;
  assert.equal(await search(), 0);
  assert.equal((await get(server, `/messages/outbound/${MessageID}/details`)).status, 422);
  now += 1;
  assert.equal(await search(), 1);
  assert.equal((await get(server, `/messages/outbound/${MessageID}/details`)).status, 200);
});

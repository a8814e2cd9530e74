import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Models } from 'postmark';
import { clientOf, get, message, post, startForTest } from './test-server.ts';

test('streams are listed and shown, and an unknown one is code 1226', async (t) => {
  const server = await startForTest(t);
  const { MessageStreams, TotalCount } = await clientOf(server).getMessageStreams();
  assert.equal(TotalCount, 2);
  assert.deepEqual(
    MessageStreams.map(({ ID, MessageStreamType }) => [ID, MessageStreamType]),
    [
      ['outbound', 'Transactional'],
      ['broadcast', 'Broadcasts'],
    ],
  );
  const broadcasts = await clientOf(server).getMessageStreams({ messageStreamType: 'Broadcasts' });
  assert.equal(broadcasts.TotalCount, 1);
  const stream = await clientOf(server).getMessageStream('broadcast');
  assert.equal(stream.SubscriptionManagementConfiguration.UnsubscribeHandlingType, 'Postmark');
  const { status, json } = await get(server, '/message-streams/nope');
  assert.equal(status, 422);
  assert.equal((json as { ErrorCode: number }).ErrorCode, 1226);
});

test('suppressions can be added, dumped with filters and removed, per stream', async (t) => {
  let now = Date.UTC(2026, 5, 1, 12);
  const server = await startForTest(t, { now: () => now });
  const client = clientOf(server);
  server.suppress('outbound', 'bounced@example.org', 'HardBounce');
  server.suppress('outbound', 'angry@example.org', 'SpamComplaint');
  now += 48 * 3_600_000;
  const added = await client.createSuppressions('outbound', {
    Suppressions: [{ EmailAddress: 'Manual@example.org' }, { EmailAddress: 'nonsense' }],
  });
  assert.deepEqual(
    added.Suppressions.map(({ Status }) => Status),
    ['Suppressed', 'Failed'],
  );
  const dump = async (filter: Partial<Models.SuppressionFilteringParameters>) => {
    const { Suppressions } = await client.getSuppressions('outbound', filter);
    return Suppressions.map(({ EmailAddress }) => EmailAddress);
  };
  assert.equal((await dump({})).length, 3);
  const { HardBounce } = Models.SuppressionReason;
  assert.deepEqual(await dump({ suppressionReason: HardBounce }), ['bounced@example.org']);
  assert.deepEqual(await dump({ origin: Models.SuppressionOrigin.Customer }), [
    'manual@example.org',
  ]);
  assert.deepEqual(await dump({ fromDate: '2026-06-02' }), ['manual@example.org']);
  assert.equal((await dump({ toDate: '2026-06-02' })).length, 2);
  assert.deepEqual(await dump({ emailAddress: 'angry@example.org' }), ['angry@example.org']);
  assert.deepEqual((await client.getSuppressions('broadcast')).Suppressions, []);

  const removed = await client.deleteSuppressions('outbound', {
    Suppressions: [{ EmailAddress: 'bounced@example.org' }, { EmailAddress: 'angry@example.org' }],
  });
  assert.deepEqual(
    removed.Suppressions.map(({ Status }) => Status),
    ['Deleted', 'Failed'],
  );
  assert.equal((await client.sendEmail(message({ To: 'bounced@example.org' }))).ErrorCode, 0);
  assert.equal((await post(server, '/message-streams/outbound/suppressions', '{}')).status, 422);
  assert.equal((await post(server, '/message-streams/x/suppressions', '{}')).status, 422);
});

test('a bounce is listed, suppresses the address and shows in the message', async (t) => {
  const server = await startForTest(t);
  const client = clientOf(server);
  const sent = await client.sendEmailBatch([
    message({ To: 'bounce-a@example.org', Tag: 'n' }),
    message({ To: 'soft-a@example.org' }),
    message({ To: 'complain-a@example.org' }),
    message({ To: 'ann@example.org' }),
  ]);
  const all = await client.getBounces({ count: 10 });
  assert.deepEqual(
    all.Bounces.map(({ Type, TypeCode, Inactive }) => [Type, TypeCode, Inactive]),
    [
      ['SpamComplaint', 100001, true],
      ['SoftBounce', 4096, false],
      ['HardBounce', 1, true],
    ],
  );
  const { HardBounce } = Models.BounceType;
  const hard = await client.getBounces({ type: HardBounce, tag: 'n', inactive: true });
  assert.equal(hard.Bounces[0]?.MessageID, sent[0]?.MessageID);
  assert.equal((await client.getBounce(hard.Bounces[0]?.ID ?? 0)).Email, 'bounce-a@example.org');
  assert.equal((await client.getBounces({ inactive: false })).TotalCount, 1);
  const details = await client.getOutboundMessageDetails(sent[0]?.MessageID ?? '');
  assert.equal(details.MessageEvents[0]?.Type, 'Bounced');
  const again = await client.sendEmailBatch([
    message({ To: 'bounce-a@example.org' }),
    message({ To: 'soft-a@example.org' }),
    message({ To: 'complain-a@example.org' }),
  ]);
  assert.deepEqual(
    again.map(({ ErrorCode }) => ErrorCode),
    [406, 0, 406],
  );
  assert.equal((await get(server, '/bounces/99')).status, 422);
  assert.equal((await get(server, '/bounces?count=501&offset=0')).status, 422);
});

test('the server and its webhooks are shown without secrets', async (t) => {
  const webhook = { url: 'http://u:hidden@127.0.0.1:9/hook', user: 'hooks', password: 'hidden' };
  const server = await startForTest(t, { webhook, serverName: 'Shop', serverId: 7 });
  const shown = await clientOf(server).getServer();
  assert.equal(shown.Name, 'Shop');
  assert.equal(shown.ID, 7);
  assert.equal(shown.DeliveryType, 'Live');
  const { Webhooks } = await clientOf(server).getWebhooks({ messageStream: 'outbound' });
  assert.equal(Webhooks.length, 1);
  assert.equal(Webhooks[0]?.Triggers.Delivery.Enabled, true);
  assert.doesNotMatch(JSON.stringify(Webhooks), /hidden/);
});

test('an unknown route is a 404 in Postmark’s form', async (t) => {
  const server = await startForTest(t);
  for (const path of [
    '/nope',
    '/email',
    '/messages/inbound',
    '/message-streams/outbound/x',
    '/%E0',
  ]) {
    const { status, json } = await get(server, path);
    assert.equal(status, 404, path);
    assert.deepEqual(Object.keys(json as object), ['ErrorCode', 'Message'], path);
  }
});

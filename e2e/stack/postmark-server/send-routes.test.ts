import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Errors } from 'postmark';
import { acceptedBy, clientOf, get, message, post, startForTest, TOKEN } from './test-server.ts';

interface Result {
  ErrorCode: number;
  Message: string;
  MessageID?: string;
}

test('a message sent with the real client is kept with all its fields', async (t) => {
  const server = await startForTest(t);
  const answer = await clientOf(server).sendEmail(
    message({
      To: '"Ann, A." <ann@example.org>, bo@example.org',
      Cc: 'cy@example.org',
      HtmlBody: '<p>Hello</p>',
      Tag: 'notice',
      Metadata: { did: 'd-1', bid: 'b-1' },
      Headers: [{ Name: 'X-Reason', Value: 'test' }],
      Attachments: [{ Name: 'a.txt', Content: 'aGk=', ContentType: 'text/plain', ContentID: null }],
    }),
  );
  assert.equal(answer.ErrorCode, 0);
  assert.equal(answer.Message, 'OK');
  assert.match(answer.MessageID, /^[0-9a-f-]{36}$/);
  assert.match(answer.SubmittedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
  const [kept] = await acceptedBy(server);
  assert.ok(kept);
  assert.equal(kept.MessageID, answer.MessageID);
  assert.deepEqual(kept.To[0], { Email: 'ann@example.org', Name: 'Ann, A.' });
  assert.deepEqual(kept.Recipients, ['ann@example.org', 'bo@example.org', 'cy@example.org']);
  assert.deepEqual(kept.Metadata, { did: 'd-1', bid: 'b-1' });
  assert.deepEqual(kept.Headers, [{ Name: 'X-Reason', Value: 'test' }]);
  assert.equal(kept.HtmlBody, '<p>Hello</p>');
  assert.equal(kept.Attachments[0]?.Content, 'aGk=');
});

test('a batch answers in order, with single refusals inside a 200', async (t) => {
  const server = await startForTest(t);
  server.suppress('outbound', 'gone@example.org', 'HardBounce');
  const results = await clientOf(server).sendEmailBatch([
    message(),
    message({ To: 'gone@example.org' }),
    message({ To: 'not an address' }),
    message({ To: 'bo@example.org' }),
  ]);
  assert.deepEqual(
    results.map(({ ErrorCode }) => ErrorCode),
    [0, 406, 300, 0],
  );
  assert.deepEqual([...server.countByRecipient().keys()], ['ann@example.org', 'bo@example.org']);
  assert.deepEqual(server.counters.rejected, { 300: 1, 406: 1 });
});

test('a missing and a wrong token are 401 with code 10, and nothing is accepted', async (t) => {
  const server = await startForTest(t);
  for (const token of ['', 'wrong']) {
    const response = await post(server, '/email', message(), { 'x-postmark-server-token': token });
    assert.equal(response.status, 401);
    assert.equal(((await response.json()) as Result).ErrorCode, 10);
  }
  assert.equal(server.counters.accepted, 0);
});

test('the token is compared without case and POSTMARK_API_TEST checks without keeping', async (t) => {
  const server = await startForTest(t);
  const upper = { 'x-postmark-server-token': TOKEN.toUpperCase() };
  assert.equal((await post(server, '/email', message(), upper)).status, 200);
  const tests = { 'x-postmark-server-token': 'POSTMARK_API_TEST' };
  const good = (await (await post(server, '/email', message(), tests)).json()) as Result;
  assert.equal(good.Message, 'Test job accepted');
  assert.equal((await post(server, '/email', message({ To: 'x' }), tests)).status, 422);
  assert.equal(server.summary().accepted, 1);
});

test('missing JSON headers are 415 and broken JSON is code 402', async (t) => {
  const server = await startForTest(t);
  for (const headers of [{ accept: 'text/html' }, { 'content-type': 'text/plain' }]) {
    const response = await post(server, '/email', message(), headers);
    assert.equal(response.status, 415);
    assert.equal(((await response.json()) as Result).ErrorCode, 409);
  }
  const broken = await post(server, '/email/batch', '[{');
  assert.equal(broken.status, 422);
  assert.equal(((await broken.json()) as Result).ErrorCode, 402);
});

const list = (count: number, name = 'p'): string =>
  Array.from({ length: count }, (_, index) => `${name}${String(index)}@example.org`).join(', ');
const fields = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${String(index)}`, 'v']));

const REFUSALS: readonly [string, object, number, RegExp][] = [
  ['no From', { From: '' }, 300, /'From'/],
  ['two From addresses', { From: 'a@shop.example, b@shop.example' }, 300, /'From'/],
  ['an unknown sender', { From: 'x@stranger.example' }, 400, /not a Sender Signature/],
  ['a subdomain of a confirmed domain', { From: 'x@a.shop.example' }, 400, /Sender Signature/],
  ['another address beside a confirmed one', { From: 'x@elsewhere.example' }, 400, /Signature/],
  ['an unconfirmed sender', { From: 'new@pending.example' }, 401, /confirmed/],
  ['no recipient', { To: '' }, 300, /Zero recipients/],
  [
    'a To that is no address',
    { To: 'ann@localhost' },
    300,
    /Invalid 'To' address: 'ann@localhost'/,
  ],
  ['a To with an empty entry', { To: 'ann@example.org,' }, 300, /Invalid 'To'/],
  ['a Cc that is no address', { Cc: 'bo' }, 300, /Invalid 'Cc'/],
  ['a ReplyTo that is no address', { ReplyTo: 'bo' }, 300, /Invalid 'ReplyTo'/],
  ['51 recipients', { To: list(30), Cc: list(10, 'c'), Bcc: list(11, 'b') }, 300, /limit of 50/],
  ['no body', { TextBody: '' }, 300, /TextBody or HtmlBody/],
  ['a Tag of 1,001', { Tag: 't'.repeat(1001) }, 300, /1000/],
  ['11 metadata fields', { Metadata: fields(11) }, 300, /10 fields/],
  ['a metadata name of 21', { Metadata: { ['k'.repeat(21)]: 'v' } }, 300, /20 characters/],
  ['a metadata value of 81', { Metadata: { k: 'v'.repeat(81) } }, 300, /80 characters.*'k'/],
  ['metadata names equal but for case', { Metadata: { did: '1', DID: '2' } }, 300, /unique/],
  ['metadata that is not text', { Metadata: { n: 1 } }, 403, /\$\.Metadata/],
  ['headers that are no list', { Headers: { Name: 'X', Value: 'y' } }, 403, /\$\.Headers/],
  ['a header without a value', { Headers: [{ Name: 'X' }] }, 403, /\$\.Headers/],
  ['an unknown TrackLinks', { TrackLinks: 'Sometimes' }, 403, /\$\.TrackLinks/],
  ['a TrackOpens that is text', { TrackOpens: 'true' }, 403, /\$\.TrackOpens/],
  ['a Subject that is a number', { Subject: 5 }, 403, /\$\.Subject/],
  ['an unknown stream', { MessageStream: 'nope' }, 1235, /'nope' does not exist/],
  ['the inbound stream', { MessageStream: 'inbound' }, 1236, /not supported/],
  [
    'a forbidden attachment',
    { Attachments: [{ Name: 'run.EXE', Content: 'aGk=', ContentType: 'x/y' }] },
    411,
    /not allowed/,
  ],
  ['a text body over 5 MB', { TextBody: 'x'.repeat(5 * 1024 * 1024 + 1) }, 300, /5 MB/],
];

test('each broken rule is refused with its code and a message that names it', async (t) => {
  const server = await startForTest(t, { unconfirmedSignatures: ['pending.example'] });
  for (const [name, change, code, text] of REFUSALS) {
    const response = await post(server, '/email', message(change));
    const { ErrorCode, Message } = (await response.json()) as Result;
    assert.equal(response.status, 422, name);
    assert.equal(ErrorCode, code, `${name}: ${Message}`);
    assert.match(Message, text, name);
  }
  assert.equal(server.counters.accepted, 0);
});

test('what is just within the limits is accepted', async (t) => {
  const server = await startForTest(t);
  const within = [
    { To: list(30), Cc: list(10, 'c'), Bcc: list(10, 'b') },
    { Tag: 't'.repeat(1000) },
    { Metadata: fields(10) },
    { Metadata: { ['k'.repeat(20)]: 'v'.repeat(80) } },
    { TextBody: 'x'.repeat(5 * 1024 * 1024) },
    { From: 'OWNER@Elsewhere.example' },
    { To: '"Ünï, \\"Q\\"" <ünï@bücher.example>' },
    { TrackLinks: 'HtmlAndText', TrackOpens: true, Headers: null, Metadata: null },
  ];
  for (const change of within) {
    const response = await post(server, '/email', message(change));
    assert.equal(response.status, 200, JSON.stringify(change).slice(0, 80));
  }
  assert.equal(server.counters.accepted, within.length);
});

test('without MessageStream a message goes to outbound', async (t) => {
  const server = await startForTest(t);
  const { MessageStream: _dropped, ...rest } = message();
  assert.equal((await post(server, '/email', rest)).status, 200);
  const [kept] = await acceptedBy(server);
  assert.equal(kept?.MessageStream, 'outbound');
});

test('500 messages pass and 501 are refused whole with 422 and code 410', async (t) => {
  const server = await startForTest(t);
  const batch = Array.from({ length: 501 }, (_, i) => message({ To: `p${String(i)}@example.org` }));
  await assert.rejects(clientOf(server).sendEmailBatch(batch), (error: Errors.HttpError) => {
    assert.equal(error.statusCode, 422);
    assert.equal(error.code, 410);
    return true;
  });
  assert.equal(server.counters.accepted, 0);
  assert.equal((await clientOf(server).sendEmailBatch(batch.slice(1))).length, 500);
});

test('a wrong type in one message of a batch refuses the whole call and names the place', async (t) => {
  const server = await startForTest(t);
  const response = await post(server, '/email/batch', [message(), message({ Tag: 7 })]);
  assert.equal(response.status, 422);
  const { ErrorCode, Message } = (await response.json()) as Result;
  assert.equal(ErrorCode, 403);
  assert.match(Message, /\$\[1\]\.Tag/);
  assert.equal(server.counters.accepted, 0);
  assert.equal((await post(server, '/email/batch', message())).status, 422);
});

test('one message over 10 MB and a batch over 50 MB are 413, a large one in a batch is refused alone', async (t) => {
  const server = await startForTest(t);
  const attachment = (bytes: number) => ({
    Attachments: [{ Name: 'a.bin.txt', Content: 'A'.repeat(bytes), ContentType: 'text/plain' }],
  });
  const large = message(attachment(11 * 1024 * 1024));
  assert.equal((await post(server, '/email', large)).status, 413);
  const mixed = (await (await post(server, '/email/batch', [message(), large])).json()) as Result[];
  assert.deepEqual(
    mixed.map(({ ErrorCode }) => ErrorCode),
    [0, 300],
  );
  const nine = message(attachment(9 * 1024 * 1024));
  assert.equal(
    (await post(server, '/email/batch', [nine, nine, nine, nine, nine, nine])).status,
    413,
  );
  assert.equal(server.counters.accepted, 1);
});

test('an inactive recipient is the client’s InactiveRecipientsError with the address', async (t) => {
  const server = await startForTest(t);
  server.suppress('outbound', 'Gone@example.org', 'SpamComplaint');
  await assert.rejects(
    clientOf(server).sendEmail(message({ To: 'gone@EXAMPLE.org' })),
    (error: Errors.InactiveRecipientsError) => {
      assert.ok(error instanceof Errors.InactiveRecipientsError);
      assert.deepEqual(error.recipients, ['gone@EXAMPLE.org']);
      return true;
    },
  );
  const both = await clientOf(server).sendEmail(
    message({ To: 'gone@example.org, ann@example.org' }),
  );
  assert.match(both.Message, /will not deliver to these inactive addresses: gone@example\.org$/);
  const other = await clientOf(server).sendEmail(
    message({ To: 'gone@example.org', MessageStream: 'broadcast' }),
  );
  assert.equal(other.ErrorCode, 0);
});

test('a delivery id accepted twice and an address accepted twice are found', async (t) => {
  const server = await startForTest(t);
  const send = (did: string, To: string) => ({ ...message({ To }), Metadata: { did } });
  const results = await clientOf(server).sendEmailBatch([
    send('d1', 'ann@example.org'),
    send('d2', 'bo@example.org'),
    send('d1', 'Ann@Example.org'),
    send('d3', 'bo@example.org'),
  ]);
  assert.deepEqual(server.duplicates(), {
    deliveries: [
      { did: 'd1', count: 2, messageIds: [results[0]?.MessageID, results[2]?.MessageID] },
    ],
    recipients: [
      { email: 'ann@example.org', count: 2 },
      { email: 'bo@example.org', count: 2 },
    ],
  });
  const summary = (await get(server, '/_summary')).json as ReturnType<typeof server.summary>;
  assert.equal(summary.accepted, 4);
  assert.equal(summary.distinctRecipients, 2);
  assert.equal(summary.duplicateDeliveries, 1);
  assert.equal(summary.duplicateRecipients, 2);
});

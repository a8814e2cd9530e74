import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PostmarkServer } from './start-postmark-server.ts';
import { clientOf, message, startForTest } from './test-server.ts';

async function page(server: PostmarkServer, path: string) {
  const response = await fetch(server.url + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test('an empty inbox says so', async (t) => {
  const server = await startForTest(t);
  const { status, text } = await page(server, '/');
  assert.equal(status, 200);
  assert.match(text, /No mail yet/);
  assert.match((await page(server, '/?to=ann')).text, /No mail to an address with “ann”/);
});

test('the inbox shows the newest first, in pages that miss none', async (t) => {
  const server = await startForTest(t);
  const people = Array.from({ length: 120 }, (_, n) =>
    message({ To: `p${String(n)}@example.org` }),
  );
  await clientOf(server).sendEmailBatch(people);
  const seen: number[] = [];
  for (let path: string | undefined = '/'; path !== undefined;) {
    const { text } = await page(server, path);
    assert.match(text, /120 mails\./);
    for (const match of text.matchAll(/class="to">p(\d+)@/g)) seen.push(Number(match[1]));
    path = /href="([^"]*)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 120 }, (_, index) => 119 - index),
  );
});

test('search finds part of an address and treats wildcards as letters', async (t) => {
  const server = await startForTest(t);
  await clientOf(server).sendEmailBatch([
    message({ To: 'Ann_a@example.org' }),
    message({ To: 'bo@example.org', Cc: 'cy@other.example' }),
  ]);
  const count = async (to: string): Promise<number> => {
    const { text } = await page(server, `/?to=${encodeURIComponent(to)}`);
    return [...text.matchAll(/class="to"/g)].length;
  };
  assert.equal(await count('example.org'), 2);
  assert.equal(await count('ANN'), 1);
  assert.equal(await count('cy@other'), 1);
  assert.equal(await count('%'), 0);
  assert.equal(await count('n_a'), 1);
  assert.equal(await count('o_e'), 0);
});

test('a mail shows its parts, and nothing in it can break out of the page', async (t) => {
  const server = await startForTest(t);
  const evil = `"><script>alert(1)</script><b a='`;
  const { MessageID } = await clientOf(server).sendEmail(
    message({
      From: `"${evil.replaceAll('"', '\\"')}" <a@shop.example>`,
      Subject: evil,
      HtmlBody: `<p>Dear Ann</p>${evil}`,
      TextBody: `Dear Ann ${evil}`,
      Tag: evil,
      Metadata: { did: evil, '<b>': 'x' },
      Headers: [{ Name: 'X-Evil', Value: evil }],
    }),
  );
  for (const path of ['/', `/mail/${MessageID}`, `/?to=${encodeURIComponent(evil)}`]) {
    const { text, headers } = await page(server, path);
    assert.doesNotMatch(text, /<script/i, path);
    assert.doesNotMatch(text, /<b[ >]/, path);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /script-src/);
  }
  const { text } = await page(server, `/mail/${MessageID}`);
  assert.match(
    text,
    /<iframe sandbox="" title="HTML of the mail" srcdoc="&lt;p&gt;Dear Ann&lt;\/p&gt;/,
  );
  for (const part of ['X-Evil', 'Metadata', 'Dear Ann &quot;&gt;', MessageID, 'ann@example.org']) {
    assert.ok(text.includes(part), part);
  }
});

test('a bounced mail is marked and an unknown one is a 404', async (t) => {
  const server = await startForTest(t);
  await clientOf(server).sendEmail(message({ To: 'bounce-1@example.org' }));
  assert.match((await page(server, '/')).text, /badge bad">bounced</);
  const { status, text } = await page(server, '/mail/none');
  assert.equal(status, 404);
  assert.match(text, /No such mail/);
});

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import type { TestContext } from 'node:test';

const MAIN = join(import.meta.dirname, 'main.ts');

async function startProcess(t: TestContext, options: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, '--token', 'tok', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  t.after(() => child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, ended, said: JSON.parse(line) as { url: string; port: number; pid: number } };
}

function sendBatch(url: string, from: number, body: string): Promise<Response> {
  const batch = Array.from({ length: 500 }, (_, index) => ({
    From: 'a@example.com',
    To: `p${String(from + index)}@example.org`,
    Subject: 'Notice',
    TextBody: body,
    Metadata: { did: `d${String(from + index)}`, bid: `b${String(from)}` },
  }));
  return fetch(`${url}/email/batch`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-postmark-server-token': 'tok',
    },
    body: JSON.stringify(batch),
  });
}

test('the process says where it listens and stops with its standard input or on SIGTERM', async (t) => {
  const first = await startProcess(t, ['--exit-with-stdin']);
  assert.equal(first.said.url, `http://127.0.0.1:${String(first.said.port)}`);
  assert.equal(first.said.pid, first.child.pid);
  assert.equal((await sendBatch(first.said.url, 0, 'Hello')).status, 200);
  first.child.stdin.end();
  assert.deepEqual(await first.ended, [0, null]);
  const second = await startProcess(t, []);
  second.child.kill('SIGTERM');
  assert.deepEqual(await second.ended, [0, null]);
});

test('a wrong option ends the process with a sentence', async () => {
  for (const [options, sentence] of [
    [['--token', ''], /serverToken is empty/],
    [['--token', 't', '--port', 'x'], /--port/],
    [['--token', 't', '--stream', 'a:Fast'], /--stream/],
    [['--token', 't', '--webhook-url', 'http://x', '--webhook-events', 'Open'], /--webhook-events/],
  ] as const) {
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile(process.execPath, [MAIN, ...options], (error, _stdout, text) =>
        resolve({ code: error?.code, stderr: text }),
      );
    });
    assert.equal(code, 1);
    assert.match(stderr, sentence);
  }
});

const residentMegabytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
};

test('100,000 messages are accepted, found and counted, with memory staying flat', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'postmark-server-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { said } = await startProcess(t, ['--db', join(folder, 'mail.db'), '--exit-with-stdin']);
  const body = 'x'.repeat(1000);
  const started = performance.now();
  const memory: number[] = [];
  for (let from = 0; from < 100_000; from += 500) {
    const response = await sendBatch(said.url, from, body);
    assert.equal(((await response.json()) as unknown[]).length, 500);
    if (from % 25_000 === 0 && process.platform === 'linux') {
      memory.push(await residentMegabytes(said.pid));
    }
  }
  const rate = Math.round(100_000 / ((performance.now() - started) / 1000));
  t.diagnostic(`${String(rate)} messages/s, resident MB ${memory.map(Math.round).join(' ')}`);
  const summary = (await (await fetch(`${said.url}/_summary`)).json()) as Record<string, number>;
  assert.equal(summary.accepted, 100_000);
  assert.equal(summary.distinctRecipients, 100_000);
  assert.equal(summary.duplicateDeliveries, 0);
  const found = await fetch(
    `${said.url}/messages/outbound?count=500&offset=0&metadata_bid=b50000`,
    {
      headers: { accept: 'application/json', 'x-postmark-server-token': 'tok' },
    },
  );
  assert.equal(((await found.json()) as { TotalCount: number }).TotalCount, 500);
  // The messages alone are 130 MB and more; a server that kept them in memory would show it here.
  const growth = (memory.at(-1) ?? 0) - (memory[1] ?? 0);
  assert.ok(growth < 60, `grew by ${String(Math.round(growth))} MB`);
});

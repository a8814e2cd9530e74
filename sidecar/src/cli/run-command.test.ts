import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openLedger } from '../adapters/ledger/open-ledger.ts';
import { openVault } from '../adapters/vault/open-vault.ts';
import type { Config } from '../config/load-config.ts';
import { isCoded } from '../domain/coded-error.ts';
import { scenePlan } from '../use-cases/approval-scene.ts';
import { countingIds, fixedClock, seededRandomness } from '../use-cases/ports/fixed.ts';
import { makeApproverCommand } from './approver-command.ts';
import { runCommand } from './run-command.ts';
import { verifyCommand } from './verify-command.ts';

function makeIo() {
  const lines: string[] = [];
  const add = (line: string): void => void lines.push(line);
  return { lines, io: { out: add, err: add, env: {} } };
}

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-cli-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

test('a missing file of --earlier is refused by the name of the option', async (t) => {
  const { lines, io } = makeIo();
  const folder = emptyFolder(t);
  const file = join(folder, 'none');
  assert.equal(await runCommand([verifyCommand], ['verify', folder, '--earlier', file], io), 1);
  assert.match(lines[0] ?? '', /checkpoint of --earlier: ENOENT .*\[cli\.bad_options\]$/);
});

test('hours that are no number, or out of range, are refused by the name of the option', async () => {
  const { io } = makeIo();
  const approver = makeApproverCommand(async () => {
    const clock = fixedClock();
    const ledger = await openLedger({ file: ':memory:', clock });
    return {
      ledger,
      clock,
      ids: countingIds(),
      randomness: seededRandomness(),
      vault: openVault({ masterKey: new Uint8Array(32) }),
      plan: scenePlan('http://localhost:4711'),
      close: () => ledger.close(),
    };
  });
  const invite = (hours: string): Promise<number> =>
    approver.run({
      args: ['invite', '--name', 'Ada', '--email', 'ada@shop.example', `--hours=${hours}`],
      io,
      config: () => ({}) as Config,
    });
  for (const hours of ['abc', '', '0', '169', '-3', '1e2']) {
    await assert.rejects(invite(hours), (error) => {
      assert.ok(isCoded(error, 'cli.bad_options'), hours);
      assert.match(error.message, /--hours .*allowed: 1 to 168/);
      return true;
    });
  }
  assert.equal(await invite('48'), 0);
});

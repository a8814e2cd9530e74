import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCoded } from '../../domain/coded-error.ts';
import { openVault } from './open-vault.ts';

const vault = openVault({ masterKey: new Uint8Array(32).fill(7) });

test('opens what it sealed, only in the same context and unchanged', () => {
  const incident = vault.unlock(vault.createKey());
  const sealed = incident.seal('Zoë · 例', 'person:a:1');
  assert.equal(incident.open(sealed, 'person:a:1'), 'Zoë · 例');
  assert.throws(
    () => incident.open(sealed, 'person:a:2'),
    (error) => isCoded(error, 'vault.cannot_open'),
  );
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.throws(
      () => incident.open(changed, 'person:a:1'),
      (error) => isCoded(error, 'vault.cannot_open'),
    );
  }
});

test('another incident cannot open it, and gives other index bytes', () => {
  const a = vault.unlock(vault.createKey());
  const b = vault.unlock(vault.createKey());
  assert.throws(
    () => b.open(a.seal('x', 'c'), 'c'),
    (error) => isCoded(error, 'vault.cannot_open'),
  );
  assert.notDeepEqual(a.index('email:a@example.com'), b.index('email:a@example.com'));
  assert.deepEqual(a.index('email:a@example.com'), a.index('email:a@example.com'));
});

test('a data key survives a restart and is refused under another master key', () => {
  const wrapped = vault.createKey();
  const sealed = vault.unlock(wrapped).seal('kept', 'c');
  const again = openVault({ masterKey: new Uint8Array(32).fill(7) });
  assert.equal(again.unlock(wrapped).open(sealed, 'c'), 'kept');
  const other = openVault({ masterKey: new Uint8Array(32).fill(8) });
  assert.throws(
    () => other.unlock(wrapped),
    (error) => isCoded(error, 'vault.wrong_master_key'),
  );
});

test('one person has one subject whatever the letter case', () => {
  assert.equal(vault.subject(' Ann@Example.com'), vault.subject('ann@example.COM'));
  assert.notEqual(vault.subject('ann@example.com'), vault.subject('bob@example.com'));
  assert.match(vault.subject('ann@example.com'), /^[0-9a-f]{64}$/);
});

test('refuses a master key of the wrong size', () => {
  assert.throws(
    () => openVault({ masterKey: new Uint8Array(16) }),
    (error) => isCoded(error, 'vault.bad_master_key'),
  );
});

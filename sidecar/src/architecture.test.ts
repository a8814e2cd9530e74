// Keeps imports pointing one way (design.md section 3) and files named and sized as the house rules ask.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';

const ROOT = import.meta.dirname;
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(sep).join('/'));
/** Test support lies beside the tests that use it, is named so, and may use anything. */
const PRODUCT = FILES.filter(
  (name) => !/\.test\.ts$|-scene\.ts$|(^|\/)test-[a-z-]+\.ts$/.test(name),
);

type Import = { from: string; to: string; typeOnly: boolean };

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/^(?:import|export)\s+(type\s+)?[^;]*?from\s+'([^']+)'/gm);
  return [...found].map((match) => ({
    from: file,
    to: target(file, match[2] ?? ''),
    typeOnly: match[1] !== undefined,
  }));
}

function target(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(ROOT, resolve(ROOT, dirname(file), specifier))
    .split(sep)
    .join('/');
}

const roomOf = (path: string): string => path.split('/')[0] ?? '';
const adapterOf = (path: string): string => path.split('/')[1] ?? '';

/** Rooms each room may import from; `main` stands for the composition root, the files beside the rooms. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain', 'contract'],
  contract: ['contract', 'domain'],
  'use-cases': ['use-cases', 'domain', 'contract'],
  adapters: ['adapters', 'use-cases', 'domain', 'contract'],
  runner: ['runner', 'use-cases', 'domain', 'contract'],
  config: ['config', 'domain'],
  cli: ['cli', 'use-cases', 'domain', 'contract', 'config', 'adapters'],
};

test('imports point one way: main to adapters, runner and cli, those to use-cases, those to domain', () => {
  const wrong = PRODUCT.filter((file) => file.includes('/'))
    .flatMap(importsOf)
    .filter(({ to }) => to.endsWith('.ts'))
    .filter(({ from, to }) => !(MAY_IMPORT[roomOf(from)] ?? []).includes(roomOf(to)));
  assert.deepEqual(wrong, []);
});

test('the domain takes types alone from the contract, and the contract types alone from the domain', () => {
  const wrong = PRODUCT.flatMap(importsOf).filter(({ from, to, typeOnly }) => {
    const pair = `${roomOf(from)}>${roomOf(to)}`;
    return (pair === 'domain>contract' || pair === 'contract>domain') && !typeOnly;
  });
  assert.deepEqual(wrong, []);
});

test('adapters do not know each other', () => {
  const wrong = PRODUCT.flatMap(importsOf).filter(
    ({ from, to }) =>
      roomOf(from) === 'adapters' && roomOf(to) === 'adapters' && adapterOf(from) !== adapterOf(to),
  );
  assert.deepEqual(wrong, []);
});

test('the domain does no input or output and has no clock', () => {
  const wrong = PRODUCT.filter((file) => roomOf(file) === 'domain').flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const imports = importsOf(file)
      .map(({ to }) => to)
      .filter(
        (to) =>
          /^node:(?!crypto|buffer|net|util)/.test(to) ||
          ['mysql2', 'express', 'kysely', 'postmark'].includes(to),
      );
    const clock = /\bDate\.now\(|new Date\(\)|\basync \b|\bawait\b/.test(text)
      ? ['a clock or async']
      : [];
    return [...imports, ...clock].map((what) => `${file}: ${what}`);
  });
  assert.deepEqual(wrong, []);
});

test('only config reads the environment', () => {
  const wrong = PRODUCT.filter((file) => roomOf(file) !== 'config').filter((file) =>
    readFileSync(join(ROOT, file), 'utf8').includes('process.env'),
  );
  assert.deepEqual(wrong, []);
});

test('no file hides a missing concept behind a vague name, and none is longer than one concept needs', () => {
  const vague = FILES.filter((file) =>
    /(^|\/)(utils?|helpers?|common|misc|lib|tools?)(\/|\.)/.test(file),
  );
  assert.deepEqual(vague, []);
  const long = PRODUCT.map((file) => ({
    file,
    lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length,
  })).filter(({ file, lines }) => lines > 400 && !file.endsWith('migrations.ts'));
  assert.deepEqual(long, []);
});

test('test support is imported by tests and by test support alone', () => {
  const wrong = PRODUCT.flatMap(importsOf).filter(({ to }) =>
    /\.test\.ts$|-scene\.ts$|(^|\/)test-[a-z-]+\.ts$|ports\/fixed\.ts$/.test(to),
  );
  assert.deepEqual(wrong, []);
});

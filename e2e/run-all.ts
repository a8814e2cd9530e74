// npm test: every section in turn, one line for each step, details only for what failed. The last line is the sum.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOGS = join(ROOT, 'e2e/artefacts/logs');
const BIN = join(ROOT, 'node_modules/.bin');

type Step = {
  name: string;
  section: 'check' | 'build' | 'unit' | 'php' | 'stories';
  command: readonly string[];
  /** Reads how many tests passed and failed from the output; without it the step itself is one test. */
  count?: (output: string) => { passed: number; failed: number };
};

const tests = (pattern: string): string[] => globSync(pattern, { cwd: ROOT }).sort();
const nodeTests = (files: readonly string[], more: readonly string[] = []): string[] => [
  process.execPath,
  '--test',
  '--test-reporter=spec',
  '--test-timeout=180000',
  ...more,
  ...files,
];

const STEPS: readonly Step[] = [
  {
    name: 'format',
    section: 'check',
    command: [join(BIN, 'prettier'), '--check', '--log-level=warn', '.'],
  },
  { name: 'lint', section: 'check', command: [join(BIN, 'eslint'), '--max-warnings=0', '.'] },
  {
    name: 'types: sidecar',
    section: 'check',
    command: [join(BIN, 'tsc'), '--noEmit', '-p', 'sidecar'],
  },
  { name: 'types: e2e', section: 'check', command: [join(BIN, 'tsc'), '--noEmit', '-p', 'e2e'] },
  {
    name: 'types: admin-ui',
    section: 'check',
    command: [join(BIN, 'tsc'), '--noEmit', '-p', 'admin-ui'],
  },
  {
    name: 'syntax: plugin',
    section: 'check',
    command: [
      'bash',
      '-c',
      "find plugin -name '*.php' -print0 | xargs -0 -n1 php -l | grep -v '^No syntax errors' ; test ${PIPESTATUS[0]} -eq 0",
    ],
  },
  {
    name: 'import directions',
    section: 'check',
    command: nodeTests(['sidecar/src/architecture.test.ts']),
    count: countNodeTests,
  },
  {
    name: 'build admin-ui',
    section: 'build',
    command: ['npm', 'run', '--silent', 'build', '-w', 'admin-ui'],
  },
  {
    name: 'sidecar',
    section: 'unit',
    command: nodeTests(tests('sidecar/src/**/*.test.ts')),
    count: countNodeTests,
  },
  {
    name: 'admin-ui',
    section: 'unit',
    command: nodeTests(tests('admin-ui/src/**/*.test.ts')),
    count: countNodeTests,
  },
  {
    name: 'store in a box',
    section: 'unit',
    command: nodeTests(
      [...tests('e2e/stack/**/*.test.ts'), ...tests('e2e/checks/**/*.test.ts')],
      ['--test-concurrency=1'],
    ),
    count: countNodeTests,
  },
  {
    name: 'plugin in WordPress',
    section: 'php',
    command: [process.execPath, 'e2e/run-php-tests.ts'],
    count: countPhpUnit,
  },
  {
    name: 'stories in Chromium',
    section: 'stories',
    command: [join(BIN, 'playwright'), 'test', '--config', 'e2e/playwright.config.ts'],
    count: countPlaywright,
  },
];

const { values } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: false });
const sections = values.only === undefined ? null : values.only.split(',');
const known = [...new Set(STEPS.map((step) => step.section))];
const wrong = (sections ?? []).filter((name) => !known.includes(name as Step['section']));
if (wrong.length > 0) {
  console.error(`There is no section ${wrong.join(', ')}; allowed: ${known.join(', ')}.`);
  process.exit(2);
}

rmSync(LOGS, { recursive: true, force: true });
mkdirSync(LOGS, { recursive: true });
let passed = 0;
let failed = 0;
for (const step of STEPS) {
  if (sections !== null && !sections.includes(step.section)) continue;
  const started = performance.now();
  const logFile = join(LOGS, `${step.section}-${step.name.replace(/\W+/g, '-')}.log`);
  const code = await run(step.command, logFile);
  const output = existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
  const counted = step.count?.(output) ?? {
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
  };
  // A runner that ended badly without naming a failed test, or that ran none, has failed as a whole.
  const isBroken = (code !== 0 && counted.failed === 0) || counted.passed + counted.failed === 0;
  passed += counted.passed;
  failed += counted.failed + (isBroken ? 1 : 0);
  const isGood = code === 0 && !isBroken;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const sum =
    step.count === undefined ? '' : ` (${counted.passed} passed, ${counted.failed} failed)`;
  console.log(`${isGood ? 'ok  ' : 'FAIL'} ${step.section}: ${step.name}${sum} ${seconds} s`);
  if (!isGood) console.log(excerpt(output, logFile));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function run(command: readonly string[], logFile: string): Promise<number> {
  const [program = '', ...args] = command;
  const log = createWriteStream(logFile);
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', CI: process.env['CI'] ?? 'true' },
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once('error', (error) => log.write(`${error.message}\n`));
    child.once('close', (code) => {
      log.end(() => {
        resolve(code ?? 1);
      });
    });
  });
}

function countNodeTests(output: string): { passed: number; failed: number } {
  const of = (name: string): number =>
    Number(new RegExp(`^ℹ ${name} (\\d+)`, 'm').exec(output)?.[1] ?? 0);
  return { passed: of('pass'), failed: of('fail') + of('cancelled') };
}

function countPhpUnit(output: string): { passed: number; failed: number } {
  const good = /OK \((\d+) tests?/.exec(output)?.[1];
  if (good !== undefined) return { passed: Number(good), failed: 0 };
  const all = Number(/Tests: (\d+)/.exec(output)?.[1] ?? 0);
  const bad = [...output.matchAll(/(?:Failures|Errors): (\d+)/g)].reduce(
    (sum, match) => sum + Number(match[1]),
    0,
  );
  const skipped = Number(/Skipped: (\d+)/.exec(output)?.[1] ?? 0);
  return { passed: Math.max(0, all - bad - skipped), failed: bad };
}

function countPlaywright(output: string): { passed: number; failed: number } {
  const of = (name: string): number =>
    Number(new RegExp(`^\\s+(\\d+) ${name}`, 'm').exec(output)?.[1] ?? 0);
  return { passed: of('passed'), failed: of('failed') + of('interrupted') + of('did not run') };
}

/** What a person needs of a failed step's output: the end, where runners say what failed. */
function excerpt(output: string, logFile: string): string {
  const lines = output.trimEnd().split('\n');
  const from = lines.findIndex((line) =>
    /failing tests:|^There w(as|ere) \d+ (failure|error)|^\s+\d+\) \[|error TS/.test(line),
  );
  const shown = (from < 0 ? lines.slice(-40) : lines.slice(from, from + 60)).map(
    (line) => `    ${line}`,
  );
  return [...shown, `    … all of it: ${logFile.slice(ROOT.length)}`].join('\n');
}

// Counts that run or ran a short while ago, in memory only: a preview is worth nothing after a restart.
import type { AudienceCounts, Preview, Scope } from '../contract/scope.ts';
import { canonicalScope } from '../domain/audience/canonical-scope.ts';
import { CodedError, isCoded } from '../domain/coded-error.ts';
import { canonicalHash } from '../domain/evidence/canonical-json.ts';
import type { Clock, Ids } from './ports/clock.ts';

export type PreviewLimits = {
  /** Counts that read the shop at the same time; more wait their turn. */
  readonly running: number;
  /** Counts that may wait; one more is refused. */
  readonly waiting: number;
  /** How long a result is kept, in milliseconds. */
  readonly keepMs: number;
  /** Results kept at most; the oldest go first. */
  readonly kept: number;
};
const LIMITS: PreviewLimits = { running: 2, waiting: 8, keepMs: 600_000, kept: 50 };

export interface PreviewRegistry {
  /** The running count of the same scope, or a new one. Throws `preview.too_many`. */
  start(scope: Scope): Preview;
  /** Throws `preview.not_found`. */
  read(id: string): Preview;
  /** When the count of this id has ended, or after `waitMs`, whichever is first. */
  settled(id: string, waitMs: number): Promise<Preview>;
}

type Entry = {
  preview: Preview;
  readonly scopeHash: string;
  readonly scope: Scope;
  readonly ended: Promise<null>;
  readonly end: () => void;
};

export type CountScope = (input: {
  scope: Scope;
  onRows: (rows: number) => Promise<void>;
}) => Promise<AudienceCounts>;

export function makePreviewRegistry(
  deps: { clock: Clock; ids: Ids; count: CountScope },
  limits: PreviewLimits = LIMITS,
): PreviewRegistry {
  const entries = new Map<string, Entry>();
  const waiting: Entry[] = [];
  let running = 0;

  function find(id: string): Entry {
    forgetOld(entries, deps.clock.now().getTime(), limits);
    const entry = entries.get(id);
    if (entry === undefined) throw notFound();
    return entry;
  }

  function start(scope: Scope): Preview {
    forgetOld(entries, deps.clock.now().getTime(), limits);
    const scopeHash = canonicalHash(canonicalScope(scope));
    for (const entry of entries.values()) {
      if (entry.scopeHash === scopeHash && entry.preview.state === 'counting') return entry.preview;
    }
    if (running >= limits.running && waiting.length >= limits.waiting) throw tooMany(limits);
    const entry = makeEntry(deps.ids.make('prv'), scope, scopeHash);
    entries.set(entry.preview.id, entry);
    waiting.push(entry);
    runNext();
    return entry.preview;
  }

  function runNext(): void {
    while (running < limits.running) {
      const entry = waiting.shift();
      if (entry === undefined) return;
      running += 1;
      void run(deps, entry).finally(() => {
        running -= 1;
        entry.end();
        runNext();
      });
    }
  }

  return {
    start,
    read: (id) => find(id).preview,
    settled: async (id, waitMs) => {
      const entry = find(id);
      if (entry.preview.state === 'counting') await firstOf(entry.ended, waitMs);
      return entry.preview;
    },
  };
}

function makeEntry(id: string, scope: Scope, scopeHash: string): Entry {
  const { promise, resolve } = Promise.withResolvers<null>();
  const preview: Preview = {
    id,
    state: 'counting',
    counts: null,
    rows_read: 0,
    counted_at: null,
    took_ms: null,
    problem: null,
  };
  return {
    preview,
    scope,
    scopeHash,
    ended: promise,
    end: () => {
      resolve(null);
    },
  };
}

/** Never rejects: a failure is the preview's own result. */
async function run(deps: { clock: Clock; count: CountScope }, entry: Entry): Promise<void> {
  const began = deps.clock.now().getTime();
  const change = (part: Partial<Preview>): void => {
    entry.preview = { ...entry.preview, ...part };
  };
  const onRows = (rows: number): Promise<void> => {
    change({ rows_read: rows });
    return Promise.resolve();
  };
  let result: Partial<Preview>;
  try {
    result = { state: 'ready', counts: await deps.count({ scope: entry.scope, onRows }) };
  } catch (error) {
    result = { state: 'failed', problem: problemOf(error) };
  }
  const now = deps.clock.now();
  change({ ...result, counted_at: now.toISOString(), took_ms: now.getTime() - began });
}

function problemOf(error: unknown): { code: string; title: string } {
  if (isCoded(error)) return { code: error.code, title: error.message };
  return { code: 'preview.failed', title: "couldn't count: the sidecar met a fault of its own" };
}

async function firstOf(ended: Promise<null>, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([ended, time]);
  clearTimeout(timer);
}

function forgetOld(entries: Map<string, Entry>, now: number, limits: PreviewLimits): void {
  const ended = [...entries.values()].filter(({ preview }) => preview.counted_at !== null);
  const tooMany = Math.max(0, ended.length - limits.kept);
  ended.forEach(({ preview }, place) => {
    const age = now - Date.parse(preview.counted_at ?? '');
    if (place < tooMany || age > limits.keepMs) entries.delete(preview.id);
  });
}

function notFound(): CodedError {
  return new CodedError({
    code: 'preview.not_found',
    category: 'not_found',
    message: "couldn't find this count: results are kept for some minutes and not over a restart",
    detail: 'Count again.',
  });
}

function tooMany({ running, waiting }: PreviewLimits): CodedError {
  return new CodedError({
    code: 'preview.too_many',
    category: 'rate_limited',
    message: "couldn't start another count: too many are waiting for the shop's database",
    detail: 'Try again in a minute.',
    context: { running, waiting },
  });
}

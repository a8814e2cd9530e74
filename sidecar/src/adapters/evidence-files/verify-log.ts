/**
 * Verifies a log offline, from its files alone: derives every tile and the root again from the
 * entries, checks the signature on the root, then reads the story the entries tell. Streams: one
 * bundle in memory at a time.
 */
import { openCheckpoint } from '../../domain/evidence/checkpoint.ts';
import { encodeBytes, encodeText } from '../../domain/evidence/encoding.ts';
import { EvidenceError, messageOf } from '../../domain/evidence/errors.ts';
import { parseVkey } from '../../domain/evidence/note.ts';
import type { DispatchSummary } from '../../domain/evidence/story-dispatches.ts';
import { makeStory } from '../../domain/evidence/story.ts';
import { describeFiles, judgeFiles } from './judge-files.ts';
import { openLogSource, readHead, readVkey } from './log-source.ts';
import type { LogSource, SignedHead } from './log-source.ts';
import { attemptCheck } from './verify-check.ts';
import type { VerifyCheck } from './verify-check.ts';
import { verifyTree } from './verify-tree.ts';
import type { EarlierHead } from './verify-tree.ts';

export type { VerifyCheck } from './verify-check.ts';

export interface VerifyReport {
  readonly ok: boolean;
  readonly origin?: string;
  readonly size: number;
  /** Root as 64 hex digits; empty when there is no valid checkpoint. */
  readonly root: string;
  /** `pinned`: a key you gave. `inside`: only the key that came with the files. */
  readonly key: 'pinned' | 'inside';
  readonly checks: readonly VerifyCheck[];
  readonly first_problem?: VerifyCheck;
  /** What the entries say about each dispatch; trust it only when `ok`. */
  readonly dispatches: readonly DispatchSummary[];
}

export interface VerifyOptions {
  /** Folder of the log, or an exported .zip. */
  readonly folder: string;
  /** The log's vkey, from somewhere else than the bundle. */
  readonly vkey?: string;
  /** Checkpoint files seen earlier: the log must be a continuation of each. */
  readonly earlierCheckpoints?: readonly string[];
}

/** The report; a log that is bad in any way is a report that is not ok, not an error. */
export async function verifyLog(options: VerifyOptions): Promise<VerifyReport> {
  let source: LogSource | undefined;
  try {
    source = await openLogSource(options.folder);
    return await verifyOnce(source, options);
  } catch (error) {
    const checks = [{ name: 'open', ok: false, sentence: messageOf(error) }];
    return makeReport({ checks, key: options.vkey === undefined ? 'inside' : 'pinned' });
  } finally {
    await source?.close();
  }
}

function makeReport(parts: {
  readonly checks: readonly VerifyCheck[];
  readonly key: VerifyReport['key'];
  readonly head?: SignedHead;
  readonly dispatches?: readonly DispatchSummary[];
}): VerifyReport {
  const problem = parts.checks.find((check) => !check.ok);
  return {
    ok: problem === undefined,
    ...(parts.head === undefined ? {} : { origin: parts.head.origin }),
    size: parts.head?.size ?? 0,
    root: parts.head === undefined ? '' : encodeBytes(parts.head.root, 'hex'),
    key: parts.key,
    checks: parts.checks,
    ...(problem === undefined ? {} : { first_problem: problem }),
    dispatches: parts.dispatches ?? [],
  };
}

async function verifyOnce(source: LogSource, options: VerifyOptions): Promise<VerifyReport> {
  const key = options.vkey === undefined ? 'inside' : 'pinned';
  const keyCheck = await attemptCheck('key', () => checkKey(source, options.vkey));
  let head: SignedHead | undefined;
  const headCheck = await attemptCheck('checkpoint', async () => {
    head = await readHead(source, options.vkey);
    const skipped =
      head.unknownSignatures === 0
        ? ''
        : ` (${head.unknownSignatures} signatures of other keys were skipped)`;
    return `The checkpoint of ${head.size} entries is signed by ${head.origin}${skipped}.`;
  });
  if (head === undefined) return makeReport({ checks: [keyCheck, headCheck], key });
  const files = await judgeFiles(source, head.size);
  const filesCheck = await attemptCheck('files', () =>
    Promise.resolve().then(() => describeFiles(files)),
  );
  const story = makeStory({ origin: head.origin });
  const earlier = readEarlier(head, options, options.vkey ?? (await readVkey(source)));
  const rest = await verifyTree({ source, head, story, earlier, older: files.older });
  const told = rest.entriesRead ? story.finish() : { findings: [], dispatches: [] };
  const findings = told.findings.map(({ check, ...finding }) => ({ name: check, ...finding }));
  const checks = [keyCheck, headCheck, filesCheck, ...rest.checks, ...findings];
  return makeReport({ checks, key, head, dispatches: told.dispatches });
}

async function checkKey(source: LogSource, pinned: string | undefined): Promise<string> {
  const inside = await readVkey(source);
  const { name } = parseVkey(inside);
  if (pinned === undefined) {
    return `Only the key inside the bundle was used (${inside}). That shows the bundle is whole and signed by one key, not whose key it is: compare it with one you got another way, or verify with it pinned.`;
  }
  if (pinned !== inside) {
    throw new EvidenceError(
      'evidence.mismatch',
      'log.vkey is not the key you gave: this is another log, or its key was replaced.',
    );
  }
  return `log.vkey is the key you gave, of ${name}.`;
}

/** Earlier checkpoints, opened; one that is not of this log comes back as the reason. */
function readEarlier(
  head: SignedHead,
  options: VerifyOptions,
  vkey: string,
): (EarlierHead | VerifyCheck)[] {
  const verifier = parseVkey(vkey);
  return (options.earlierCheckpoints ?? []).map((text) => {
    try {
      const { size, root } = openCheckpoint(encodeText(text), verifier);
      if (size <= head.size) return { size, root };
      return {
        name: 'earlier',
        ok: false,
        sentence: `An earlier checkpoint has ${size} entries, this log has only ${head.size}: entries were removed.`,
      };
    } catch (error) {
      return {
        name: 'earlier',
        ok: false,
        sentence: `An earlier checkpoint isn't of this log: ${messageOf(error)}.`,
      };
    }
  });
}

// Where a command writes lines with personal data: a file that is there whole or not at all, or standard output.
import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { CodedError } from '../domain/coded-error.ts';

export interface LineOutput {
  /** False when nobody reads any more: then there is nothing left to do. Waits while the reader is slow. */
  write(line: string): Promise<boolean>;
  /** Everything written is where it belongs when it returns. */
  finish(): Promise<void>;
  /** Leaves nothing of a file that was not finished. */
  abandon(): Promise<void>;
}

/** Written at once: a line by itself costs a system call. */
const CHUNK = 64 * 1024;

/** Lines gathered to chunks. */
function gather(writeChunk: (text: string) => Promise<boolean>) {
  let text = '';
  const flush = (): Promise<boolean> => {
    const chunk = text;
    text = '';
    return chunk === '' ? Promise.resolve(true) : writeChunk(chunk);
  };
  return {
    flush,
    write: (line: string): Promise<boolean> => {
      text += `${line}\n`;
      return text.length < CHUNK ? Promise.resolve(true) : flush();
    },
  };
}

export function standardOutput(stream: Writable): LineOutput {
  let fault: Error | null = null;
  // Kept for good: a stream tells about a broken pipe at any later moment, and an error nobody listens to ends the process.
  stream.on('error', (error: Error) => {
    fault = error;
  });
  const lines = gather(
    (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          const failed = error ?? fault;
          if (failed === null) resolve(true);
          else if (isBrokenPipe(failed)) resolve(false);
          else reject(unwritable(failed));
        });
      }),
  );
  return {
    write: lines.write,
    finish: async () => {
      await lines.flush();
    },
    abandon: () => Promise.resolve(),
  };
}

/** Readable by this user alone. Throws `cli.output_unwritable`. */
export async function fileOutput(file: string): Promise<LineOutput> {
  const unfinished = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  let handle: FileHandle;
  try {
    handle = await open(unfinished, 'wx', 0o600);
  } catch (cause) {
    throw unwritable(cause);
  }
  const lines = gather(async (text) => {
    try {
      await handle.writeFile(text);
    } catch (cause) {
      throw unwritable(cause);
    }
    return true;
  });
  const abandon = async (): Promise<void> => {
    await handle.close();
    await rm(unfinished, { force: true });
  };
  return {
    write: lines.write,
    finish: async () => {
      await lines.flush();
      try {
        await handle.sync();
        await handle.close();
        await rename(unfinished, file);
      } catch (cause) {
        throw unwritable(cause);
      }
    },
    abandon,
  };
}

function isBrokenPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

function unwritable(cause: unknown): CodedError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new CodedError({
    code: 'cli.output_unwritable',
    category: 'unavailable',
    message: `couldn't write the output: ${why}`,
    detail:
      'Give --out a file in a folder that is there, writable and has room. Nothing was left behind.',
    cause,
  });
}

// The evidence bundle as a download. Its file has no name from the moment it can be read, so that none is left behind by a
// download that breaks off or a process that dies.
import { randomBytes } from 'node:crypto';
import { open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { exportBundle } from './adapters/evidence-files/export-bundle.ts';
import type { Download } from './adapters/http/handlers.ts';
import { CodedError } from './domain/coded-error.ts';
import type { Acting } from './use-cases/ports/acting.ts';
import type { EvidenceFlusher, Ledger } from './use-cases/ports/ledger.ts';

export type BundleParts = {
  ledger: Ledger;
  evidence: EvidenceFlusher;
  evidenceFolder: string;
  stagingFolder: string;
};

const PART_BYTES = 64 * 1024;

/**
 * Everything recorded so far is in the bundle, and that it was taken out is the first entry after it. One is made at a
 * time, as each fills the disk with a copy of the log: a second gets `evidence.export_busy`.
 */
export function makeBundleDownload(parts: BundleParts): (acting: Acting) => Promise<Download> {
  let isBusy = false;
  return async (acting) => {
    if (isBusy) throw exportBusy();
    isBusy = true;
    try {
      return await makeBundle(parts, acting);
    } finally {
      isBusy = false;
    }
  };
}

/** Removes what an earlier process left when it died while making a bundle. To be called before any is made. */
export async function sweepBundles(stagingFolder: string): Promise<void> {
  for (const name of await readdir(stagingFolder)) {
    if (/^bundle-.*\.zip(?:\.tmp)?$/.test(name))
      await rm(join(stagingFolder, name), { force: true });
  }
}

async function makeBundle(parts: BundleParts, acting: Acting): Promise<Download> {
  await parts.evidence.flush();
  const target = join(parts.stagingFolder, `bundle-${randomBytes(8).toString('hex')}.zip`);
  let handle: FileHandle | undefined;
  try {
    const bundle = await exportBundle({ folder: parts.evidenceFolder, target });
    handle = await open(target, 'r');
    await rm(target);
    await parts.ledger.transaction((writer) =>
      writer.record({
        kind: 'bundle.exported',
        acting,
        incidentId: null,
        data: { size: bundle.size, root: bundle.root },
      }),
    );
    return {
      filename: `tocsin-evidence-${bundle.size}.zip`,
      contentType: 'application/zip',
      body: readToEnd(handle),
    };
  } catch (error) {
    await handle?.close();
    await rm(target, { force: true });
    throw error;
  }
}

/** Closes the handle at the end, at a fault and when the reader goes away; a generator would not when never begun. */
function readToEnd(handle: FileHandle): AsyncIterable<Uint8Array> {
  let closing: Promise<void> | undefined;
  const end = async (): Promise<{ done: true; value: undefined }> => {
    closing ??= handle.close();
    await closing;
    return { done: true, value: undefined };
  };
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    if (closing !== undefined) return end();
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(PART_BYTES));
      return bytesRead === 0 ? await end() : { done: false, value: buffer.subarray(0, bytesRead) };
    } catch (error) {
      await end();
      throw error;
    }
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
}

function exportBusy(): CodedError {
  return new CodedError({
    code: 'evidence.export_busy',
    category: 'conflict',
    message: "couldn't export the evidence: another export is being made",
    detail: 'Try again when it is done.',
  });
}

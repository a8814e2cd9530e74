// Stages as files in a folder of the sidecar's own: a database of blind keys and user ids, and rows, all of which are encrypted.
// They live as long as one resolution and are readable by the sidecar's user alone.
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../../domain/coded-error.ts';
import type { AudienceStages } from '../../use-cases/ports/audience-stage.ts';
import { openAudienceStage } from './open-audience-stage.ts';
import { openBatch } from './person-batches.ts';
import { makeSpillFile } from './spill-file.ts';

const NAME = /^audience-stage-(\d+)-[0-9a-f]{16}\.(?:sqlite(?:-journal)?|rows)$/;

/**
 * Makes the folder when it is absent and deletes stages whose process is gone; `sweep: false` leaves that to the main
 * thread, since stages of this very process may be in use by its other threads. Throws `stage.no_folder`.
 */
export function openAudienceStages({
  folder,
  sweep = true,
}: {
  folder: string;
  sweep?: boolean;
}): AudienceStages {
  if (sweep) prepareFolder(folder);
  return {
    open: () => {
      const name = join(folder, `audience-stage-${process.pid}-${randomBytes(8).toString('hex')}`);
      // Made here and not by SQLite, whose files get whatever the umask leaves.
      closeSync(openSync(`${name}.sqlite`, 'wx', 0o600));
      const rows = makeSpillFile(openSync(`${name}.rows`, 'wx+', 0o600));
      const stage = openAudienceStage(`${name}.sqlite`, rows);
      return {
        ...stage,
        close: () => {
          stage.close();
          rmSync(`${name}.rows`, { force: true });
        },
      };
    },
    openBatch,
  };
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    for (const name of readdirSync(folder)) {
      const pid = NAME.exec(name)?.[1];
      if (pid !== undefined && isStale(Number(pid))) rmSync(join(folder, name), { force: true });
    }
  } catch (cause) {
    throw new CodedError({
      code: 'stage.no_folder',
      category: 'unavailable',
      message: "couldn't prepare the folder in which people are grouped",
      detail: "Check that the sidecar's user may write to the scratch folder of its configuration.",
      cause,
    });
  }
}

/** A number of our own belongs to an earlier life: containers give the same one to each start. */
function isStale(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

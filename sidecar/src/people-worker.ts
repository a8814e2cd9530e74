// The thread that resolves or counts the people of one scope, from the first row read to the last person written. It has
// its own connections to the shop's database and to the ledger, and ends with its one job: what it took is given back.
import { parentPort, workerData } from 'node:worker_threads';
import { openAudienceStages } from './adapters/audience-stage/open-audience-stages.ts';
import { openStoreReader } from './adapters/store-database/open-store-reader.ts';
import { composersInThread } from './compose-in-thread.ts';
import { openLedgerParts } from './compose-ledger.ts';
import { openSources } from './compose-sources.ts';
import { openReadingStore } from './compose-store.ts';
import type { PeopleJob, PeopleMessage } from './compose-people.ts';
import { isCoded } from './domain/coded-error.ts';
import { countAudience } from './use-cases/count-audience.ts';
import { resolveAudience } from './use-cases/resolve-audience.ts';

const { config, task } = workerData as PeopleJob;

function post(message: PeopleMessage): void {
  parentPort?.postMessage(message);
}

async function run(): Promise<void> {
  const parts = await openLedgerParts(config);
  const pool = openReadingStore(config);
  try {
    const { sources, decryptors } = await openSources(config, parts.ledger);
    const stages = openAudienceStages({ folder: config.stagingFolder, sweep: false });
    const deps = {
      ...parts,
      sources,
      store: openStoreReader(pool, { decryptors }),
      stages,
      composers: composersInThread(config.masterKey, { vault: parts.vault, stages }),
    };
    if (task.kind === 'resolve') {
      await resolveAudience(deps, task.acting, { audienceId: task.audienceId });
      post({ kind: 'done' });
      return;
    }
    const counts = await countAudience(deps, {
      scope: task.scope,
      onRows: (rows) => {
        post({ kind: 'rows', rows });
        return Promise.resolve();
      },
    });
    post({ kind: 'counted', counts });
  } finally {
    await pool.close();
    await parts.close();
  }
}

await run().catch((error: unknown) => {
  if (!isCoded(error)) throw error;
  const { code, category, message, detail } = error;
  post({
    kind: 'failed',
    error: { code, category, message, ...(detail === undefined ? {} : { detail }) },
  });
});

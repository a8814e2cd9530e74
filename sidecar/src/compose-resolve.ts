// Opens what `tocsin resolve` needs: the ledger, the shop's database and the sources of the data map.
import { mkdir } from 'node:fs/promises';
import { openAudienceStages } from './adapters/audience-stage/open-audience-stages.ts';
import { openStoreReader } from './adapters/store-database/open-store-reader.ts';
import type { ResolveParts } from './cli/resolve-command.ts';
import { openLedgerParts } from './compose-ledger.ts';
import { openSources } from './compose-sources.ts';
import { openReadingStore } from './compose-store.ts';
import type { Config } from './config/load-config.ts';

export async function openResolveParts(config: Config): Promise<ResolveParts> {
  const parts = await openLedgerParts(config);
  const pool = openReadingStore(config);
  const close = async (): Promise<void> => {
    await pool.close();
    await parts.close();
  };
  try {
    const { sources, decryptors } = await openSources(config, parts.ledger);
    await mkdir(config.stagingFolder, { recursive: true, mode: 0o700 });
    return {
      ...parts,
      sources,
      store: openStoreReader(pool, { decryptors }),
      // Only serving sweeps: it may run in another container, whose live stages look abandoned from here.
      stages: openAudienceStages({ folder: config.stagingFolder, sweep: false }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

// The doctor's check of the replica that people are read from.
import { requireFresh } from './adapters/store-database/replica-lag.ts';
import { readServerVersion } from './adapters/store-database/store-server.ts';
import { openReadingStore } from './compose-store.ts';
import type { Config } from './config/load-config.ts';
import type { Finding } from './contract/index.ts';
import { isCoded } from './domain/coded-error.ts';

type Found = Omit<Finding, 'name'>;

export async function checkReplica(config: Config): Promise<Found[]> {
  const pool = openReadingStore(config, { connections: 1 });
  const { replica } = pool;
  try {
    if (replica === null) {
      return [{ level: 'ok', sentence: "People are read from the shop's own server.", mend: '' }];
    }
    const lag = await pool.withConnection((connection) => requireFresh(connection, replica));
    const { server } = await readServerVersion(pool);
    return [
      {
        level: 'ok',
        sentence: `People are read from a replica (${server}), ${lag} seconds behind the shop.`,
        mend: '',
      },
    ];
  } catch (error) {
    if (!isCoded(error)) throw error;
    return [
      { level: 'error', sentence: `${error.message} (${error.code}).`, mend: error.detail ?? '' },
    ];
  } finally {
    await pool.close();
  }
}

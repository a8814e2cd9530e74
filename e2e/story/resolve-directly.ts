// The people of a scope, resolved by the sidecar's own code straight from the shop's database: no server, no WordPress.
import { createHash } from 'node:crypto';
import { openAudienceStages } from '../../sidecar/src/adapters/audience-stage/open-audience-stages.ts';
import { loadShippedCatalogue } from '../../sidecar/src/adapters/catalogue/load-catalogue.ts';
import { loadDecryptors } from '../../sidecar/src/adapters/decryptors/load-decryptors.ts';
import { openLedger } from '../../sidecar/src/adapters/ledger/open-ledger.ts';
import { openStoreReader } from '../../sidecar/src/adapters/store-database/open-store-reader.ts';
import type { StoreConfig } from '../../sidecar/src/adapters/store-database/store-config.ts';
import { openStorePool } from '../../sidecar/src/adapters/store-database/store-pool.ts';
import { openVault } from '../../sidecar/src/adapters/vault/open-vault.ts';
import type { AudienceCounts, Scope, Source } from '../../sidecar/src/contract/index.ts';
import type { PersonRecord } from '../../sidecar/src/domain/audience/person-record.ts';
import { makeCatalogue } from '../../sidecar/src/domain/data-map/catalogue.ts';
import { sourcesOfScope } from '../../sidecar/src/domain/data-map/sources-of-scope.ts';
import {
  addIncident,
  freezeScope,
  openPeople,
  SHOP_IDENTITY,
} from '../../sidecar/src/use-cases/audience-scene.ts';
import {
  countingIds,
  fixedClock,
  seededRandomness,
} from '../../sidecar/src/use-cases/ports/fixed.ts';
import { ACME_SECRET } from '../stack/seed/traps/mapped-by-hand-traps.ts';
import type { Store } from '../stack/store.ts';

export type FoundHint = { readonly kind: string; readonly numbers: readonly number[] };
export type Resolved = {
  readonly people: readonly PersonRecord[];
  readonly counts: AudienceCounts;
  readonly hints: readonly FoundHint[];
};

/** `own`: sources mapped by hand. `folder`: for the stage's file. */
export async function resolveDirectly(
  store: Pick<Store, 'reader'>,
  { scope, own, folder }: { scope: Scope; own: readonly Source[]; folder: string },
): Promise<Resolved> {
  const clock = fixedClock();
  const catalogue = makeCatalogue(loadShippedCatalogue(), own);
  const decryptors = await loadDecryptors({
    acme: {
      kind: 'cipher',
      spec: {
        cipher: 'aes-256-cbc',
        prefix: '',
        encoding: 'base64',
        layout: ['iv', 'ciphertext'],
        separator: '',
        names: {},
        part_encodings: {},
        key_derivation: ['sha256'],
        iv_derivation: [],
      },
      secrets: { key: Buffer.from(ACME_SECRET) },
    },
  });
  const pool = openStorePool(readerConfig(store));
  const ledger = await openLedger({ file: ':memory:', clock });
  try {
    const deps = {
      ledger,
      clock,
      ids: countingIds(),
      randomness: seededRandomness(),
      vault: openVault({ masterKey: createHash('sha256').update('store in a box').digest() }),
      shop: SHOP_IDENTITY,
      store: openStoreReader(pool, { decryptors }),
      stages: openAudienceStages({ folder }),
      sources: {
        sourcesFor: (filter: Scope['sources']) =>
          Promise.resolve(sourcesOfScope(catalogue, filter)),
      },
    };
    await addIncident(deps);
    const audience = await freezeScope(deps, scope);
    if (audience.counts === null) {
      throw new Error(`nobody was frozen: ${audience.problem?.code ?? 'no reason was given'}`);
    }
    const hints = await ledger.tables.selectFrom('hints').selectAll().orderBy('id').execute();
    return {
      people: await openPeople(deps),
      counts: audience.counts,
      hints: hints.map(({ kind, people_json }) => ({
        kind,
        numbers: JSON.parse(people_json) as number[],
      })),
    };
  } finally {
    await ledger.close();
    await pool.close();
  }
}

/** The shop's database as the sidecar's account sees it. */
export function readerConfig({ reader }: Pick<Store, 'reader'>): StoreConfig {
  const { host, port, user, password, database, prefix } = reader;
  return { host, port, user, password, database, prefix, statementTimeoutMs: 60_000 };
}

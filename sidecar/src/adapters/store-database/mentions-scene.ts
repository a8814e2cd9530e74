// Set-up for tests of what sources say: a reader over a test shop, and everything it reads in one value.
import type { z } from 'zod';
import { Source } from '../../contract/data-map.ts';
import type { Mention } from '../../domain/audience/mention.ts';
import type { StoreSnapshot } from '../../use-cases/ports/store-reader.ts';
import { openStoreReader, type StoreReaderOptions } from './open-store-reader.ts';
import type { StoreConfig } from './store-config.ts';
import { openStorePool } from './store-pool.ts';

export function ownSource(draft: Partial<z.input<typeof Source>>): Source {
  return Source.parse({
    id: 'own.acme',
    title: 'Acme',
    family: 'acme',
    place: { kind: 'meta', of: 'order' },
    role: 'payer',
    fields: [],
    tested_with: '',
    verification: 'operator',
    yields: 'people',
    ...draft,
  });
}

export type Told = {
  mentions: Mention[];
  rows: number;
  unresolved: number;
  gaps: { code: string; sentence: string }[];
};

type Only = Parameters<StoreSnapshot['mentions']>[1];

/** `onPage` is called after each page, with the number of it. */
export async function readSources(
  config: StoreConfig,
  sources: readonly Source[],
  options: StoreReaderOptions & { only?: Only; onPage?: (page: number) => Promise<void> } = {},
): Promise<Told> {
  const pool = openStorePool(config);
  try {
    const reader = openStoreReader(pool, { reconnectPauseMs: 0, ...options });
    return await reader.withSnapshot(async (snapshot) => {
      const told: Told = { mentions: [], rows: 0, unresolved: 0, gaps: [] };
      let pages = 0;
      for await (const page of snapshot.mentions(sources, options.only)) {
        told.mentions.push(...page.mentions);
        told.rows += page.rows;
        told.unresolved += page.unresolved;
        pages += 1;
        await options.onPage?.(pages);
      }
      return { ...told, gaps: [...snapshot.gaps()] };
    });
  } finally {
    await pool.close();
  }
}

/** PHP's serialize() of texts and maps of texts, to write test data with. */
export function phpText(value: PhpValue): string {
  if (typeof value === 'string') return `s:${Buffer.byteLength(value)}:"${value}";`;
  if (typeof value === 'number') return `i:${value};`;
  const entries = Object.entries(value);
  const body = entries.map(([key, item]) => phpText(key) + phpText(item)).join('');
  return `a:${entries.length}:{${body}}`;
}

export type PhpValue = string | number | { readonly [key: string]: PhpValue };

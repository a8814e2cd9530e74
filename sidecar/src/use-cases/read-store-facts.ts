// Values found in the shop, to choose from in the scope form.
import type { StoreFacts } from '../contract/scope.ts';
import type { Deps } from './ports/deps.ts';
import type { StoreReader } from './ports/store-reader.ts';

/** Throws the coded `store.…` errors of the store reader. */
export async function readStoreFacts(
  deps: Pick<Deps, 'clock'> & { store: StoreReader },
): Promise<StoreFacts> {
  const found = await deps.store.readFacts();
  return { ...found, read_at: deps.clock.now().toISOString() };
}

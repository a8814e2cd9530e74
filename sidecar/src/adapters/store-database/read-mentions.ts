// What the rows of mapped sources say about people, source by source.
import type { Source } from '../../contract/data-map.ts';
import { CodedError } from '../../domain/coded-error.ts';
import type { Decryptor } from '../../domain/data-map/decrypt/decryptor.ts';
import type { SourcePage } from '../../use-cases/ports/store-reader.ts';
import type { SnapshotSession } from './snapshot-session.ts';
import type { StoreTables } from './store-tables.ts';

export type MentionReading = {
  readonly session: SnapshotSession;
  readonly tables: StoreTables;
  readonly decryptors: ReadonlyMap<string, Decryptor>;
};

export type OnlyRows = {
  readonly orderIds: readonly number[];
  readonly userIds: readonly number[];
};

export async function* readMentions(
  _reading: MentionReading,
  sources: readonly Source[],
  _only?: OnlyRows,
): AsyncGenerator<SourcePage> {
  await Promise.resolve();
  if (sources.length === 0) return;
  yield* [];
  throw new CodedError({
    code: 'store.source_unreadable',
    category: 'unavailable',
    message: "couldn't read sources of the data map",
  });
}

// What the rows of mapped sources say about people. A source that cannot be read is told as a gap, and the others are read.
import type { Source } from '../../contract/data-map.ts';
import { READ_BY_CODE } from '../../domain/data-map/catalogue.ts';
import type { Decryptor } from '../../domain/data-map/decrypt/decryptor.ts';
import { isCoded, type CodedError } from '../../domain/coded-error.ts';
import type { SourcePage } from '../../use-cases/ports/store-reader.ts';
import {
  COMMON_TABLES,
  groupSources,
  ITEMS,
  TOKENS,
  tablesOf,
  type WalkFacts,
} from './group-sources.ts';
import { ascending, chunksOf } from './id-lists.ts';
import { readOrderTypes } from './read-legacy-orders.ts';
import type { SnapshotSession } from './snapshot-session.ts';
import { makeMembers } from './source-members.ts';
import type { OnlyRows, SourceReading } from './source-reading.ts';
import { isConnectionLoss } from './store-errors.ts';
import { quoteName, type StoreConnection } from './store-pool.ts';
import type { StoreTables } from './store-tables.ts';
import { forceIndex, readLayouts, type TableLayout } from './table-layout.ts';
import { idOf } from './text-cell.ts';

export type MentionReading = {
  readonly session: SnapshotSession;
  readonly tables: StoreTables;
  readonly decryptors: ReadonlyMap<string, Decryptor>;
};

export async function* readMentions(
  { session, tables, decryptors }: MentionReading,
  sources: readonly Source[],
  only?: OnlyRows,
): AsyncGenerator<SourcePage> {
  const wanted = sources.filter(isRead);
  if (wanted.length === 0) return;
  session.reading('sources of the data map');
  const reading = await openReading({ session, tables }, wanted, only);
  const facts = await session.run((connection) => readFacts(connection, tables, reading));
  for (const { sources: group, read } of groupSources(reading, wanted, facts)) {
    try {
      yield* read(makeMembers(group, decryptors));
    } catch (error) {
      if (!isGap(error)) throw error;
      for (const source of group) session.gaps.push(gapOf(source, error));
    }
  }
}

function isRead({ id, place, yields }: Source): boolean {
  if (place.kind === 'file' || READ_BY_CODE.includes(id)) return false;
  return yields === 'people' || yields === 'classes';
}

/** What is wrong with one table; a lost connection or a refused user is wrong with all of them. */
function isGap(error: unknown): error is CodedError {
  return (
    isCoded(error) &&
    !isConnectionLoss(error) &&
    error.code.startsWith('store.') &&
    !['store.unreachable', 'store.busy', 'store.tls_failed', 'store.no_database'].includes(
      error.code,
    )
  );
}

function gapOf(source: Source, { code, message }: CodedError): { code: string; sentence: string } {
  return {
    code: 'store.source_unreadable',
    sentence: `Source ${source.id} was not read to its end (${code}): ${message}.`,
  };
}

async function openReading(
  { session, tables }: Pick<MentionReading, 'session' | 'tables'>,
  sources: readonly Source[],
  only: OnlyRows | undefined,
): Promise<SourceReading> {
  const { prefix, network } = tables;
  const bare = [...new Set([...COMMON_TABLES, ...sources.flatMap(tablesOf), 'blogs'])];
  const names = new Set(bare.flatMap((name) => [prefix + name, network + name, name]));
  const layouts = await session.run((connection) => readLayouts(connection, [...names]));
  // Of another site's tables only those that a network shares are this site's too.
  const named = new Set(sources.filter(({ id }) => id.startsWith('own.')).flatMap(tablesOf));
  const table = (name: string, scope: 'site' | 'network'): TableLayout | null => {
    if (name === 'users' || name === 'usermeta') return tables.layout(name);
    const ofPrefix =
      scope === 'site'
        ? layouts.get(prefix + name)
        : (layouts.get(network + name) ?? layouts.get(prefix + name));
    // An operator may map a table outside any prefix by its whole name.
    return ofPrefix ?? (named.has(name) ? layouts.get(name) : undefined) ?? null;
  };
  return {
    run: session.run,
    tables,
    only,
    inNetwork: layouts.has(`${network}blogs`),
    table,
  };
}

async function readFacts(
  connection: StoreConnection,
  tables: StoreTables,
  { only, table }: SourceReading,
): Promise<WalkFacts> {
  const items = table(ITEMS.table, 'site');
  const tokens = table(TOKENS.table, 'site');
  return {
    orderTypes: await readOrderTypes(connection, tables),
    only:
      only === undefined
        ? null
        : {
            items: await idsBy(connection, items, ITEMS.key, ITEMS.order_id, only.orderIds),
            tokens: await idsBy(connection, tokens, TOKENS.key, TOKENS.user_id, only.userIds),
          },
  };
}

async function idsBy(
  connection: StoreConnection,
  table: TableLayout | null,
  key: string,
  column: string,
  values: readonly number[],
): Promise<number[]> {
  const found = new Set<number>();
  if (table === null) return [];
  for (const chunk of chunksOf(values)) {
    const rows = await connection.lists(
      `SELECT ${quoteName(key)} FROM ${table.quoted} ${forceIndex(table, column)} WHERE ${quoteName(column)} IN (?)`,
      [chunk],
    );
    for (const [id] of rows) found.add(idOf(id));
  }
  return ascending(found);
}

// The statement that reads sampled rows, and its rows in the scan's own words.
import type { ScanTable } from '../../domain/data-map/scan-table.ts';
import type { SampledRow } from '../../domain/data-map/table-survey.ts';
import type { Unread } from '../../use-cases/ports/store-scanner.ts';
import type { PacedReader } from './scan-pace.ts';
import { quoteName, type StoreValue } from './store-pool.ts';

/** Characters (bytes of binary columns) of a value that are looked at: room for a long session, not for a backup in an option. */
const LONGEST_VALUE = 256 * 1024;

export type ValueReader = {
  /** Rows of what comes behind FROM: WHERE, ORDER BY, LIMIT. */
  read(tail: string, values?: readonly StoreValue[]): Promise<SampledRow[]>;
};

type RawRow = Record<string, string | number | bigint | Uint8Array | null>;

export function makeValueReader(
  reader: PacedReader,
  table: ScanTable,
  unread: (what: Unread) => void,
): ValueReader {
  const columns = table.values.map(
    (name, at) => `LEFT(${quoteName(name)}, ${LONGEST_VALUE + 1}) AS v${at}`,
  );
  const { pairs, type } = table;
  if (pairs !== null) columns.push(`${quoteName(pairs.name)} AS k`);
  if (type !== null)
    columns.push(`${quoteName(type.of === 'row' ? type.column : type.owner)} AS t`);
  const start = `SELECT ${columns.length === 0 ? '1' : columns.join(', ')} FROM ${quoteName(table.name)}`;
  let longest = false;

  function takeValue(raw: RawRow[string] | undefined): string | Uint8Array | null {
    if (raw === null || raw === undefined) return null;
    if (typeof raw === 'number' || typeof raw === 'bigint') return String(raw);
    if (raw.length > LONGEST_VALUE && !longest) {
      longest = true;
      unread({
        code: 'scan.long_values',
        sentence: `Table ${table.name} holds values longer than ${LONGEST_VALUE} characters: only their beginning was looked at.`,
      });
    }
    return typeof raw === 'string' && /^0000-00-00/.test(raw) ? null : raw;
  }

  return {
    read: async (tail, values = []) => {
      const rows = await reader.rows<RawRow>(`${start} ${tail}`, values);
      const types = await readTypes(reader, table, rows);
      return rows.map((row) => ({
        key: textOf(row['k']),
        type: types(textOf(row['t'])),
        values: new Map(table.values.map((name, at) => [name, takeValue(row[`v${at}`])])),
      }));
    },
  };
}

/** Of rows that belong to a post or comment: its type, '' when it is not there any more. */
async function readTypes(
  reader: PacedReader,
  { type }: ScanTable,
  rows: readonly RawRow[],
): Promise<(found: string) => string> {
  if (type?.of !== 'owner') return (found) => found;
  const owners = [...new Set(rows.map((row) => textOf(row['t'])).filter((id) => id !== ''))];
  if (owners.length === 0) return () => '';
  const found = await reader.rows<{ id: number | string; type: string }>(
    `SELECT ${quoteName(type.key)} AS id, ${quoteName(type.column)} AS type FROM ${quoteName(type.table)}
      WHERE ${quoteName(type.key)} IN (?)`,
    [owners],
  );
  const types = new Map(found.map((row) => [String(row.id), row.type]));
  return (owner) => types.get(owner) ?? '';
}

function textOf(raw: RawRow[string] | undefined): string {
  if (raw === null || raw === undefined) return '';
  return typeof raw === 'object' ? Buffer.from(raw).toString('utf8') : String(raw);
}

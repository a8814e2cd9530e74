// The data map: scans, the places they found, what was decided about them, and sources mapped by hand.
import type { Kysely } from 'kysely';
import { createTable, type TableSpec } from './create-table.ts';

const TABLES: TableSpec[] = [
  {
    name: 'scans',
    columns: {
      id: 'id',
      state: 'id',
      started_at: 'time',
      started_by: 'id',
      finished_at: 'time?',
      owner: 'text',
      lease_until: 'time',
      tables_seen: 'int',
      rows_sampled: 'int',
      prefixes_json: 'long',
      tables_json: 'long',
      unread_json: 'long',
      changes_json: 'long',
      problem_code: 'id?',
      problem_title: 'text?',
    },
    key: ['id'],
    indexes: [['state', 'id']],
  },
  {
    name: 'scanned_tables',
    columns: { scan_id: 'id', name: 'text', rows_sampled: 'int', is_whole: 'int' },
    key: ['scan_id', 'name'],
  },
  {
    name: 'data_places',
    columns: {
      scan_id: 'id',
      digest: 'id',
      place_id: 'long',
      prefix: 'text',
      table_name: 'text',
      canonical: 'text',
      column_name: 'text',
      key_name: 'text',
      parent: 'text',
      is_rest: 'int',
      seen_json: 'long',
      encodings_json: 'long',
      paths_json: 'long',
      found_by_json: 'long',
      table_key: 'text?',
      links_json: 'long',
      rows_sampled: 'int',
      rows_matching: 'int',
      rows_estimated: 'int',
      first_seen_at: 'time',
      state: 'id',
      source: 'id?',
      classes_json: 'long',
    },
    key: ['scan_id', 'digest'],
    indexes: [['scan_id', 'state']],
  },
  {
    name: 'place_decisions',
    columns: {
      digest: 'id',
      place_id: 'long',
      kind: 'id',
      reason: 'long',
      decided_at: 'time',
      decided_by: 'id',
    },
    key: ['digest'],
  },
  {
    name: 'own_sources',
    columns: {
      id: 'id',
      source_json: 'long',
      hash: 'id',
      reason: 'long',
      mapped_at: 'time',
      mapped_by: 'id',
    },
    key: ['id'],
  },
];

export async function addDataMapTables(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await createTable(db, table);
}

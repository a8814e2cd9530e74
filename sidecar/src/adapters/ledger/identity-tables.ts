// Who is one human: keys that name a person over several audiences, people who look like one, what reviewers decided, and
// the keys that may read people from the command line.
import type { Kysely } from 'kysely';
import { addColumn, createTable, type TableSpec } from './create-table.ts';

const TABLES: TableSpec[] = [
  {
    name: 'people_keys',
    columns: { audience_id: 'id', person_key: 'bytes', number: 'int' },
    key: ['audience_id', 'person_key'],
    clustered: true,
  },
  {
    name: 'hints',
    columns: { audience_id: 'id', id: 'int', kind: 'id', size: 'int', people_json: 'long' },
    key: ['audience_id', 'id'],
    indexes: [['audience_id', 'kind', 'id']],
  },
  {
    name: 'identity_decisions',
    columns: {
      id: 'id',
      incident_id: 'id',
      kind: 'id',
      people_json: 'long',
      rows: 'int',
      accounts: 'int',
      sealed: 'bytes',
      decided_at: 'time',
      decided_by: 'id',
      undone_at: 'time?',
      undone_by: 'id?',
    },
    key: ['id'],
    indexes: [['incident_id', 'id']],
  },
  {
    name: 'command_keys',
    columns: {
      id: 'id',
      name: 'text',
      allows: 'id',
      hash: 'id',
      made_at: 'time',
      removed_at: 'time?',
    },
    key: ['id'],
    unique: [['hash']],
  },
];

export async function addIdentityTables(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await createTable(db, table);
  await addColumn(db, { table: 'people', name: 'roles', type: 'int', byDefault: 0 });
  await addColumn(db, { table: 'audiences', name: 'kept_people', type: 'int' });
}

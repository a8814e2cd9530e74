// The ledger's schema, in steps that are never edited once released. Written with Kysely's schema builder and
// column types that SQLite and MySQL share, so that both stores have one definition.
import { sql, type Kysely } from 'kysely';

export type Migration = { id: number; up: (db: Kysely<unknown>) => Promise<void> };

type ColumnType = 'id' | 'text' | 'long' | 'bytes' | 'int' | 'time';
const COLUMN_SQL: Record<ColumnType, ReturnType<typeof sql>> = {
  id: sql`varchar(80)`,
  text: sql`varchar(255)`,
  long: sql`text`,
  bytes: sql`blob`,
  int: sql`bigint`,
  time: sql`varchar(30)`,
};

type TableSpec = {
  name: string;
  /** `type` or `type?` for a column that may be null. */
  columns: Record<string, ColumnType | `${ColumnType}?`>;
  key: string[];
  unique?: string[][];
  indexes?: string[][];
};

async function createTable(db: Kysely<unknown>, spec: TableSpec): Promise<void> {
  let table = db.schema.createTable(spec.name);
  for (const [name, type] of Object.entries(spec.columns)) {
    const nullable = type.endsWith('?');
    const base = (nullable ? type.slice(0, -1) : type) as ColumnType;
    table = table.addColumn(name, COLUMN_SQL[base], (column) =>
      nullable ? column : column.notNull(),
    );
  }
  table = table.addPrimaryKeyConstraint(`${spec.name}_pk`, spec.key as never);
  for (const [at, columns] of (spec.unique ?? []).entries()) {
    table = table.addUniqueConstraint(`${spec.name}_unique${at}`, columns as never);
  }
  await table.execute();
  for (const [at, columns] of (spec.indexes ?? []).entries()) {
    await db.schema
      .createIndex(`${spec.name}_index${at}`)
      .on(spec.name)
      .columns(columns as never)
      .execute();
  }
}

const FIRST: TableSpec[] = [
  { name: 'settings', columns: { key: 'id', value: 'long' }, key: ['key'] },
  {
    name: 'leases',
    columns: { name: 'id', owner: 'text', fence: 'int', until: 'time' },
    key: ['name'],
  },
  {
    name: 'actors',
    columns: { id: 'id', kind: 'text', name: 'text', subject: 'id?', seen_at: 'time' },
    key: ['id'],
  },
  {
    name: 'evidence_entries',
    columns: {
      seq: 'int',
      at: 'time',
      kind: 'id',
      actor_id: 'id',
      incident_id: 'id?',
      bytes: 'bytes',
      integrated: 'int',
    },
    key: ['seq'],
    indexes: [
      ['integrated', 'seq'],
      ['incident_id', 'seq'],
    ],
  },
  {
    name: 'incidents',
    columns: {
      id: 'id',
      number: 'int',
      reference: 'id',
      title: 'text',
      type: 'id',
      severity: 'id',
      state: 'id',
      drill: 'int',
      description: 'long',
      occurred_from: 'time?',
      occurred_to: 'time?',
      detected_at: 'time?',
      aware_at: 'time?',
      confirmed_at: 'time?',
      state_reason: 'long?',
      created_at: 'time',
      created_by: 'id',
      updated_at: 'time',
      version: 'int',
      wrapped_key: 'bytes?',
    },
    key: ['id'],
    unique: [['reference']],
    indexes: [['state', 'id']],
  },
  {
    name: 'signals',
    columns: {
      id: 'id',
      source: 'text',
      kind: 'id',
      severity: 'id',
      title: 'text',
      detail: 'long',
      occurred_at: 'time?',
      received_at: 'time',
      last_seen_at: 'time',
      times_seen: 'int',
      dedupe: 'text',
      state: 'id',
      incident_id: 'id?',
      decided_by: 'id?',
      decided_at: 'time?',
      decision_reason: 'long?',
    },
    key: ['id'],
    unique: [['dedupe']],
    indexes: [['state', 'id'], ['incident_id']],
  },
  {
    name: 'store_events',
    columns: {
      event_id: 'id',
      outbox_id: 'int',
      kind: 'id',
      actor_user_id: 'int',
      subject_type: 'id',
      subject_id: 'int',
      occurred_at: 'time',
      received_at: 'time',
      data_json: 'long',
    },
    key: ['event_id'],
    indexes: [['kind', 'subject_id', 'occurred_at']],
  },
  { name: 'outbox_gaps', columns: { outbox_id: 'int', seen_at: 'time' }, key: ['outbox_id'] },
  {
    name: 'scopes',
    columns: {
      id: 'id',
      incident_id: 'id',
      version: 'int',
      sealed: 'bytes',
      salt: 'bytes',
      hash: 'id',
      set_at: 'time',
      set_by: 'id',
    },
    key: ['id'],
    unique: [['incident_id', 'version']],
  },
  {
    name: 'audiences',
    columns: {
      id: 'id',
      incident_id: 'id',
      scope_id: 'id',
      state: 'id',
      root: 'id?',
      counts_json: 'long?',
      rows_read: 'int',
      requested_at: 'time',
      requested_by: 'id',
      frozen_at: 'time?',
      problem_code: 'id?',
      problem_title: 'long?',
    },
    key: ['id'],
    indexes: [['incident_id', 'id']],
  },
  {
    name: 'people',
    columns: {
      audience_id: 'id',
      number: 'int',
      salt: 'bytes',
      commitment: 'bytes',
      sealed: 'bytes',
      address_index: 'bytes?',
      contactability: 'id',
      country: 'id',
      registered: 'int',
      orders: 'int',
    },
    key: ['audience_id', 'number'],
    unique: [['audience_id', 'address_index']],
  },
  {
    name: 'people_terms',
    columns: { audience_id: 'id', term: 'bytes', number: 'int' },
    key: ['audience_id', 'term', 'number'],
  },
  {
    name: 'notices',
    columns: {
      id: 'id',
      incident_id: 'id',
      template_id: 'id',
      template_title: 'text',
      language: 'id',
      template_blob: 'id',
      template_commit: 'id',
      template_source: 'long',
      values_json: 'long',
      values_hash: 'id',
      sample_json: 'long',
      sample_hash: 'id',
      set_at: 'time',
      set_by: 'id',
    },
    key: ['id'],
    indexes: [['incident_id', 'id']],
  },
  {
    name: 'manifests',
    columns: {
      id: 'id',
      incident_id: 'id',
      audience_id: 'id',
      notice_id: 'id',
      hash: 'id',
      body_json: 'long',
      sentence: 'long',
      state: 'id',
      prepared_at: 'time',
      prepared_by: 'id',
      preparers_json: 'long',
      expires_at: 'time',
      ended_at: 'time?',
      void_reason: 'long?',
    },
    key: ['id'],
    unique: [['hash']],
    indexes: [['incident_id', 'id'], ['state']],
  },
  {
    name: 'approvers',
    columns: {
      id: 'id',
      name: 'text',
      subject: 'id',
      state: 'id',
      invited_at: 'time',
      enrolled_at: 'time?',
    },
    key: ['id'],
    indexes: [['subject']],
  },
  {
    name: 'invites',
    columns: { token_hash: 'id', approver_id: 'id', expires_at: 'time', used_at: 'time?' },
    key: ['token_hash'],
  },
  {
    name: 'credentials',
    columns: {
      id: 'text',
      approver_id: 'id',
      public_key: 'bytes',
      counter: 'int',
      transports_json: 'long',
      created_at: 'time',
    },
    key: ['id'],
    indexes: [['approver_id']],
  },
  {
    name: 'challenges',
    columns: {
      id: 'id',
      purpose: 'id',
      approver_id: 'id?',
      manifest_id: 'id?',
      nonce: 'bytes?',
      challenge: 'text',
      expires_at: 'time',
      used_at: 'time?',
    },
    key: ['id'],
    indexes: [['expires_at']],
  },
  {
    name: 'console_sessions',
    columns: {
      token_hash: 'id',
      approver_id: 'id',
      csrf: 'id',
      created_at: 'time',
      expires_at: 'time',
    },
    key: ['token_hash'],
  },
  {
    name: 'approvals',
    columns: {
      manifest_id: 'id',
      approver_id: 'id',
      credential_id: 'text',
      evidence_seq: 'int',
      approved_at: 'time',
    },
    key: ['manifest_id', 'approver_id'],
  },
  {
    name: 'dispatches',
    columns: {
      id: 'id',
      manifest_id: 'id',
      incident_id: 'id',
      audience_id: 'id',
      notice_id: 'id',
      state: 'id',
      drill: 'int',
      provider: 'id',
      planned: 'int',
      adds_up: 'int',
      started_at: 'time',
      ended_at: 'time?',
      changed_by: 'id?',
      change_reason: 'long?',
    },
    key: ['id'],
    unique: [['manifest_id']],
    indexes: [['incident_id'], ['state']],
  },
  {
    name: 'deliveries',
    columns: {
      dispatch_id: 'id',
      ordinal: 'int',
      channel: 'id',
      address_index: 'bytes?',
      state: 'id',
      reason: 'text?',
      attempts: 'int',
      batch_id: 'id?',
      provider_message_id: 'text?',
      changed_at: 'time',
    },
    key: ['dispatch_id', 'ordinal', 'channel'],
    unique: [['dispatch_id', 'channel', 'address_index']],
    indexes: [['dispatch_id', 'state', 'ordinal'], ['batch_id'], ['provider_message_id']],
  },
  {
    name: 'batches',
    columns: {
      id: 'id',
      dispatch_id: 'id',
      attempt: 'int',
      state: 'id',
      ordinals: 'long',
      count: 'int',
      payload_hash: 'id',
      deliveries_root: 'id',
      lease_owner: 'text',
      lease_until: 'time',
      fence: 'int',
      intent_at: 'time',
      ended_at: 'time?',
      reason: 'text?',
      empty_answers: 'int',
      asked_at: 'time?',
    },
    key: ['id'],
    indexes: [['dispatch_id', 'state'], ['state']],
  },
  {
    name: 'receipts',
    columns: {
      id: 'id',
      provider: 'id',
      provider_message_id: 'text',
      dispatch_id: 'id?',
      ordinal: 'int?',
      kind: 'id',
      detail: 'text',
      at: 'time',
      received_at: 'time',
      applied: 'int',
    },
    key: ['id'],
    indexes: [
      ['applied', 'received_at'],
      ['provider_message_id'],
      ['dispatch_id', 'ordinal', 'applied'],
    ],
  },
  {
    name: 'troubles',
    columns: {
      id: 'id',
      dispatch_id: 'id?',
      code: 'id',
      sentence: 'long',
      since: 'time',
      needs_person: 'int',
      cleared_at: 'time?',
    },
    key: ['id'],
    indexes: [['dispatch_id', 'code']],
  },
  {
    name: 'replays',
    columns: { id: 'text', seen_at: 'time' },
    key: ['id'],
    indexes: [['seen_at']],
  },
];

export const MIGRATIONS: readonly Migration[] = [
  {
    id: 1,
    up: async (db) => {
      for (const table of FIRST) await createTable(db, table);
    },
  },
];

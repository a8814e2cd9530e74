// Opens the ledger: schema brought up to date, transactions with their evidence entries.
import { Kysely, type Transaction } from 'kysely';
import { CodedError } from '../../domain/coded-error.ts';
import { encodeEntry } from '../../domain/evidence/entry.ts';
import type { Entry } from '../../domain/evidence/entry-data.ts';
import { actorKey } from '../../use-cases/ports/acting.ts';
import type { Clock } from '../../use-cases/ports/clock.ts';
import type { LedgerTables } from '../../use-cases/ports/ledger-tables.ts';
import type { EvidenceRecord, Ledger } from '../../use-cases/ports/ledger.ts';
import { MIGRATIONS } from './migrations.ts';
import { nodeSqliteDialect, openSqlite } from './node-sqlite-dialect.ts';

export type OpenLedger = Ledger & { close(): Promise<void> };

/** `file`: path of the SQLite file, made when absent, or `:memory:`. Throws `ledger.newer_schema` for a file of a later version. */
export async function openLedger(input: { file: string; clock: Clock }): Promise<OpenLedger> {
  const tables = new Kysely<LedgerTables>({ dialect: nodeSqliteDialect(openSqlite(input.file)) });
  try {
    await migrate(tables);
  } catch (error) {
    await tables.destroy();
    throw error;
  }
  return {
    tables,
    transaction: (work) =>
      tables
        .transaction()
        .execute((tx) =>
          work({ tables: tx, record: (entry) => recordEntry(tx, input.clock, entry) }),
        ),
    close: () => tables.destroy(),
  };
}

/**
 * Numbers the entry and stores its bytes in this transaction. Writers run alone (BEGIN IMMEDIATE), so max + 1 is free;
 * a rolled-back transaction gives its number back, which keeps the log gapless.
 */
async function recordEntry(
  tx: Transaction<LedgerTables>,
  clock: Clock,
  record: EvidenceRecord,
): Promise<number> {
  const last = await tx
    .selectFrom('evidence_entries')
    .select(['seq', 'at'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const seq = last === undefined ? 0 : last.seq + 1;
  const now = clock.now().toISOString();
  // The clock may step back a little; the log's times never do.
  const at = last !== undefined && last.at > now ? last.at : now;
  const actor = actorKey(record.acting);
  const entry = {
    v: 1,
    seq,
    at,
    kind: record.kind,
    actor,
    ...(record.incidentId === null ? {} : { incident: record.incidentId }),
    data: record.data,
  } as Entry;
  await tx
    .insertInto('evidence_entries')
    .values({
      seq,
      at,
      kind: record.kind,
      actor_id: actor,
      incident_id: record.incidentId,
      bytes: encodeEntry(entry),
      integrated: 0,
    })
    .execute();
  await rememberActor(tx, record, actor, now);
  return seq;
}

async function rememberActor(
  tx: Transaction<LedgerTables>,
  record: EvidenceRecord,
  id: string,
  now: string,
): Promise<void> {
  const { kind, name } = record.acting.actor;
  await tx
    .insertInto('actors')
    .values({ id, kind, name, subject: record.acting.subject, seen_at: now })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ name, subject: record.acting.subject, seen_at: now }),
    )
    .execute();
}

async function migrate(db: Kysely<LedgerTables>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const schema = await tx.introspection.getTables();
    const done = schema.some((table) => table.name === 'settings') ? await readVersion(tx) : 0;
    const latest = MIGRATIONS.at(-1)?.id ?? 0;
    if (done > latest) {
      throw new CodedError({
        code: 'ledger.newer_schema',
        category: 'unavailable',
        message: `couldn't open the ledger: its schema is version ${done}, this sidecar knows up to ${latest}`,
        detail:
          'Run the newer sidecar it was last opened with, or restore the ledger from a backup.',
      });
    }
    if (done === latest) return;
    for (const migration of MIGRATIONS) {
      if (migration.id > done) await migration.up(tx as unknown as Kysely<unknown>);
    }
    await tx
      .insertInto('settings')
      .values({ key: 'schema_version', value: String(latest) })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: String(latest) }))
      .execute();
  });
}

async function readVersion(tx: Transaction<LedgerTables>): Promise<number> {
  const row = await tx
    .selectFrom('settings')
    .select('value')
    .where('key', '=', 'schema_version')
    .executeTakeFirst();
  return row === undefined ? 0 : Number(row.value);
}

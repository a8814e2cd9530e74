// Reads the plugin's outbox, SELECT only. Rows are addressed by number; how far was read is kept by the reader, not here.
import { CodedError, isCoded } from '../../domain/coded-error.ts';
import type {
  OutboxAnswer,
  OutboxQuestion,
  OutboxRow,
  StoreOutbox,
} from '../../use-cases/ports/store-outbox.ts';
import { quoteName, type StoreConnection, type StorePool } from './store-pool.ts';

type Row = {
  id: number | string;
  event_id: string;
  kind: string;
  occurred_at: string;
  actor_id: number | string;
  subject_type: string;
  subject_id: number | string;
  data: string;
  data_length: number | string;
};

/** Characters; the plugin writes a few ids and codes, or one report of at most some thousand. */
const DATA_MOST = 60_000;
/** Row numbers in one question. */
const CHUNK = 1000;
const COLUMNS = `id, event_id, kind, occurred_at, actor_id, subject_type, subject_id,
  LEFT(data, ${DATA_MOST}) AS data, CHAR_LENGTH(data) AS data_length`;

export function openOutbox(pool: StorePool): StoreOutbox {
  return {
    ask: (question) =>
      pool.withConnection(async (connection) => {
        const table = quoteName(`${await pool.prefix()}tocsin_outbox`);
        try {
          return await ask(connection, table, question);
        } catch (error) {
          throw isCoded(error) && error.context['driver_code'] === 'ER_NO_SUCH_TABLE'
            ? tableMissing()
            : error;
        }
      }),
  };
}

async function ask(
  connection: StoreConnection,
  table: string,
  { after, gaps, limit }: OutboxQuestion,
): Promise<OutboxAnswer> {
  const rows = await connection.rows<Row>(
    `SELECT ${COLUMNS} FROM ${table} WHERE id > ? ORDER BY id LIMIT ?`,
    [after, limit],
  );
  const late: Row[] = [];
  for (let at = 0; at < gaps.length; at += CHUNK) {
    late.push(
      ...(await connection.rows<Row>(
        `SELECT ${COLUMNS} FROM ${table} WHERE id IN (?) ORDER BY id`,
        [gaps.slice(at, at + CHUNK)],
      )),
    );
  }
  const [edge] = await connection.rows<{
    highest: number | string | null;
    event_id: string | null;
  }>(
    `SELECT (SELECT MAX(id) FROM ${table}) AS highest, (SELECT event_id FROM ${table} WHERE id = ?) AS event_id`,
    [after],
  );
  return {
    rows: rows.map(toOutboxRow),
    late: late.map(toOutboxRow),
    highest: Number(edge?.highest ?? 0),
    eventIdAtAfter: typeof edge?.event_id === 'string' ? nameEvent(edge.event_id, after) : null,
  };
}

function toOutboxRow(row: Row): OutboxRow {
  const id = Number(row.id);
  return {
    id,
    eventId: nameEvent(row.event_id, id),
    kind: row.kind,
    occurredAt: toTime(row.occurred_at),
    actorUserId: Number(row.actor_id),
    subjectType: row.subject_type,
    subjectId: Number(row.subject_id),
    data: Number(row.data_length) > DATA_MOST ? null : row.data,
  };
}

/** The plugin always gives one; a row somebody wrote by hand is still an event. */
function nameEvent(eventId: string, id: number): string {
  return eventId === '' ? `outbox-row-${id}` : eventId;
}

/** `YYYY-MM-DD hh:mm:ss.mmm` in UTC; MySQL also keeps dates that do not exist. */
function toTime(text: string): string | null {
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function tableMissing(): CodedError {
  return new CodedError({
    code: 'outbox.table_missing',
    category: 'unavailable',
    message: "couldn't read the shop's events: the plugin's table is not there",
    detail: 'Activate the Tocsin plugin in WordPress. Everything else works without it.',
  });
}

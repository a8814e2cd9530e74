// Turns what the driver throws into coded errors, once. The driver's own error carries the statement and sometimes
// values of the shop in it, so only its code crosses this line; message, SQL and cause stay behind.
import { CodedError, isCoded } from '../../domain/coded-error.ts';

type Translation = { code: string; message: string; detail: string };

const UNREACHABLE: Translation = {
  code: 'store.unreachable',
  message: "couldn't reach the shop's database: nothing answers at the configured address",
  detail:
    "Check that the database server runs and that host, port or socket of the sidecar's store settings are right.",
};
const LOST: Translation = {
  code: 'store.connection_lost',
  message: "couldn't finish reading the shop's database: the connection was lost",
  detail: 'Nothing was kept of the unfinished reading. Try again when the database server is well.',
};
const DENIED: Translation = {
  code: 'store.access_denied',
  message: "couldn't read the shop's database: the database user is refused",
  detail:
    'Check user and password of the store settings, and that the user has SELECT on the database of the shop.',
};
const TIMEOUT: Translation = {
  code: 'store.timeout',
  message: "couldn't read the shop's database in time: a statement took longer than allowed",
  detail: 'Try again at a quieter hour, or raise the statement time limit of the store settings.',
};
const BUSY: Translation = {
  code: 'store.busy',
  message: "couldn't connect to the shop's database: it has no connection free",
  detail: "Try again soon, or raise the server's connection limit.",
};
const CHANGED: Translation = {
  code: 'store.changed_meanwhile',
  message:
    "couldn't finish reading the shop's database: its tables were changed during the reading",
  detail:
    'Nothing was kept of the unfinished reading. Try again when the update of the shop is done.',
};
const SCHEMA: Translation = {
  code: 'store.unexpected_schema',
  message:
    "couldn't read the shop's database: a table lacks a column that WordPress or WooCommerce makes",
  detail:
    'Check that table prefix and database belong to the shop and that its database update has finished.',
};
const NO_DATABASE: Translation = {
  code: 'store.no_database',
  message: "couldn't open the shop's database: the server has no database of the configured name",
  detail: 'Check the database name in the store settings against DB_NAME in wp-config.php.',
};
const TLS: Translation = {
  code: 'store.tls_failed',
  message: "couldn't encrypt the connection to the shop's database",
  detail:
    "Check that the server offers TLS and that its certificate matches the store settings' `ssl`.",
};

const BY_DRIVER_CODE: Readonly<Record<string, Translation>> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  ENOENT: UNREACHABLE,
  EACCES: UNREACHABLE,
  ECONNRESET: LOST,
  EPIPE: LOST,
  PROTOCOL_CONNECTION_LOST: LOST,
  PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR: LOST,
  ER_SERVER_SHUTDOWN: LOST,
  ER_CONNECTION_KILLED: LOST,
  ER_NEW_ABORTING_CONNECTION: LOST,
  ER_ACCESS_DENIED_ERROR: DENIED,
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: DENIED,
  ER_DBACCESS_DENIED_ERROR: DENIED,
  ER_TABLEACCESS_DENIED_ERROR: DENIED,
  ER_COLUMNACCESS_DENIED_ERROR: DENIED,
  ER_SPECIFIC_ACCESS_DENIED_ERROR: DENIED,
  ER_NOT_SUPPORTED_AUTH_MODE: DENIED,
  ER_HOST_NOT_PRIVILEGED: DENIED,
  ER_STATEMENT_TIMEOUT: TIMEOUT,
  ER_QUERY_TIMEOUT: TIMEOUT,
  ER_QUERY_INTERRUPTED: TIMEOUT,
  PROTOCOL_SEQUENCE_TIMEOUT: TIMEOUT,
  ER_LOCK_WAIT_TIMEOUT: TIMEOUT,
  ER_CON_COUNT_ERROR: BUSY,
  ER_TOO_MANY_USER_CONNECTIONS: BUSY,
  ER_USER_LIMIT_REACHED: BUSY,
  ER_NO_SUCH_TABLE: CHANGED,
  ER_TABLE_DEF_CHANGED: CHANGED,
  ER_BAD_FIELD_ERROR: SCHEMA,
  ER_BAD_DB_ERROR: NO_DATABASE,
  HANDSHAKE_NO_SSL_SUPPORT: TLS,
  HANDSHAKE_SSL_ERROR: TLS,
};

/** MariaDB numbers that the driver's own (MySQL's) list names otherwise or not at all. */
const BY_NUMBER: Readonly<Record<number, Translation>> = {
  1053: LOST,
  1317: TIMEOUT,
  1412: CHANGED,
  1927: LOST,
  1969: TIMEOUT,
  3024: TIMEOUT,
  4031: LOST,
};

/** Always a coded error of category `unavailable`; a coded one is returned as it is. */
export function translateStoreError(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const { code, errno, closed, tls } = partsOf(error);
  const found =
    (errno === undefined ? undefined : BY_NUMBER[errno]) ??
    BY_DRIVER_CODE[code] ??
    (closed ? LOST : undefined) ??
    (tls ? TLS : undefined);
  const translation = found ?? {
    code: 'store.failed',
    message: "couldn't read the shop's database: the server reported a fault",
    detail:
      "Look up the driver's code below in the database server's manual, and see the server's own log.",
  };
  return new CodedError({
    ...translation,
    category: 'unavailable',
    context: {
      driver_code: code === '' ? 'unknown' : code,
      ...(errno === undefined ? {} : { driver_number: errno }),
    },
  });
}

/** What a statement ends with whose connection was closed while it waited for its turn. */
export function connectionLost(): CodedError {
  return new CodedError({ ...LOST, category: 'unavailable' });
}

/**
 * Whether another connection may do better: this one is gone, or the server no longer answers on it. A statement that
 * the server itself ended leaves its connection well.
 */
export function isConnectionLoss(error: unknown): boolean {
  return (
    isCoded(error, LOST.code) ||
    (isCoded(error, TIMEOUT.code) && error.context['driver_code'] === 'PROTOCOL_SEQUENCE_TIMEOUT')
  );
}

function partsOf(error: unknown): {
  code: string;
  errno: number | undefined;
  closed: boolean;
  tls: boolean;
} {
  if (!(error instanceof Error)) return { code: '', errno: undefined, closed: false, tls: false };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const errno = 'errno' in error && typeof error.errno === 'number' ? error.errno : undefined;
  return {
    code,
    // Network faults carry negative numbers of the operating system; those mean nothing here.
    errno: errno !== undefined && errno > 0 ? errno : undefined,
    closed: error.message.includes('closed state') || error.message.includes('Connection lost'),
    tls: /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code),
  };
}

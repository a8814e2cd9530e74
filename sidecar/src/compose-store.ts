// Opens the adapters for the outside world that serving and the doctor both need.
import { fileURLToPath } from 'node:url';
import { makeDrillSink } from './adapters/drill-sink/drill-sink.ts';
import { makePostmarkProvider } from './adapters/postmark/postmark-provider.ts';
import { openStorePool, type StorePool } from './adapters/store-database/store-pool.ts';
import { openTemplates } from './adapters/templates/open-templates.ts';
import type { Config } from './config/load-config.ts';
import type { MailProvider } from './use-cases/ports/mail-provider.ts';
import type { Templates } from './use-cases/ports/templates.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

export function openStore(config: Config, limits: { connections?: number } = {}): StorePool {
  const { store_database: store } = config;
  return openStorePool({
    host: store.host,
    port: store.port,
    ...(store.socket === undefined ? {} : { socket: store.socket }),
    user: store.user,
    password: store.password,
    database: store.database,
    ...(store.prefix === undefined ? {} : { prefix: store.prefix }),
    statementTimeoutMs: store.statement_timeout_seconds * 1000,
    ...limits,
  });
}

/** Where people are read: the replica when there is one, so that the shop does not wait. What the shop writes to is never it. */
export function openReadingStore(config: Config, limits: { connections?: number } = {}): StorePool {
  const { replica, ...store } = config.store_database;
  if (replica === undefined) return openStore(config, limits);
  return openStorePool({
    ...(replica.socket === undefined
      ? { host: replica.host ?? '127.0.0.1', port: replica.port }
      : { socket: replica.socket }),
    user: replica.user ?? store.user,
    password: replica.password ?? store.password,
    database: store.database,
    ...(store.prefix === undefined ? {} : { prefix: store.prefix }),
    statementTimeoutMs: store.statement_timeout_seconds * 1000,
    replica: {
      maxLagSeconds: replica.max_lag_seconds,
      ...(replica.heartbeat_table === undefined ? {} : { heartbeatTable: replica.heartbeat_table }),
    },
    ...limits,
  });
}

export function openNoticeTemplates(config: Config): Templates {
  return openTemplates({
    repository: config.templates.repository ?? PROJECT,
    folder: config.templates.folder,
    ref: config.templates.ref,
  });
}

/** By name, as manifests name them. */
export function openProviders(config: Config): (name: string) => MailProvider {
  const postmark = makePostmarkProvider({
    serverToken: config.postmark.server_token,
    apiUrl: config.postmark.api_url,
    timeoutSeconds: config.postmark.timeout_seconds,
  });
  const drill = makeDrillSink();
  return (name) => {
    if (name === postmark.name) return postmark;
    if (name === drill.name) return drill;
    throw new Error(`couldn't send: there is no provider ${name} (allowed: postmark, drill)`);
  };
}

// A second MariaDB server that replicates a test server, for tests alone.
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { startTestServer, type TestServer } from './test-shop.ts';

export type TestReplica = {
  readonly server: TestServer;
  /** Until everything the shop's server has written by now is there. */
  caughtUp(): Promise<void>;
  /** Applies what comes only so many seconds after it was written; until the replica says that it is behind. */
  delay(seconds: number): Promise<void>;
  stopReplicating(): Promise<void>;
  stop(): Promise<void>;
};

export type TestPair = {
  readonly primary: TestServer;
  readonly replica: TestReplica;
  stop(): Promise<void>;
};

export async function startTestPair(): Promise<TestPair> {
  const primary = await startTestServer(['--server-id=1', '--log-bin=bin']);
  const server = await startTestServer(['--server-id=2', '--skip-slave-start']);
  const onPrimary = await primary.connect();
  const onReplica = await server.connect();
  await onReplica.query(
    `CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${primary.port}, MASTER_USER = 'root',
       MASTER_USE_GTID = slave_pos`,
  );
  await onReplica.query('START SLAVE');
  const replica: TestReplica = {
    server,
    caughtUp: async () => {
      const position = await one(onPrimary, 'SELECT @@gtid_binlog_pos AS value');
      const waited = await one(onReplica, `SELECT MASTER_GTID_WAIT('${position}', 60) AS value`);
      if (waited !== '0') throw new Error('the replica did not catch up');
    },
    delay: async (seconds) => {
      await onReplica.query('STOP SLAVE');
      await onReplica.query(`CHANGE MASTER TO MASTER_DELAY = ${seconds}`);
      await onReplica.query('START SLAVE');
      // Written an hour ago, by its own clock: the replica is that far behind as soon as it has seen it.
      await onPrimary.query('SET timestamp = UNIX_TIMESTAMP() - 3600');
      await onPrimary.query('CREATE DATABASE IF NOT EXISTS late');
      const deadline = Date.now() + 60_000;
      while (Number(await behind(onReplica)) < 3_000) {
        if (Date.now() > deadline) throw new Error('the replica did not fall behind');
      }
    },
    stopReplicating: async () => {
      await onReplica.query('STOP SLAVE');
    },
    stop: async () => {
      await onReplica.end();
      await server.stop();
    },
  };
  return {
    primary,
    replica,
    stop: async () => {
      await onPrimary.end();
      await replica.stop();
      await primary.stop();
    },
  };
}

async function one(connection: Connection, sql: string): Promise<string> {
  const [rows] = await connection.query<RowDataPacket[]>(sql);
  return String(rows[0]?.['value']);
}

async function behind(connection: Connection): Promise<unknown> {
  const [rows] = await connection.query<RowDataPacket[]>('SHOW SLAVE STATUS');
  return rows[0]?.['Seconds_Behind_Master'];
}

// A connection of the pool while somebody holds it. Whatever fails leaves here as a coded error.
import type { Connection as DriverConnection } from 'mysql2';
import type { PoolConnection, QueryOptions, RowDataPacket } from 'mysql2/promise';
import { connectionLost, translateStoreError } from './store-errors.ts';
import type { StoreCell, StoreConnection, StoreValue } from './store-pool.ts';

/** A connection held until it is given back. */
export type StoreLease = {
  readonly connection: StoreConnection;
  /** `spoilt`: it is closed, which ends its transaction, and nobody else gets it. */
  give(back: { spoilt: boolean }): void;
};

/**
 * The driver forgets statements that still wait when a connection is closed. They end here, or whoever asked ahead would
 * wait for ever.
 */
export function makeLease(connection: PoolConnection, statementTimeoutMs: number): StoreLease {
  const waiting = new Set<() => void>();
  let given = false;

  const untilGiven = <T>(
    start: (done: (result: T) => void, fail: (error: unknown) => void) => void,
  ) =>
    new Promise<T>((resolve, reject) => {
      const abandon = (): void => {
        reject(connectionLost());
      };
      if (given) {
        abandon();
        return;
      }
      waiting.add(abandon);
      start(
        (result) => {
          waiting.delete(abandon);
          resolve(result);
        },
        (error) => {
          waiting.delete(abandon);
          reject(translateStoreError(error));
        },
      );
    });

  const optionsOf = (
    sql: string,
    values: readonly StoreValue[] | undefined,
    rowsAsArray: boolean,
  ): QueryOptions => ({
    sql,
    rowsAsArray,
    values: values === undefined ? [] : [...values],
    // The server's limit comes first; this one is for a server or network that no longer answers at all.
    timeout: statementTimeoutMs + 5_000,
  });

  const ask = <Row>(options: QueryOptions): Promise<Row[]> =>
    untilGiven<Row[]>((done, fail) => {
      connection.query<RowDataPacket[]>(options).then(([rows]) => {
        done(rows as Row[]);
      }, fail);
    });

  return {
    connection: {
      rows: (sql, values) => ask(optionsOf(sql, values, false)),
      lists: (sql, values) => ask(optionsOf(sql, values, true)),
      each: (sql, values, onRow) =>
        untilGiven<undefined>((done, fail) => {
          // Rows one by one are there in the driver's own interface only. It tells a lost connection to the connection.
          const driver = connection.connection as unknown as DriverConnection;
          driver.once('error', fail);
          driver
            .query(optionsOf(sql, values, true))
            .on('result', (row) => {
              onRow(row as unknown as StoreCell[]);
            })
            .once('error', (error) => {
              driver.off('error', fail);
              fail(error);
            })
            .once('end', () => {
              driver.off('error', fail);
              done(undefined);
            });
        }),
    },
    give: ({ spoilt }) => {
      if (given) return;
      given = true;
      if (!spoilt) {
        connection.release();
        return;
      }
      connection.destroy();
      for (const abandon of waiting) abandon();
    },
  };
}

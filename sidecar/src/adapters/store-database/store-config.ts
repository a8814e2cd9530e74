// How to reach the shop's database. Made by config/, which has checked the values.

export type StoreConfig = {
  /** TCP host; ignored when `socket` is given. */
  readonly host?: string;
  /** Default 3306. */
  readonly port?: number;
  /** Path of a Unix socket. */
  readonly socket?: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Prefix of the shop's tables, such as `wp_`; discovered when absent and only one shop is in the database. */
  readonly prefix?: string;
  /** Present: the connection is encrypted and the server's certificate checked against `ca` (PEM) or the system's list. */
  readonly ssl?: { readonly ca?: string; readonly rejectUnauthorized?: boolean };
  /** Longest time one statement may take, in milliseconds; the server ends it (MariaDB and MySQL alike). */
  readonly statementTimeoutMs: number;
  /** Longest time to connect, in milliseconds. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** Connections held at once. Default 4. */
  readonly connections?: number;
  /** Present: the server is a replica, and a snapshot is refused when it is further behind than this. */
  readonly replica?: ReplicaConfig;
};

export type ReplicaConfig = {
  readonly maxLagSeconds: number;
  /** Table of pt-heartbeat, `schema.table` or `table`, to tell the lag by where the server does not. */
  readonly heartbeatTable?: string;
};

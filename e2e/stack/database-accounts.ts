// The three database accounts of a store: the owner (may do everything), WordPress (everything in
// its schema) and the sidecar's (SELECT in that schema, nothing else).
import { randomBytes } from 'node:crypto';

export type DatabasePasswords = {
  readonly owner: string;
  readonly wordpress: string;
  readonly reader: string;
};

export const DATABASE = 'shop';
export const OWNER = 'root';
export const WORDPRESS = 'wordpress';
export const READER = 'tocsin';

/** Host part of the accounts: every connection comes over TCP from this machine. */
const FROM = '127.0.0.1';

export function newPasswords(): DatabasePasswords {
  const fresh = (): string => randomBytes(18).toString('base64url');
  return { owner: fresh(), wordpress: fresh(), reader: fresh() };
}

/** The statements the README gives to a shop owner, for the account the sidecar reads with. */
export function readerStatements(account: {
  readonly database: string;
  readonly user: string;
  readonly host: string;
  readonly password: string;
}): string[] {
  const who = `'${account.user}'@'${account.host}'`;
  return [
    `CREATE USER ${who} IDENTIFIED BY '${account.password}'`,
    `GRANT SELECT ON \`${account.database}\`.* TO ${who}`,
  ];
}

/** SQL for the server's first start: schema and accounts, and no account without a password. */
export function accountsScript(passwords: DatabasePasswords): string {
  const reader = { database: DATABASE, user: READER, host: FROM, password: passwords.reader };
  const statements = [
    `DELETE FROM mysql.global_priv WHERE NOT (User = 'mariadb.sys')`,
    'FLUSH PRIVILEGES',
    `CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`,
    `CREATE USER '${OWNER}'@'${FROM}' IDENTIFIED BY '${passwords.owner}'`,
    `GRANT ALL PRIVILEGES ON *.* TO '${OWNER}'@'${FROM}' WITH GRANT OPTION`,
    `CREATE USER '${WORDPRESS}'@'${FROM}' IDENTIFIED BY '${passwords.wordpress}'`,
    `GRANT ALL PRIVILEGES ON \`${DATABASE}\`.* TO '${WORDPRESS}'@'${FROM}'`,
    ...readerStatements(reader),
  ];
  // An init file is read line by line: one statement a line.
  return `${statements.join(';\n')};\n`;
}

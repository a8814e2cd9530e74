// Writes the store's wp-config.php.
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATABASE, WORDPRESS } from './database-accounts.ts';

export type WpConfig = {
  readonly siteFolder: string;
  readonly url: string;
  readonly prefix: string;
  readonly databasePort: number;
  readonly databasePassword: string;
  readonly debugLog: string;
  /** Whether WordPress may call other hosts; only while it downloads a plugin. */
  readonly outgoing: boolean;
  readonly constants: Readonly<Record<string, string | number | boolean>>;
};

const SALTS = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'];

/** Replaces the file; the constants given win over ours. */
export async function writeWpConfig(config: WpConfig): Promise<void> {
  const constants = { ...defaultConstants(config), ...config.constants };
  const lines = Object.entries(constants).map(
    ([name, value]) => `define( ${phpLiteral(name)}, ${phpLiteral(value)} );`,
  );
  const text = [
    '<?php',
    '// Written by e2e/stack for one run of the store in a box.',
    ...lines,
    `$table_prefix = ${phpLiteral(config.prefix)};`,
    "if ( ! defined( 'ABSPATH' ) ) {",
    "\tdefine( 'ABSPATH', __DIR__ . '/' );",
    '}',
    "require_once ABSPATH . 'wp-settings.php';",
    '',
  ].join('\n');
  await writeFile(join(config.siteFolder, 'wp-config.php'), text, { mode: 0o600 });
}

function defaultConstants(config: WpConfig): Record<string, string | number | boolean> {
  const keys = SALTS.flatMap((name) => [`${name}_KEY`, `${name}_SALT`]);
  return {
    DB_NAME: DATABASE,
    DB_USER: WORDPRESS,
    DB_PASSWORD: config.databasePassword,
    DB_HOST: `127.0.0.1:${config.databasePort}`,
    DB_CHARSET: 'utf8mb4',
    DB_COLLATE: '',
    ...Object.fromEntries(keys.map((key) => [key, randomBytes(32).toString('base64url')])),
    WP_HOME: config.url,
    WP_SITEURL: config.url,
    // Tocsin must not need WP-Cron, so no store in a box has it.
    DISABLE_WP_CRON: true,
    WP_HTTP_BLOCK_EXTERNAL: !config.outgoing,
    WP_ACCESSIBLE_HOSTS: 'localhost,127.0.0.1',
    AUTOMATIC_UPDATER_DISABLED: true,
    FS_METHOD: 'direct',
    WP_ENVIRONMENT_TYPE: 'local',
    WP_DEBUG: true,
    WP_DEBUG_LOG: config.debugLog,
    WP_DEBUG_DISPLAY: false,
  };
}

function phpLiteral(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

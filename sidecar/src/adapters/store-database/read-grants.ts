// What the configured database user may do. The sidecar needs SELECT only; more than that is more to lose.
import type { StorePool } from './store-pool.ts';

export type StoreGrants = {
  readonly selectOnly: boolean;
  /** Rights beyond SELECT, in upper case, sorted; roles as `ROLE name`. Names of rights only: no hosts, no hashes. */
  readonly beyondSelect: readonly string[];
};

/** Reading, and asking how the server does: a replica tells its lag to nobody else. */
const HARMLESS = new Set([
  'SELECT',
  'USAGE',
  'SHOW VIEW',
  'REPLICA MONITOR',
  'SLAVE MONITOR',
  'REPLICATION CLIENT',
  'BINLOG MONITOR',
]);

export async function readGrants(pool: StorePool): Promise<StoreGrants> {
  const rows = await pool.rows<Record<string, string>>('SHOW GRANTS');
  const lines = rows.map((row) => Object.values(row)[0] ?? '');
  const beyond = [...new Set(lines.flatMap(rightsBeyondSelect))].sort();
  return { selectOnly: beyond.length === 0, beyondSelect: beyond };
}

/** Of one line such as ``GRANT SELECT, INSERT (`a`, `b`) ON `shop`.* TO `u`@`%` WITH GRANT OPTION``. */
export function rightsBeyondSelect(line: string): string[] {
  const rights = /^GRANT (.+?) ON .+? TO /i.exec(line)?.[1];
  if (rights === undefined) {
    const role = /^GRANT `?([^`]+?)`? TO /i.exec(line)?.[1];
    return role === undefined ? [] : [`ROLE ${role}`];
  }
  const names = rights
    .replaceAll(/\([^)]*\)/g, '')
    .split(',')
    .map((name) => name.trim().toUpperCase())
    .filter((name) => name !== '' && !HARMLESS.has(name));
  return /WITH GRANT OPTION/i.test(line) ? [...names, 'GRANT OPTION'] : names;
}

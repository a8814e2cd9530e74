// Which order store WooCommerce reads from, as its options say. The reading of people never depends on it.
import type { StoreConnection, StorePool } from './store-pool.ts';
import { readStoreTables, type StoreTables } from './store-tables.ts';

export type OrderStoreState = {
  /** The option: HPOS is the store WooCommerce reads from. */
  readonly hposEnabled: boolean;
  /** The option: both stores are kept in step. */
  readonly syncEnabled: boolean;
  /** `interval`, `continuous` or `off`; null when never set. */
  readonly backgroundSync: string | null;
  /** Old copies are being removed just now. */
  readonly cleanupInProgress: boolean;
  readonly hasHposTables: boolean;
  readonly hasLegacyTables: boolean;
};

const OPTIONS = {
  enabled: 'woocommerce_custom_orders_table_enabled',
  sync: 'woocommerce_custom_orders_table_data_sync_enabled',
  background: 'woocommerce_custom_orders_table_background_sync_mode',
  cleanup: 'woocommerce_hpos_legacy_data_cleanup_in_progress',
} as const;

export async function readOrderStoreState(pool: StorePool): Promise<OrderStoreState> {
  const prefix = await pool.prefix();
  return pool.withConnection(async (connection) =>
    orderStoreState(connection, await readStoreTables(connection, prefix)),
  );
}

export async function orderStoreState(
  connection: StoreConnection,
  tables: StoreTables,
): Promise<OrderStoreState> {
  const table = tables.table('options');
  const rows =
    table === null
      ? []
      : await connection.rows<{ name: string; value: string }>(
          `SELECT option_name AS name, LEFT(option_value, 100) AS value FROM ${table}
            WHERE option_name IN (?)`,
          [Object.values(OPTIONS)],
        );
  const options = new Map(rows.map((row) => [row.name, row.value]));
  return {
    hposEnabled: options.get(OPTIONS.enabled) === 'yes',
    syncEnabled: options.get(OPTIONS.sync) === 'yes',
    backgroundSync: options.get(OPTIONS.background) ?? null,
    cleanupInProgress: options.get(OPTIONS.cleanup) === 'yes',
    hasHposTables: tables.table('wc_orders') !== null,
    hasLegacyTables: tables.table('posts') !== null && tables.table('postmeta') !== null,
  };
}

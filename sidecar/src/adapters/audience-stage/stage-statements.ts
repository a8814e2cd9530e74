// The statements of one stage.

export const UPSERT_REMAP = `INSERT INTO remap (src, dst, via) VALUES (?, ?, ?)
  ON CONFLICT (src) DO UPDATE SET dst = excluded.dst, via = excluded.via`;
export const UNTIE = 'DELETE FROM remap WHERE src = ?';
export const REMAPPED = 'SELECT src, dst, via FROM remap WHERE src = ?';
/** Texts stand above all integers. */
export const MOVED_ACCOUNTS = "SELECT src, dst, via FROM remap WHERE src < '' ORDER BY src";
export const MOVED_KEYS = 'SELECT src, dst, via FROM remap WHERE src >= ? AND src < ? ORDER BY src';
export const PAIRED = 'SELECT place, lead FROM pairs WHERE other >= ? AND other < ?';
export const INSERT_ADDRESS = 'INSERT OR IGNORE INTO addresses (key, user_id) VALUES (?, ?)';
export const ADDRESS = 'SELECT user_id FROM addresses WHERE key = ?';
export const WEAK_OWNERS = `SELECT DISTINCT COALESCE(r.dst, w.owner) AS owner
  FROM weak AS w LEFT JOIN remap AS r ON r.src = w.owner ORDER BY 1`;
export const SHARED_GATEWAYS = `WITH now AS (
    SELECT g.key AS key, COALESCE(r.dst, g.owner) AS owner, g.name AS name
      FROM gateways AS g LEFT JOIN remap AS r ON r.src = g.owner)
  SELECT key, owner, name FROM now
   WHERE key IN (SELECT key FROM now GROUP BY key HAVING COUNT(DISTINCT owner) > 1)
   ORDER BY key, owner`;

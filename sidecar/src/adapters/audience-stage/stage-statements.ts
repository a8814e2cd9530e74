// The statements of one stage.

export const INSERT_ORDER =
  'INSERT OR IGNORE INTO orders (order_id, owner, at, anonymised, name) VALUES (?, ?, ?, ?, ?)';
export const ORDER = 'SELECT owner, at, anonymised, name FROM orders WHERE order_id = ?';
export const ACCOUNT = 'SELECT 1 FROM accounts WHERE user_id = ?';
export const ACCOUNT_OF_KEY =
  'SELECT user_id FROM accounts WHERE key IS NOT NULL AND key = ? ORDER BY user_id LIMIT 1';
export const UPSERT_REMAP = `INSERT INTO remap (src, dst, via) VALUES (?, ?, ?)
  ON CONFLICT (src) DO UPDATE SET dst = excluded.dst, via = excluded.via`;
export const REMAPPED = 'SELECT dst FROM remap WHERE src = ?';
export const ANYBODY = 'SELECT 1 FROM sorted WHERE owner = ? LIMIT 1';
export const ONE_PERSON = `SELECT s.owner AS owner, s.via AS via, r.block AS block, r.packed AS packed
  FROM sorted AS s JOIN rows AS r ON r.id = s.row_id WHERE s.owner = ? ORDER BY s.row_id`;
export const WEAK_OWNERS = `SELECT DISTINCT COALESCE(r.dst, w.owner) AS owner
  FROM weak AS w LEFT JOIN remap AS r ON r.src = w.owner ORDER BY 1`;
export const SHARED_CHOICES =
  'SELECT COUNT(*) AS shared FROM (SELECT key FROM chosen GROUP BY key HAVING COUNT(*) > 1)';
export const SHARED_GATEWAYS = `WITH now AS (
    SELECT g.key AS key, COALESCE(r.dst, g.owner) AS owner, g.name AS name
      FROM gateways AS g LEFT JOIN remap AS r ON r.src = g.owner)
  SELECT key, owner, name FROM now
   WHERE key IN (SELECT key FROM now GROUP BY key HAVING COUNT(DISTINCT owner) > 1)
   ORDER BY key, owner`;

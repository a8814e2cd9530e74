// The accounts 1 to N, each with four rows of its meta; the shop's own administrator is user 1.
import { personInSql } from './people-in-sql.ts';

const PERSON = personInSql('p');
const CUSTOMER = 'a:1:{s:8:"customer";b:1;}';
const ADMINISTRATOR = 'a:1:{s:13:"administrator";b:1;}';

export function fillAccounts(prefix: string, customers: number): string {
  return `INSERT INTO ${prefix}users (ID, user_login, user_pass, user_nicename, user_email, user_registered, display_name)
    SELECT 1, 'admin', '', 'admin', 'admin@shop.example.com', '2021-10-30 09:00:00', 'admin'
    UNION ALL SELECT p + 1, CONCAT('customer', p), CONCAT('$wp$2y$10$', MD5(p), LEFT(MD5(p + 1), 21)), CONCAT('customer', p),
      ${PERSON.email}, DATE_ADD('2021-10-31 00:00:00', INTERVAL (p - 1) * 157600000 DIV ${customers} SECOND),
      CONCAT(${PERSON.given}, ' ', ${PERSON.family})
    FROM (SELECT seq AS p FROM seq_1_to_${customers}) u`;
}

export function fillAccountMeta(prefix: string, customers: number): string {
  return `INSERT INTO ${prefix}usermeta (umeta_id, user_id, meta_key, meta_value)
    SELECT 1, 1, '${prefix}capabilities', '${ADMINISTRATOR}'
    UNION ALL SELECT 4 * p - 2 + kind, p + 1,
      ELT(1 + kind, 'first_name', 'last_name', '${prefix}capabilities', 'billing_email'),
      CASE kind WHEN 0 THEN ${PERSON.given} WHEN 1 THEN ${PERSON.family} WHEN 2 THEN '${CUSTOMER}'
        ELSE IF(p % 50 = 0, CONCAT('billing.', ${PERSON.email}), ${PERSON.email}) END
    FROM (SELECT u.seq AS p, k.seq AS kind FROM seq_1_to_${customers} u, seq_0_to_3 k) m`;
}

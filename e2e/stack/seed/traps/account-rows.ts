// The rows of an account that is part of a trap: what the trap needs and nothing else.
import type { TrapRow } from './trap-shop.ts';

export type TrapAccount = {
  readonly email: string;
  readonly login: string;
  readonly first: string;
  readonly last: string;
  /** Null for an account without a date of registration. Default 200. */
  readonly registeredDaysAgo?: number | null;
  readonly billingEmail?: string;
  readonly phone?: string;
  readonly postcode?: string;
  /** WordPress role. Default `customer`. */
  readonly role?: string;
  readonly meta?: Readonly<Record<string, string>>;
};

const ZERO_DATE = '0000-00-00 00:00:00';

export function* accountRows(
  account: TrapAccount,
  { id, prefix, day }: { id: number; prefix: string; day: (daysAgo: number) => string },
): Iterable<[string, TrapRow]> {
  const { registeredDaysAgo: ago = 200, role = 'customer' } = account;
  yield [
    'users',
    {
      ID: id,
      user_login: account.login,
      user_pass: '$wp$2y$10$nobody',
      user_nicename: account.login,
      user_email: account.email,
      user_registered: ago === null ? ZERO_DATE : day(ago),
      display_name: `${account.first} ${account.last}`.trim(),
    },
  ];
  const meta: Record<string, string> = {
    first_name: account.first,
    last_name: account.last,
    [`${prefix}capabilities`]: `a:1:{s:${role.length}:"${role}";b:1;}`,
    ...(account.billingEmail === undefined ? {} : { billing_email: account.billingEmail }),
    ...(account.phone === undefined ? {} : { billing_phone: account.phone }),
    ...(account.postcode === undefined ? {} : { billing_postcode: account.postcode }),
    ...account.meta,
  };
  for (const [key, value] of Object.entries(meta)) {
    yield ['usermeta', { user_id: id, meta_key: key, meta_value: value }];
  }
}

// What a store in a box can be asked for, and what it is when nothing is asked.
import { StoreError } from './store-error.ts';

export type StoreUser = {
  readonly login: string;
  readonly password: string;
  /** A WordPress role: administrator, shop_manager, editor, customer, … */
  readonly role: string;
  readonly email: string;
  readonly displayName: string;
};

export type StoreOptions = {
  /** Part of the state folder's name; letters, digits and dashes. Default `store`. */
  readonly name?: string;
  /** Table prefix. Default `wp_`. */
  readonly prefix?: string;
  /** Site title. Default `Meridian Pay`. */
  readonly title?: string;
  /** At least one administrator must be among them. Default: one, `admin` / `admin`. */
  readonly users?: readonly StoreUser[];
  /** Extra wp-config constants; they win over ours. */
  readonly constants?: Readonly<Record<string, string | number | boolean>>;
  /**
   * `link` points wp-content/plugins/tocsin at the checkout, `copy` makes a copy that a test may
   * break, `none` leaves it out. Default `link`.
   */
  readonly plugin?: 'link' | 'copy' | 'none';
  /**
   * `auto` tries WOOCOMMERCE_DIR, then the download, then our own schema file; `schema` takes the
   * schema file at once. Default `auto`.
   */
  readonly woocommerce?: 'auto' | 'schema';
  /** Start from a ready-made copy in the cache folder, and leave one there. Default true. */
  readonly reuse?: boolean;
  /** Leave the folder behind after stop(), for a look. Default false. */
  readonly keep?: boolean;
  /** Stop on SIGINT, SIGTERM and SIGHUP, then let the signal do its work. Default true. */
  readonly stopOnSignals?: boolean;
  /** Told what is going on, one short line at a time. */
  readonly log?: (line: string) => void;
};

export type StorePlan = Required<StoreOptions>;

const DEFAULT_USERS: readonly StoreUser[] = [
  {
    login: 'admin',
    password: 'admin',
    role: 'administrator',
    email: 'owner@example.com',
    displayName: 'Store owner',
  },
];

/** Fills in the defaults; throws `bad_option` for what cannot work. */
export function planStore(options: StoreOptions): StorePlan {
  const plan: StorePlan = {
    name: options.name ?? 'store',
    prefix: options.prefix ?? 'wp_',
    title: options.title ?? 'Meridian Pay',
    users: options.users ?? DEFAULT_USERS,
    constants: options.constants ?? {},
    plugin: options.plugin ?? 'link',
    woocommerce: options.woocommerce ?? 'auto',
    reuse: options.reuse ?? true,
    keep: options.keep ?? false,
    stopOnSignals: options.stopOnSignals ?? true,
    log: options.log ?? (() => {}),
  };
  refuseUnless(/^[a-z0-9][a-z0-9-]{0,39}$/.test(plan.name), {
    field: 'name',
    given: plan.name,
    allowed: 'up to 40 lower-case letters, digits and dashes',
  });
  // WordPress itself allows no other characters; the prefix is also pasted into our schema file.
  refuseUnless(/^[A-Za-z0-9_]{1,20}$/.test(plan.prefix), {
    field: 'prefix',
    given: plan.prefix,
    allowed: 'up to 20 letters, digits and underscores',
  });
  refuseUnless(
    plan.users.some((user) => user.role === 'administrator'),
    {
      field: 'users',
      given: plan.users.map((user) => user.role).join(', '),
      allowed: 'at least one with the role administrator',
    },
  );
  return plan;
}

/** The administrator WordPress is installed with. */
export function firstAdministrator(plan: StorePlan): StoreUser {
  const found = plan.users.find((user) => user.role === 'administrator');
  if (found === undefined) throw new StoreError('bad_option', 'no administrator among the users');
  return found;
}

function refuseUnless(
  holds: boolean,
  why: { field: string; given: string; allowed: string },
): void {
  if (holds) return;
  throw new StoreError(
    'bad_option',
    `couldn't plan the store: ${why.field} is not usable (you gave ${JSON.stringify(why.given)}; ` +
      `allowed: ${why.allowed})`,
  );
}

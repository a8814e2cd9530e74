// Lays traps: rows of a store that lead a careless reading to too few or too many people, each with the person who is true.
import type { Connection } from 'mysql2/promise';
import type { StoreIds } from '../store-before.ts';
import type { TruePerson } from '../truth.ts';
import { accountRows, type TrapAccount } from './account-rows.ts';
import { orderRows, type TrapOrder } from './order-rows.ts';
import { noFigures, type TrueHint, type DependsOn, type TrueReason } from './trap-truth.ts';

export type TrapValue = string | number | null | Buffer;
export type TrapRow = Readonly<Record<string, TrapValue>>;

const DAY_MS = 86_400_000;

/** An order or another dated row that was laid; reasons take its date. */
export type Laid = { readonly id: number; readonly at: string | null };

/** Ids are used up as traps are laid. */
export type TrapGround = {
  readonly prefix: string;
  readonly ids: Pick<StoreIds, 'user' | 'order' | 'lookup'>;
  readonly now: Date;
};

export type PersonSpec = {
  /** After `t-`. */
  readonly id: string;
  readonly name?: string;
  /** Where to write; null for nowhere. */
  readonly contact: string | null;
  /** Further addresses of the same person, as stored. */
  readonly also?: readonly string[];
  readonly userId?: number;
  readonly dependsOn?: DependsOn;
  readonly reasons: readonly TrueReason[];
  /** Why he cannot be written to, when it is not for want of an address. */
  readonly invalid?: boolean;
};

export class TrapShop {
  readonly prefix: string;
  readonly figures = noFigures();
  readonly people: TruePerson[] = [];
  readonly #ids: TrapGround['ids'];
  readonly #now: Date;
  /** Order items are the traps' alone: the bulk has none. */
  #nextItem = 900_001;
  readonly #rows: { table: string; row: TrapRow }[] = [];

  constructor(options: TrapGround) {
    this.prefix = options.prefix;
    this.#ids = options.ids;
    this.#now = options.now;
  }

  add(table: string, row: TrapRow): void {
    this.#rows.push({ table, row });
  }

  /** `2026-11-23T16:00:00Z`, noon being as good as any time. */
  day(daysAgo: number): string {
    return `${new Date(this.#now.getTime() - daysAgo * DAY_MS).toISOString().slice(0, 19)}Z`;
  }

  account(account: TrapAccount): number {
    const id = this.#ids.user++;
    for (const [table, row] of accountRows(account, {
      id,
      prefix: this.prefix,
      day: this.#sqlDay,
    })) {
      this.add(table, row);
    }
    return id;
  }

  /** Ten days old unless it says otherwise. */
  order(order: TrapOrder): Laid {
    const id = this.postId();
    for (const [table, row] of orderRows(order, { id, day: this.#sqlDay })) this.add(table, row);
    return { id, at: order.daysAgo === null ? null : this.day(order.daysAgo ?? 10) };
  }

  /** Posts and orders are numbered from one sequence. */
  postId(): number {
    return this.#ids.order++;
  }

  lookupId(): number {
    return this.#ids.lookup++;
  }

  /** Bought in this order. */
  item(order: Laid, name: string, meta: Readonly<Record<string, string>>): void {
    const id = this.#nextItem++;
    this.add('woocommerce_order_items', {
      order_item_id: id,
      order_item_name: name,
      order_item_type: 'line_item',
      order_id: order.id,
    });
    for (const [key, value] of Object.entries(meta)) {
      this.add('woocommerce_order_itemmeta', {
        order_item_id: id,
        meta_key: key,
        meta_value: value,
      });
    }
  }

  orderMeta(order: Laid, meta: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(meta)) {
      this.add('wc_orders_meta', { order_id: order.id, meta_key: key, meta_value: value });
    }
  }

  userMeta(userId: number, meta: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(meta)) {
      this.add('usermeta', { user_id: userId, meta_key: key, meta_value: value });
    }
  }

  /** A post that is no order: a form's entry, a coupon, a privacy request. */
  post(post: {
    type: string;
    title?: string;
    content?: string;
    status?: string;
    meta?: Readonly<Record<string, string>>;
    daysAgo?: number;
  }): number {
    const id = this.postId();
    const at = this.sqlDay(post.daysAgo ?? 10);
    this.add('posts', {
      ID: id,
      post_author: 0,
      post_date: at,
      post_date_gmt: at,
      post_content: post.content ?? '',
      post_title: post.title ?? '',
      post_excerpt: '',
      post_status: post.status ?? 'publish',
      post_type: post.type,
      to_ping: '',
      pinged: '',
      post_content_filtered: '',
      post_modified: at,
      post_modified_gmt: at,
    });
    for (const [key, value] of Object.entries(post.meta ?? {})) {
      this.add('postmeta', { post_id: id, meta_key: key, meta_value: value });
    }
    return id;
  }

  sqlDay(daysAgo: number): string {
    return this.day(daysAgo).slice(0, 19).replace('T', ' ');
  }
  readonly #sqlDay = (daysAgo: number): string => this.sqlDay(daysAgo);

  /** Writes down who is true. */
  person(spec: PersonSpec): void {
    const { contact } = spec;
    this.people.push({
      id: `t-${spec.id}`,
      kind: 'trap',
      name: spec.name ?? '',
      script: 'latin',
      contact,
      addresses: [...(contact === null ? [] : [contact]), ...(spec.also ?? [])],
      userId: spec.userId ?? null,
      accountEmail: null,
      orders: [],
      trap: {
        dependsOn: spec.dependsOn ?? null,
        reasons: spec.reasons,
        contactability:
          contact !== null ? 'reachable' : spec.invalid === true ? 'invalid_address' : 'no_address',
      },
    });
  }

  /** One of the shop's own people, who never bought. */
  staff(spec: { id: string; name: string; userId: number; email: string }): void {
    this.people.push({
      id: `t-${spec.id}`,
      kind: 'staff',
      name: spec.name,
      script: 'latin',
      contact: spec.email,
      addresses: [spec.email],
      userId: spec.userId,
      accountEmail: spec.email,
      orders: [],
    });
  }

  /** Ids as persons have them, without `t-`. */
  hint(hint: Pick<TrueHint, 'kind'> & Partial<Pick<TrueHint, 'source'>>, ...ids: string[]): void {
    const people = ids.map((id) => `t-${id}`).sort();
    this.figures.hints.push({ kind: hint.kind, people, source: hint.source ?? null });
  }

  /** Writes all rows, zero dates and all. */
  async write(connection: Connection, tables: readonly string[]): Promise<void> {
    await connection.query("SET sql_mode = ''");
    for (const table of tables) await connection.query(table.replaceAll('{prefix}', this.prefix));
    for (const { table, row } of this.#rows) {
      const columns = Object.keys(row).map((name) => `\`${name}\``);
      await connection.query(
        `INSERT INTO \`${this.prefix}${table}\` (${columns.join(',')}) VALUES (${columns.map(() => '?').join(',')})`,
        Object.values(row),
      );
    }
    await connection.query('COMMIT');
  }
}

/** A reason by a row with a date of its own, or with none. */
export function reason(
  source: string,
  role: string,
  tie: string,
  at: string | null = null,
): TrueReason {
  return { source, order: null, role, tie, at };
}

/** A reason by a row that takes its date from an order. */
export function byOrder(laid: Laid, source: string, role: string, tie: string): TrueReason {
  const order = source.startsWith('orders_') ? laid.id : null;
  return { source, order, role, tie, at: laid.at };
}

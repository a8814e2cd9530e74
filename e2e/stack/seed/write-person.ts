// Writes everything one invented person leaves in a store.
import { writeAccount } from './account-rows.ts';
import type { InventedPerson } from './invent-person.ts';
import { USER_AGENT } from './order-fields.ts';
import { writeOrder } from './order-rows.ts';
import type { Random } from './random.ts';
import type { StoreIds } from './store-before.ts';
import type { TableWriter } from './table-writer.ts';

export type WritingContext = {
  readonly writer: TableWriter;
  readonly prefix: string;
  readonly random: Random;
  readonly ids: StoreIds;
};

export function writePerson(person: InventedPerson, context: WritingContext): void {
  const { writer, prefix, random } = context;
  const lookups = new LookupIds(person, context);
  if (person.truth.userId !== null) {
    writeAccount(person, { writer, prefix, lookupId: lookups.ofAccount() });
  }
  const ip = `203.0.113.${random.between(1, 254)}`;
  const { given, family, phone } = person;
  const buyer = { given, family, phone, ip, userAgent: USER_AGENT };
  person.orders.forEach((order, index) => {
    const lookupId = lookups.ofOrder(order);
    writeOrder(order, buyer, { writer, lookupId, returning: index > 0 });
  });
  writeSavedCard(person, context);
}

/**
 * wc_customer_lookup has one row per account and one per guest address; a guest order under an
 * account's address counts for the account.
 */
class LookupIds {
  readonly #person: InventedPerson;
  readonly #context: WritingContext;
  readonly #byAddress = new Map<string, number>();
  #account: number | null = null;

  constructor(person: InventedPerson, context: WritingContext) {
    this.#person = person;
    this.#context = context;
  }

  ofAccount(): number {
    if (this.#account === null) {
      this.#account = this.#context.ids.lookup++;
      this.#byAddress.set((this.#person.truth.accountEmail ?? '').toLowerCase(), this.#account);
    }
    return this.#account;
  }

  ofOrder(order: InventedPerson['orders'][number]): number {
    if (order.truth.customerId !== 0) return this.ofAccount();
    // Analytics take no drafts: nobody is looked up for one.
    if (order.truth.status === 'wc-checkout-draft') return 0;
    const email = order.truth.hposEmail ?? order.truth.legacyEmail ?? '';
    const known = this.#byAddress.get(email.toLowerCase());
    if (known !== undefined) return known;
    const id = this.#context.ids.lookup++;
    this.#byAddress.set(email.toLowerCase(), id);
    this.#writeGuest(id, email, order);
    return id;
  }

  #writeGuest(id: number, email: string, order: InventedPerson['orders'][number]): void {
    this.#context.writer.add('wc_customer_lookup', {
      customer_id: id,
      user_id: null,
      username: '',
      first_name: this.#person.given,
      last_name: this.#person.family,
      email,
      date_last_active: order.truth.createdAt.slice(0, 19).replace('T', ' '),
      date_registered: null,
      country: order.billing.country,
      postcode: order.billing.postcode,
      city: order.billing.city,
      state: order.billing.state,
    });
  }
}

/** Every seventh account that paid by card keeps the card. */
function writeSavedCard(person: InventedPerson, { writer, ids }: WritingContext): void {
  const paidByCard = person.orders.some(
    (order) => order.truth.customerId !== 0 && order.truth.paymentMethod === 'stripe',
  );
  if (person.truth.userId === null || !paidByCard || person.number % 7 !== 0) return;
  const id = ids.token++;
  writer.add('woocommerce_payment_tokens', {
    token_id: id,
    gateway_id: 'stripe',
    token: `pm_${person.number.toString(36).padStart(20, '0')}`,
    user_id: person.truth.userId,
    type: 'CC',
    is_default: 1,
  });
  const last4 = String(person.number % 10_000).padStart(4, '0');
  const meta = { last4, expiry_year: '2029', expiry_month: '04', card_type: 'visa' };
  for (const [key, value] of Object.entries(meta)) {
    const row = { payment_token_id: id, meta_key: key, meta_value: value };
    writer.add('woocommerce_payment_tokenmeta', row);
  }
}

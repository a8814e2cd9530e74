// What the names around a value say, worked out once for each place and path and not for each value.
import type { NameInput } from '../finding.ts';
import { saysNothing, spellName } from './spell-name.ts';

export type NameContext = {
  /** The name that tells most: the innermost that says anything. */
  readonly name: string;
  /** Names around it from the outside in, without table: key or column, then path. */
  readonly around: string;
  readonly table: string;
  /** '' when it is not known. */
  readonly parent: string;
  readonly siblings: readonly string[];
  /** How deep inside a decoded value; 0 is the value itself. */
  readonly depth: number;
  /** Names around speak of a person: a bare `name`, `state` or `title` is then his. */
  readonly ofPerson: boolean;
  /** Names around speak of payment by card, bank or wallet. */
  readonly ofPayment: boolean;
  /** Rows of the shop's own settings: its sender addresses and bank accounts are nobody's. */
  readonly ofOperator: boolean;
  /** Products, terms, tax rates, pages: what the shop itself wrote. */
  readonly ofGoods: boolean;
};

const PERSON_TABLE =
  /(?:^|_)(?:users?|usermeta|customers?|subscribers?|contacts?|members?|leads?|clients?|guests?|patients?|students?|donors?|employees?|attendees?|applicants?|candidates?|persons?|people|kunden?|kontakte?|clientes?|clienti|klanten|klienci|anagrafica|kunder|addresses|billing|shipping|payers?|buyers?|recipients?|submissions?(?:_values)?|submission|signups?|entries|entry|entry_details|entry_fields|appointments?|bookings?|reservations?|profiles?|accounts?|licen[cs]es|kyc)(?:_|$)/;
const PERSON_NAME =
  /(?:^|_)(?:billing|shipping|customers?|clients?|payers?|buyers?|users?|contacts?|subscribers?|members?|recipients?|senders?|guests?|attendees?|persons?|people|donors?|authors?|holder|owner|patient|student|candidate|applicant|beneficiary|invitee|address|registration|customer_details|submitted_values|anonymous|your|kyc|profile|vendor|seller|driver)(?:_|$)/;
const PERSON_SIBLING =
  /(?:^|_)(?:e?_?mail|email_address|courriel|correo|phone|tel|telefon\w*|mobile|first_?name|last_?name|surname|vorname|nachname|voornaam|achternaam|prenom|apellidos?|cognome|nazwisko|given_name|family_name|dob|birth\w*|ssn|passport\w*|postcode|post_?code|zip|zip_?code|plz|codice_fiscale|date_naissance|street\w*|address_?1|address_line_?1|line1|indirizzo|strasse)$/;
const PAYMENT =
  /(?:^|_)(?:stripe|wcpay|woopay|ppcp|paypal|square|braintree|authorize|cim|nmi|klarna|kp|mollie|adyen|paystack|razorpay|gocardless|opayo|sagepay|worldpay|checkout_com|payu|mpesa|gateway|payments?|pay|card|cc|credit_card|payment_tokens?|payment_tokenmeta|transactions?|txn|ipn|charge|bank|sepa|direct_debit|depay|eway|barclaycard\w*|bluesnap|swish|mondu|sequra|vipps|terminal|pos|iyzico|bambora|cielo|pagseguro|pagbank|mercado_?pago|payfast|paytm|phonepe|ccavenue|alipay|wechat_?pay|affirm|afterpay|clearpay|sezzle|zip_?pay|amazon_?pay|google_?pay|apple_?pay|venmo|paytrail|nets|swish|vipps|ideal|p24|przelewy24|dotpay|tpay|blik|multisafepay|buckaroo|helcim|elavon|converge|cybersource|moneris|payflow|2checkout|twocheckout|skrill|paysafe|viva_?wallet|sumup|redsys|global_?payments|heartland|worldline|saferpay|datatrans|postfinance|twint|unzer|heidelpay|novalnet|payone|ratepay|billpay|s\dmember|acme_gateway)(?:_|$)/;
const GOODS_PARENT =
  /^(?:product|product_variation|product_cat|attachment|page|post|revision|nav_menu_item|wp_\w+|custom_css|oembed_cache|customize_changeset|elementor_library|acf_field\w*|download|course|lesson)$/;
const GOODS_TABLE =
  /(?:^|_)(?:terms|termmeta|term_taxonomy|links|tax_rates?|tax_rate_locations|tax_rate_classes|tax_classes|shipping_zones?|shipping_zone_\w+|admin_notes?|admin_note_actions|attribute_taxonomies|product_\w*lookup|category_lookup|products?|productmeta|stock|translations?|forms?_def|form_fields?|nf3_\w+|actionscheduler_groups|webhooks|plugins_seen|stores?|branches|shops|warehouses|outlets|tax_\w+)$/;

export function nameContext(input: NameInput): NameContext {
  const outer = spellName(input.key === '' ? input.column : input.key);
  const segments = input.path.map(spellName);
  const inwards = [outer, ...segments];
  const name = inwards.findLast((part) => !saysNothing(part)) ?? outer;
  const around = inwards.filter((part) => part !== '').join('/');
  const table = spellName(input.table);
  const parent = spellName(input.parent ?? '');
  const siblings = (input.siblings ?? []).map(spellName);
  const depth = segments.length;
  const enclosing = inwards.slice(0, -1);
  const ofGoods = GOODS_PARENT.test(parent) || (GOODS_TABLE.test(table) && parent === '');
  return {
    name,
    around,
    table,
    parent,
    siblings,
    depth,
    ofPerson:
      PERSON_NAME.test(enclosing.join('_')) ||
      PERSON_NAME.test(parent) ||
      siblings.some((beside) => PERSON_SIBLING.test(beside)) ||
      (depth === 0 && PERSON_TABLE.test(table)),
    ofPayment: PAYMENT.test(`${table}_${around.replaceAll('/', '_')}_${parent}`),
    ofOperator: /(?:^|_)(?:options|sitemeta|config|settings)$/.test(table) && !isCache(outer),
    ofGoods,
  };
}

/** Options that hold copies of customers' data for a while, not settings. */
function isCache(outer: string): boolean {
  return /transient|cache|session|queue|list|subscribers|export|report|log(?:_|$)/.test(outer);
}

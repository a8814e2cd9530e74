// Names of cards, codes, bank accounts, wallets and of what a payment provider calls a customer.
import { hasCardNumber, isCardNumber, isMaskedCard } from '../values/card-number.ts';
import { isBic, isIban } from '../values/iban.ts';
import { isGatewayId } from '../values/secret-shape.ts';
import { isWallet } from '../values/wallet-shape.ts';
import { digitsOf, isFlag, isText, words, type KeyRule } from './key-rule.ts';

const NO_CARD = /gift|loyalty|member|bonus|sim_card|business_card|score|post_?card|key_?card/;

/** Ids as providers give them: one word; times, sums and short plain numbers, which are row ids, are none. */
function isReference(value: string): boolean {
  if (value.length < 6 || value.length > 255 || !/^\w[\w.:+/=-]+$/.test(value)) return false;
  if (/^\d+$/.test(value)) return !/^1[4-9]\d{8}$/.test(value);
  return !/^\d+[.,]\d+$|^(?:19|20)\d\d-\d\d-\d\d/.test(value) && !isFlag(value) && !isWallet(value);
}

/** Under a name that many things have: no plain word. */
function isTellingReference(value: string): boolean {
  return isReference(value) && (/\d/.test(value) || isGatewayId(value));
}

function isAccountNumber(value: string): boolean {
  return (
    /^[\dA-Z][\dA-Z /-]{3,33}$/i.test(value) &&
    digitsOf(value).length >= 4 &&
    !/^(?:19|20)\d\d-\d\d-\d\d/.test(value)
  );
}

export const PAYMENT_RULES: readonly KeyRule[] = [
  {
    dataClass: 'financial_access_code',
    detector: 'card-code',
    name: words(
      '(?:\\w+_)?(?:cvv2?|cvc2?|cvn|csc|card_code|card_verification\\w*|card_security_code)(?:_code)?|cc_cid|security_code|(?:kartenpruefnummer|pruefziffer)',
    ),
    fits: (value) => /^\d{3,4}$/.test(value),
  },
  {
    dataClass: 'financial_access_code',
    detector: 'bank-code',
    name: words(
      '(?:card|bank|atm|debit|online_banking|banking)?_?pin|(?:i|m|photo|push|sms)?_?tan|(?:online_)?banking_(?:code|pin|password|login)|bank_(?:password|code_secret)|3ds_(?:password|code)',
    ),
    fits: (value) => /^[0-9A-Z]{4,12}$/i.test(value) && /\d{3}/.test(value),
  },
  {
    dataClass: 'payment_card',
    detector: 'card-number',
    name: words(
      '(?:\\w+_)?(?:cc|card|credit_?card|debit_?card|kreditkarten?|karten|carte|tarjeta|carta|account)_?(?:num(?:ber|mer|ero)?|no|nr|pan)?|pan|ccnum(?:ber)?|primary_account_number',
    ),
    not: NO_CARD,
    fits: isCardNumber,
  },
  {
    dataClass: 'payment_card',
    detector: 'card-track',
    name: words('track_?[12](?:_data)?|magstripe|stripe_data'),
    fits: (value) => isCardNumber((value.replace(/^[%;]?B?/, '').split(/[=^]/)[0] ?? '').trim()),
  },
  {
    dataClass: 'payment_card',
    detector: 'card-text',
    name: /(?:^|_)(?:payment|gateway|card|cc|log|debug|request|response)(?:_|$)/,
    fits: (value) => value.length > 25 && hasCardNumber(value),
  },
  {
    dataClass: 'payment_card_partial',
    detector: 'card-masked',
    name: /card|cc|account_?(?:number|no)|pan|mask/,
    not: NO_CARD,
    fits: isMaskedCard,
  },
  {
    dataClass: 'payment_card_partial',
    detector: 'card-last-digits',
    name: words(
      '(?:\\w+_)?(?:last_?(?:4|four|digits)|4_last_digits|account_four|card_last\\w*|last4)',
    ),
    not: /ssn|social|phone|iban|tax/,
    fits: (value) => /^\d{3,5}$/.test(value) || isMaskedCard(value),
  },
  {
    dataClass: 'payment_card_partial',
    detector: 'card-expiry',
    name: words(
      '(?:\\w+_)?(?:card|cc)_?exp\\w*|exp(?:iry|iration)?_?(?:month|year)|(?:\\w+_)?exp(?:iration)?(?:month|year)',
    ),
    fits: (value) => /^\d{1,4}(?:\s?[/.-]\s?\d{1,4})?$/.test(value),
  },
  {
    dataClass: 'payment_card_partial',
    detector: 'card-expiry',
    name: words('exp(?:iry|iration)?(?:_date)?|valid_thru'),
    when: ({ ofPayment, siblings }) =>
      ofPayment && siblings.some((beside) => /card|last_?4|brand|cvv/.test(beside)),
    fits: (value) => /^\d{2,4}\s?[/.-]?\s?\d{2,4}$/.test(value),
  },
  {
    dataClass: 'payment_card_partial',
    detector: 'card-brand',
    name: words('(?:\\w+_)?(?:card|cc|credit_card)_?(?:type|brand|network|scheme)|cardtype'),
    not: NO_CARD,
    fits: (value) => isText(value) && value.length <= 40,
  },
  {
    dataClass: 'payment_card_partial',
    detector: 'card-brand',
    name: words('brand|network|bin|iin|card_bin|display_brand'),
    when: ({ ofPayment }) => ofPayment,
    fits: (value) =>
      /^(?:visa|master ?card|amex|american[ _]express|discover|diners(?: club)?|jcb|union ?pay|maestro|cartes_bancaires)$/i.test(
        value,
      ) || /^\d{6,8}$/.test(value),
  },
  {
    dataClass: 'wallet',
    detector: 'wallet-key',
    name: words(
      '(?:\\w+_)?(?:wallet(?:_(?:address|id))?|payin_address|payout_address|deposit_address)|(?:btc|eth|bitcoin|ethereum|crypto|usdt|ltc|trx|xrp|xmr)_?(?:address|addr|wallet)',
    ),
    fits: (value) => isWallet(value) || /^[A-Za-z0-9]{26,110}$/.test(value),
  },
  {
    dataClass: 'financial_account',
    detector: 'bank-account',
    name: words(
      '(?:\\w+_)?(?:iban|sort_?code|routing(?:_?(?:number|no|num|transit))?|aba(?:_number)?|bsb|blz|bankleitzahl|clabe|ifsc(?:_code)?|kontonummer|konto_?nr|(?:bank_)?(?:account|acct|ac)_?(?:number|no|num|nr)|bank_account|check_number|cheque_number|rib|numero_de_cuenta|numer_konta)',
    ),
    not: /gift|loyalty|customer_account/,
    when: ({ ofOperator }) => !ofOperator,
    fits: (value) => isIban(value) || isAccountNumber(value),
  },
  {
    dataClass: 'financial_account',
    detector: 'bank-bic',
    name: words('(?:\\w+_)?(?:bic|swift|bic_swift|swift_bic)(?:_?code)?'),
    when: ({ ofOperator }) => !ofOperator,
    fits: isBic,
  },
  {
    dataClass: 'financial_account',
    detector: 'bank-name',
    name: words('(?:\\w+_)?bank_?name|banque|bank'),
    when: ({ ofOperator, name, ofPayment, siblings }) =>
      !ofOperator &&
      (name !== 'bank' || ofPayment || siblings.some((beside) => /iban|account/.test(beside))),
    fits: (value) => isText(value) && value.length <= 80 && !/^[{[]/.test(value),
  },
  {
    dataClass: 'payment_token',
    detector: 'payment-reference',
    name: words(
      '(?:\\w+_)?(?:intent|charge|source|payment_method|setup|setup_intent|mandate|capture|transaction|trans|txn|payment|authorization|checkout_session|psp_?reference|pspreference|square|payer|billing_agreement|klarna_order|kp_session|square_order|paypal_order|recurring_detail)_?(?:id|reference|ref)|(?:\\w+_)?(?:stripe|wcpay|paypal|square|braintree|gateway|mollie|adyen|target|guest)_?customer_?id|customer_profile_id|payment_profile_id|tx_?id|tx_?hash|transaction_hash|card_user_key|txn_ref|trans_num|(?:\\w+_)?pspreference|(?:\\w+_)?setup_intent|(?:\\w+_)?(?:payment|vault|recurring|card|source|multi_use)_tokens?|payment_tokens?_\\w+|authorization_code|square_id|stripe_account|recurring_token|pay_txn_id\\w*',
    ),
    not: /card_type|status|captured|failed/,
    fits: isReference,
  },
  {
    dataClass: 'payment_token',
    detector: 'payment-reference',
    name: words(
      '(?:\\w+_)?transaction|(?:shopper|buyer)_id|auth_code|customer_?id|profile_id|token|fingerprint|receipt(?:_(?:number|no))?|subscr(?:iption)?_id|(?:\\w+_)?customer_id|reference',
    ),
    not: /gift|loyalty/,
    when: ({ ofPayment }) => ofPayment,
    fits: isTellingReference,
  },
];

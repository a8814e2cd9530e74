// Names of what people leave behind: addresses on the net, devices, what they bought, what they wrote.
import { isNamedIp } from '../values/ip-shape.ts';
import { isRandomToken, isHexDigest } from '../values/secret-shape.ts';
import { isUserAgent, isUuid } from '../values/trace-shape.ts';
import { isFlag, isText, words, type KeyRule } from './key-rule.ts';
import type { NameContext } from './name-context.ts';

const CART =
  /(?:^|\/|_)(?:carts?|baskets?|warenkorb|panier|cart_contents|persistent_cart(?:_\w+)?|shopper_list_\w+|wishlist\w*|line_items|order_lines|order_items|lines|purchases|purchased_products)(?:\/|$)/;
const LOG = /(?:^|_)(?:logs?|debug_events|log_events|activity_log)$/;

/** Written by or about a person, not by software about itself. */
function ofTalk({ table, ofPerson, ofOperator, ofGoods }: NameContext): boolean {
  if (ofOperator || ofGoods || /debug/.test(table)) return false;
  return !LOG.test(table) || ofPerson || /mail|chat|sms|message/.test(table);
}

function isWriting(value: string): boolean {
  return isText(value) && value.length >= 3 && !/^https?:\S+$|^[{[]["{[]/.test(value);
}

export const TRACE_RULES: readonly KeyRule[] = [
  {
    dataClass: 'ip_address',
    detector: 'ip-key',
    name: /(?:^|_)(?:ips?|ip_?addr(?:ess)?|clientip|remote_addr|x_forwarded_for|x_real_ip)(?:_|$)/,
    when: ({ ofGoods }) => !ofGoods,
    fits: isNamedIp,
  },
  {
    dataClass: 'ip_address',
    detector: 'host-name',
    name: words('host_?name|remote_host|rdns'),
    when: ({ siblings }) => siblings.some((beside) => /(?:^|_)ip(?:_address)?$/.test(beside)),
    fits: (value) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(value),
  },
  {
    dataClass: 'device',
    detector: 'user-agent-key',
    name: words('(?:\\w+_)?(?:user_?agent|agent|ua|browser)(?:_string)?'),
    fits: isUserAgent,
  },
  {
    dataClass: 'device',
    detector: 'device-id',
    name: words(
      '(?:\\w+_)?(?:device_?(?:id|uuid|token|fingerprint|data)|push_token|imei|udid|mac(?:_address)?|advertising_id|idfa|gaid|gclid|fbclid|msclkid|wbraid|ttclid|anon_id|visitor_(?:id|uuid)|user_uuid|browser_(?:sign|fingerprint|id|hash)|client_uuid)|ga|gid|fbp|fbc',
    ),
    fits: (value) =>
      value.length >= 10 &&
      (isRandomToken(value) ||
        isUuid(value) ||
        isHexDigest(value) ||
        /\d{6}/.test(value) ||
        /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value)),
  },
  {
    dataClass: 'device',
    detector: 'push-endpoint',
    name: words('endpoint'),
    when: ({ siblings }) => siblings.includes('p256dh'),
    fits: (value) => value.startsWith('https://'),
  },
  {
    dataClass: 'device',
    detector: 'device-kind',
    name: words('(?:\\w+_)?device_(?:type|model|name|os)'),
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: isText,
  },
  {
    dataClass: 'device',
    detector: 'device-fingerprint',
    name: words('fingerprint'),
    when: ({ ofPayment }) => !ofPayment,
    fits: (value) => isHexDigest(value) || isRandomToken(value),
  },
  {
    dataClass: 'order_history',
    detector: 'bought',
    name: words(
      '(?:\\w+_)?(?:order_count|orders_count|money_spent|total_spen[dt])(?:_\\w+)?|purchased_products|purchase_history|order_history|recently_viewed(?:_\\w+)?|viewed_products|cart_contents|wishlist_items',
    ),
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: (value) => value !== '' && !/^(?:no|false|null)$/i.test(value),
  },
  {
    dataClass: 'order_history',
    detector: 'bought',
    name: words('product_?id|variation_id|product_title|sku|quantity|qty|line_total'),
    when: ({ around, table, ofOperator, ofGoods }) =>
      (CART.test(around) || /(?:^|_)(?:abandoned_)?carts?(?:_|$)/.test(table)) &&
      around.includes('/') &&
      !ofOperator &&
      !ofGoods,
    fits: (value) => value !== '' && value !== '0',
  },
  {
    dataClass: 'free_text',
    detector: 'message',
    name: words(
      '(?:\\w+_)?(?:customer_note|internal_notes?|notes?|message|msg|comments?|comment_content|comment_or_message|refund_reason|cancel(?:lation)?_reason|instructions|remarks?|feedback|bio(?:graphy)?|bemerkung(?:en)?|anmerkung(?:en)?|uwagi|notas?|observaciones|opmerking(?:en)?|commentaires?|commento|engraving|personali[sz]ation|special_requests?|mail_body|message_body|email_body|transcript|cover_letter|testimonial|complaint|en?quiry|inquiry|anfrage|nachricht|mensaje|messaggio|wiadomosc|bericht|textarea|verwendungszweck|payment_purpose)|purpose',
    ),
    not: /purchase_note|lock_message|admin_note|note_(?:type|group)|(?:success|error|confirmation|status)_message/,
    when: ofTalk,
    fits: isWriting,
  },
  {
    dataClass: 'free_text',
    detector: 'message',
    name: words('description|reason|content|text|body|question|answer|about'),
    when: (context) =>
      ofTalk(context) &&
      (/(?:^|_)(?:messages?(?:_messages)?|tickets?|chats?|activity|invitations?|usermeta)$/.test(
        context.table,
      ) ||
        /mail|sms|chat/.test(context.table) ||
        context.ofPerson) &&
      !/order_item|api_keys|webhooks/.test(context.table) &&
      (context.depth === 0 || context.name !== 'description'),
    fits: isWriting,
  },
  {
    dataClass: 'free_text',
    detector: 'message',
    name: words('(?:\\w+_)?(?:subject|topic)'),
    when: ({ table }) => /(?:^|_)(?:messages|tickets?|chats?|threads?)$/.test(table),
    fits: isWriting,
  },
  {
    dataClass: 'free_text',
    detector: 'message',
    name: /^post_excerpt$/,
    when: ({ parent }) => /^shop_(?:order|subscription)/.test(parent),
    fits: isWriting,
  },
  {
    dataClass: 'free_text',
    detector: 'checkout-field',
    name: /^wc_(?:billing|shipping|other|additional)_(?!address_index)/,
    when: ({ depth }) => depth === 0,
    fits: (value) => !isFlag(value),
  },
];

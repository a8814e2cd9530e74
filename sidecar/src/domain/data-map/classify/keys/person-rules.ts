// Names that say name, e-mail, phone or birth, in the languages shops and their plugins are written in.
import { isBirthDate } from '../values/birth-date.ts';
import { emailKind, emailsInside } from '../values/email-shape.ts';
import { isNamedIp } from '../values/ip-shape.ts';
import { isNamedPhone } from '../values/phone-shape.ts';
import { isHexDigest } from '../values/secret-shape.ts';
import { isText, words, type KeyRule } from './key-rule.ts';

const SYSTEM_NAME =
  /^(?:woocommerce|wordpress|actionscheduler|action scheduler|system|guest|gast|admin|administrator|anonymous|wp-cron)$/i;

function isPersonName(value: string): boolean {
  return (
    isText(value) &&
    (value.match(/\p{L}/gu)?.length ?? 0) >= 2 &&
    value.length <= 120 &&
    !/https?:|^[{[<]|[\r\n]|@/.test(value.replace(/^@/, '')) &&
    !SYSTEM_NAME.test(value) &&
    !isNamedIp(value) &&
    !isHexDigest(value)
  );
}

const STRONG_NAME = words(
  '(?:\\w+_)?(?:b|s)?(?:first|last|full|given|family|sur|fore|maiden|nick|middle)_?names?|(?:\\w+_)?(?:surname|vorname|nachname|voornaam|achternaam|prenom|apellidos?|cognome|nazwisko|imie|sobrenome|fornamn|efternamn|fornavn|etternavn|familienname|nachnamen)|(?:\\w+_)?[fl]_?name|(?:\\w+_)?(?:display|payer|sender|recipient|receiver|card_?holder|account_holder|account|ac|holder|contact|customer|client|attendee|guest|buyer|donor|author|driver|patient|student|member|billing|shipping|from|cc|chat|your|invitee|beneficiary|subscriber|reviewer|gift_to|nick|anonymous|parent|emergency_contact)_name|(?:\\w+_)?user_?name|(?:\\w+_)?(?:user_login|user_nicename|nickname|comment_author|kontoinhaber|cashtag|inhaber|direct_debit_holder|cardholder|login_name|deliver_to)',
);

export const PERSON_RULES: readonly KeyRule[] = [
  {
    dataClass: 'email',
    detector: 'email-digest',
    name: /e?mail\w*_hash|hashed?_e?mail|e?mail\w*_(?:md5|sha\d+)$|gravatar_hash/,
    fits: isHexDigest,
  },
  {
    dataClass: 'email',
    detector: 'email-key',
    name: /mail|courriel|correo|(?:^|_)epost|used_by|paypal_address|(?:^|_)(?:login|username|user_name|invitee|recipient|to|from|cc|bcc|reply_to)$/,
    not: /admin_email|merchant_email|store_email|shop_email|mailserver|email_(?:subject|body|headers|content|heading)/,
    when: ({ ofOperator, ofGoods, name, siblings }) =>
      !ofOperator && !ofGoods && !(name === 'receiver_email' && siblings.includes('payer_email')),
    fits: (value) => {
      const kind = emailKind(value);
      if (kind !== null) return kind !== 'system';
      return value.length < 400 && emailsInside(value).some((inside) => inside !== 'system');
    },
  },
  {
    dataClass: 'name',
    detector: 'name-with-address',
    name: words('from|to|sender|recipient|reply_to|cc'),
    when: ({ ofOperator }) => !ofOperator,
    fits: (value) => /^["'\p{L}][^<>]{1,80}<[^<>\s]+@[^<>\s]+>$/u.test(value),
  },
  {
    dataClass: 'date_of_birth',
    detector: 'birth-date',
    name: words(
      '(?:\\w+_)?(?:dob|birth|birthday|birth_?date|birth_?year|date_of_birth|bday|born(?:_on)?|geburtsdatum|geburtstag|geb_?datum|geboortedatum|date_(?:de_)?naissance|fecha_(?:de_)?nacimiento|data_(?:di_)?nascita|data_(?:de_)?nascimento|nascimento|data_urodzenia|fodelsedatum|fodselsdato)',
    ),
    fits: isBirthDate,
  },
  {
    dataClass: 'phone',
    detector: 'phone-key',
    name: words(
      '(?:\\w+_)?b?(?:tele)?phones?(?:_?(?:number|no|nr|num|field|home|work|mobile|cell|\\d))?|(?:\\w+_)?(?:telefon(?:o|nummer|e|_nr|szam)?|tel|mobile?(?:_?(?:number|no|nummer))?|mobil(?:nummer|telefon)?|cell|cell_?phone|celular|cellulare|handy(?:nummer)?|gsm|fax|msisdn|whatsapp(?:_number)?|movil|komorka|landline|contact_(?:number|no)|puhelin|telephone_number)|tel_\\w+|telephone',
    ),
    not: /head_?phone|micro_?phone|phone_(?:label|model|format)|(?:has|accepts|verified)_/,
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: isNamedPhone,
  },
  {
    dataClass: 'name',
    detector: 'name-key',
    name: STRONG_NAME,
    not: /(?:file|plan|product|post|bank|table|option|event|host|queue|form|store|gateway|field|domain|business|company|job|list)_?name$/,
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: isPersonName,
  },
  {
    dataClass: 'name',
    detector: 'name-beside-person',
    name: /^(?:name|names|nom|nome|nombre|naam|namn|navn|imie_i_nazwisko|first|last|fullname|login|holder|user|author|your_name|field_your_name|full)$/,
    when: ({ ofPerson, ofOperator, ofGoods, siblings }) =>
      ofPerson &&
      !ofOperator &&
      !ofGoods &&
      !siblings.some((beside) =>
        /^(?:price|quantity|qty|sku|slug|total_amount|unit_price|delivery_url)$/.test(beside),
      ),
    fits: isPersonName,
  },
];

// Names that say name, e-mail, phone or birth, in the languages shops and their plugins are written in.
import { isBirthDate } from '../values/birth-date.ts';
import { emailKind, emailsInside } from '../values/email-shape.ts';
import { isNamedIp } from '../values/ip-shape.ts';
import { isNamedPhone } from '../values/phone-shape.ts';
import { isHexDigest } from '../values/secret-shape.ts';
import { isShopsOwnAddress } from './shops-own.ts';
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

/** What stands beside the name of a thing. */
const GOODS_SIBLING = /^(?:quantity|qty|sku|slug|unit_price|delivery_url)$/;
const NAME_OF_THING =
  /(?:^|_)(?:file|plan|product|post|bank|table|option|event|host|queue|form|store|branch|supplier|shop|gateway|field|domain|business|company|job|list|campaign|group|tag|segment|role|level|package|service|room|location|category|attribute|page|site|theme|status|method|coupon|tax|zone|action|task|module|type|browser|platform|device|template|country|state|city|region|key|currency|colou?r|brand|model|image|label|course|lesson|hotel|school|team|project|bucket|plugin|tour|item|size|species|breed|manufacturer|carrier|provider|index|class|function|program|variable|var|cookie|meta)_?name$/;

const STRONG_NAME = words(
  '(?:\\w+_)?(?:b|s)?(?:first|last|full|given|family|sur|fore|maiden|nick|middle)_?names?|(?:\\w+_)?(?:surname|vorname|nachname|voornaam|achternaam|prenom|apellidos?|cognome|nazwisko|imie|sobrenome|fornamn|efternamn|fornavn|etternavn|efternavn|familienname|nume|prenume|jmeno|prijmeni|etunimi|sukunimi|vezeteknev|keresztnev|soyad)|(?:\\w+_)?[fl]_?name|(?:\\w+_)?(?:display|payer|sender|recipient|receiver|card_?holder|account_holder|account|ac|holder|contact|customer|client|attendee|guest|buyer|donor|author|driver|patient|student|member|billing|shipping|from|cc|chat|your|invitee|beneficiary|subscriber|reviewer|gift_to|nick|anonymous|parent|emergency_contact|candidate|applicant)_name|(?:\\w+_)?user_?name|(?:\\w+_)?(?:user_login|user_nicename|nickname|comment_author|kontoinhaber|cashtag|inhaber|direct_debit_holder|cardholder|login_name|deliver_to|beneficiary|consignee|addressee|payee|applicant|claimant|contact_person|next_of_kin|doctor|physician|therapist|billed_to)',
);

/** `friend_email` beside `friend_name`. */
function hasContactOf(whose: string, beside: string): boolean {
  return (
    beside.startsWith(`${whose}_`) && /_(?:e?_?mail|email_address|phone|tel|mobile)$/.test(beside)
  );
}

export const PERSON_RULES: readonly KeyRule[] = [
  {
    dataClass: 'email',
    detector: 'email-digest',
    name: /e?mail\w*_hash|hashed?_e?mail|e?mail\w*_(?:md5|sha\d+)$|gravatar_hash/,
    fits: isHexDigest,
  },
  {
    dataClass: 'name',
    also: ['email'],
    detector: 'name-with-address',
    name: words('from|to|sender|recipient|cc|bcc'),
    when: (context) => !context.ofOperator && !isShopsOwnAddress(context),
    fits: (value) => /^["'\p{L}][^<>]{1,80}<[^<>\s]+@[^<>\s]+>$/u.test(value),
  },
  {
    dataClass: 'email',
    detector: 'email-key',
    name: /mail|courriel|correo|(?:^|_)epost|used_by|paypal_address|(?:^|_)(?:login|username|user_name|invitee|recipient|to|from|cc|bcc)$/,
    not: /reply_to|mailserver|email_(?:subject|body|headers|content|heading)/,
    when: (context) => !context.ofOperator && !context.ofGoods && !isShopsOwnAddress(context),
    fits: (value) => {
      const kind = emailKind(value);
      if (kind !== null) return kind !== 'system';
      return value.length < 400 && emailsInside(value).some((inside) => inside !== 'system');
    },
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
      '(?:\\w+_)?b?(?:tele)?phones?(?:_?(?:number|no|nr|num|field|home|work|mobile|cell|\\d))?|(?:\\w+_)?(?:telefon(?:o|nummer|e|_nr|szam|\\d)?|tel|mobile?(?:_?(?:number|no|nummer))?|mobil(?:nummer|telefon)?|cell|cell_?phone|celular|cellulare|handy(?:nummer)?|gsm|fax|msisdn|whatsapp(?:_number)?|movil|komorka|landline|contact_(?:number|no)|puhelin|telephone_number|wa_number|payer_alias)|tel_\\w+|telephone',
    ),
    not: /head_?phone|micro_?phone|phone_(?:label|model|format)|(?:has|accepts|verified)_/,
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: isNamedPhone,
  },
  {
    dataClass: 'name',
    detector: 'name-key',
    name: STRONG_NAME,
    not: NAME_OF_THING,
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: isPersonName,
  },
  {
    dataClass: 'name',
    detector: 'name-of-somebody',
    name: /^(?:\w+_)?name_?\d?$|(?:^|_)(?:bill(?:ed)?|ship(?:ped)?|sold|gift|deliver|addressed)_(?:to|from)$|_handle$/,
    not: NAME_OF_THING,
    when: ({ name, ofPerson, ofOperator, ofGoods, depth, siblings }) =>
      (ofPerson || /gift/.test(name)) &&
      !ofOperator &&
      !ofGoods &&
      (depth === 0 || name !== 'name') &&
      !siblings.some((beside) => GOODS_SIBLING.test(beside)),
    fits: isPersonName,
  },
  {
    dataClass: 'name',
    detector: 'name-beside-own-contact',
    name: /^\w+_name$/,
    not: NAME_OF_THING,
    when: ({ name, siblings, ofOperator, ofGoods }) =>
      !ofOperator &&
      !ofGoods &&
      siblings.some((beside) => hasContactOf(name.replace(/_name$/, ''), beside)),
    fits: isPersonName,
  },
  {
    dataClass: 'name',
    detector: 'account-holder',
    name: words('holder|inhaber|titular|titulaire|intestatario'),
    when: ({ siblings, ofOperator }) =>
      !ofOperator &&
      siblings.some((beside) => /iban|acct|account|sort_?code|licen|card|valid/.test(beside)),
    fits: isPersonName,
  },
  {
    dataClass: 'name',
    detector: 'social-handle',
    name: /^(?:twitter|instagram|facebook|tiktok|telegram|mastodon|discord|skype|snapchat)(?:_(?:handle|username|user|id))?$/,
    when: ({ ofOperator, ofGoods }) => !ofOperator && !ofGoods,
    fits: (value) => /^@?[\w.#-]{3,40}$/.test(value) && isText(value),
  },
  {
    dataClass: 'name',
    detector: 'name-beside-person',
    name: /^(?:names?|nom|nome|nombre|naam|namn|navn|imie_i_nazwisko|first|last|full|login|holder|account_owner|user|author|sender|recipient|your_name|field_your_name)$/,
    when: ({ ofPerson, ofOperator, ofGoods, siblings }) =>
      ofPerson && !ofOperator && !ofGoods && !siblings.some((beside) => GOODS_SIBLING.test(beside)),
    fits: isPersonName,
  },
];

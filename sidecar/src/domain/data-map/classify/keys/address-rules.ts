// Parts of postal addresses and places. Town, state and country stand in many tables that concern nobody, so that most
// parts want a person around them.
import { isCardNumber } from '../values/card-number.ts';
import { isNamedIp } from '../values/ip-shape.ts';
import { isLatitudeOrLongitude, isLatLong, isTimeZone } from '../values/trace-shape.ts';
import { isHexDigest } from '../values/secret-shape.ts';
import { isWallet } from '../values/wallet-shape.ts';
import { isFlag, isText, words, type KeyRule } from './key-rule.ts';
import type { NameContext } from './name-context.ts';

const STATISTICS =
  /(?:^|_)(?:stats?|statistics\w*|visits?|visitors?|hits|tracking|analytics|geo\w*|pings|activity_log|sessions?|pageviews?|locs|(?:login|visit)_history|login_attempts|lockouts)(?:_|$)/;
const VISITOR_NAME = /geoip|(?:^|[_/])(?:geo|login|visitor|ip)_(?:city|region|country|state)$/;
/** A country alone is no address. */
const POSTAL_PART = /post_?code|postal|zip|plz|street|address|strasse|line_?1|city|town/;
const POSTAL_SIBLING = /post_?code|postal|zip|plz|street|address|strasse/;

function ofAddress({ ofOperator, ofGoods, ofPerson }: NameContext): boolean {
  return ofPerson && !ofOperator && !ofGoods;
}

function ofShop({ ofOperator, ofGoods }: NameContext): boolean {
  return ofOperator || ofGoods;
}

function isVisitorPlace({ table, siblings }: NameContext): boolean {
  return STATISTICS.test(table) && !siblings.some((beside) => POSTAL_SIBLING.test(beside));
}

/** Words and numbers on an envelope. */
function isLine(value: string): boolean {
  return (
    !isFlag(value) &&
    value.length >= 2 &&
    value.length <= 200 &&
    /[\p{L}\d]/u.test(value) &&
    !/@|https?:|^[{[]/.test(value) &&
    !isHexDigest(value) &&
    !isNamedIp(value) &&
    !isWallet(value) &&
    !isCardNumber(value)
  );
}

/** A town, state or country as people or ISO write it: status words are lower case throughout. */
function isPlaceName(value: string): boolean {
  return isLine(value) && /\p{Lu}/u.test(value) && value.length <= 80;
}

function isShortLine(value: string): boolean {
  return value.length <= 12 && /[\p{L}\d]/u.test(value) && !/@/.test(value);
}

export const ADDRESS_RULES: readonly KeyRule[] = [
  {
    dataClass: 'location',
    detector: 'time-zone',
    name: words('(?:\\w+_)?(?:time_?zone|tz)(?:_string)?'),
    when: (context) => !ofShop(context),
    fits: isTimeZone,
  },
  {
    dataClass: 'location',
    detector: 'coordinates',
    name: words('(?:\\w+_)?(?:lat|lng|lon|latitude|longitude)'),
    when: (context) => !ofShop(context),
    fits: isLatitudeOrLongitude,
  },
  {
    dataClass: 'location',
    detector: 'coordinates',
    name: words(
      '(?:\\w+_)?(?:geo|geo_?location|coords|coordinates|location|lat_?l(?:o?n)g|gps|position)',
    ),
    when: (context) => !ofShop(context),
    fits: isLatLong,
  },
  {
    dataClass: 'location',
    detector: 'visitor-place',
    name: words(
      '(?:\\w+_)?(?:city|region|country|country_code|town)|(?:\\w+_)?geoip(?:_\\w*)?|(?:\\w+_)?(?:geo|login|visitor|ip)_(?:city|region|country|state)',
    ),
    when: (context) =>
      (isVisitorPlace(context) || VISITOR_NAME.test(context.around)) && !context.ofGoods,
    fits: isPlaceName,
  },
  {
    dataClass: 'postal_address',
    also: ['name'],
    detector: 'address-index',
    name: words('(?:\\w+_)?address_index'),
    fits: (value) => value.trim().length > 8,
  },
  {
    dataClass: 'postal_address',
    detector: 'address-line',
    name: words(
      '(?:\\w+_)?(?:addr_?(?:[123]|line_?\\d?|street)|(?:b|s)?address(?:_?(?:line)?_?[123]|_one|_two|_street|_line)?)|(?:\\w+_)?(?:street(?:_?(?:address|name|line|number|no|[12]))?|strasse(?:_nr|_hausnr)?|strase|plz_ort|adresse?[12]?|adres|direccion|domicilio|indirizzo|ulica|endereco|logradouro|house_?(?:number|no|nr)(?:_suffix)?|hausnummer|haus_?nr|huisnummer|numero_civico|nr_domu|po_box|postfach|packstation|postnum(?:mer)?|parcel_?shop\\w*|neighbou?rhood|bairro|apartment|bstreet)',
    ),
    not: /mac_address|ip_address|e?mail_address|wallet_address|payin_address|customer_address$|memory_address/,
    when: (context) => !ofShop(context),
    fits: (value) => isLine(value) || isShortLine(value),
  },
  {
    dataClass: 'postal_address',
    detector: 'address-line',
    name: /^(?:line_?[123]|addr|rue|calle|via|gata|extended_?address)$/,
    when: ofAddress,
    fits: (value) => isLine(value) || isShortLine(value),
  },
  {
    dataClass: 'postal_address',
    detector: 'address-line',
    name: /^(?:billing|shipping)_number$/,
    fits: isShortLine,
  },
  {
    dataClass: 'postal_address',
    detector: 'postcode',
    name: words(
      '(?:\\w+_)?(?:b?post_?code|b?zip(?:_?code)?|postal_?code|postal|plz|code_postal|codigo_postal|kod_pocztowy|cep|postnr|pin_?code|postleitzahl)',
    ),
    when: (context) => !ofShop(context),
    fits: (value) => value.length <= 12 && /\d{2}/.test(value) && !/@/.test(value),
  },
  {
    dataClass: 'postal_address',
    detector: 'postcode',
    name: words('cap|cp'),
    when: ofAddress,
    fits: (value) => /^\d{4,6}$/.test(value),
  },
  {
    dataClass: 'postal_address',
    detector: 'address-place',
    name: words(
      '(?:\\w+_)?(?:billing|shipping|address|delivery|home|residence|customer|llms_billing|mepr_address)_(?:city|town|state|province|region|county|country(?:_code)?|company(?:_name)?)|(?:\\w+_)?bcity|woonplaats|ciudad|miasto|localidad|poblacion|wohnort|postort',
    ),
    not: /country_phone|_countries$/,
    when: (context) => !ofShop(context) && !/tax_rate|_zone/.test(context.name),
    fits: isPlaceName,
  },
  {
    dataClass: 'postal_address',
    detector: 'address-place',
    name: words(
      '(?:\\w+_)?(?:city|town|ort|stadt|ville|citta|cidade|kommune|state|estado|province|provincia|region|county|bundesland|company(?:_name)?|firma|organi[sz]ation|azienda|empresa|societe)',
    ),
    not: /order_state|fulfillment_state|review_state|sync_|base_country|tax_/,
    when: ofAddress,
    fits: isPlaceName,
  },
  {
    dataClass: 'postal_address',
    detector: 'address-country',
    name: words('(?:\\w+_)?(?:country(?:_?(?:code|name))?|land|pais|pays|paese|kraj)'),
    not: /order_state|base_country|tax_|phone/,
    when: (context) =>
      ofAddress(context) && context.siblings.some((beside) => POSTAL_PART.test(beside)),
    fits: isPlaceName,
  },
  {
    dataClass: 'postal_address',
    detector: 'company',
    name: words('(?:\\w+_)?(?:donation|billing|shipping|customer|donor)_company'),
    when: (context) => !ofShop(context),
    fits: isText,
  },
  {
    dataClass: 'location',
    detector: 'country',
    name: words('(?:\\w+_)?(?:klarna|ip|visitor|user|payer|card|detected)_country(?:_code)?'),
    when: (context) => !ofShop(context),
    fits: (value) => /^[A-Z]{2,3}$/.test(value),
  },
];

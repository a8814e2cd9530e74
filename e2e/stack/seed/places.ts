// Where invented people live: countries with WooCommerce's state codes, a town and a post code that
// looks right there.
import type { Random } from './random.ts';

export type Place = {
  readonly country: string;
  /** WooCommerce's state code; empty where a country has none. */
  readonly state: string;
  readonly city: string;
  readonly postcode: string;
  readonly street: string;
};

type Country = {
  readonly code: string;
  readonly states: readonly string[];
  readonly city: string;
  /** `#` is a digit, `@` a capital letter, everything else itself. */
  readonly postcode: string;
  readonly weight: number;
};

const US_STATES =
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM ' +
  'NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY';

function country(code: string, city: string, postcode: string, states = '', weight = 1): Country {
  return { code, city, postcode, states: states === '' ? [''] : states.split(' '), weight };
}

export const COUNTRIES: readonly Country[] = [
  country('US', 'Springfield', '#####', US_STATES, 22),
  country('GB', 'Leeds', 'LS# #@@', '', 6),
  country('DE', 'Köln', '#####', '', 6),
  country('CA', 'Hamilton', 'L#@ #@#', 'AB BC MB NB NL NS ON PE QC SK', 4),
  country('FR', 'Nîmes', '#####', '', 4),
  country('AU', 'Newcastle', '####', 'ACT NSW NT QLD SA TAS VIC WA', 3),
  country('BR', 'São Paulo', '#####-###', 'BA CE MG PR RJ RS SC SP', 3),
  country('IN', 'Pune', '######', 'DL GJ KA MH TN UP WB', 3),
  country('ES', 'Málaga', '#####', 'B M MA SE V', 3),
  country('IT', 'Forlì', '#####', 'BO FC MI RM TO', 3),
  country('NL', 'Utrecht', '#### @@', '', 3),
  country('MX', 'Mérida', '#####', 'JA MO NL PU YU'),
  country('JP', '横浜', '###-####', 'JP01 JP13 JP14 JP27'),
  country('IE', 'Galway', '@## @###', 'C CK D G LK'),
  country('NZ', 'Nelson', '####', 'AK CT WE'),
  country('ZA', 'Durban', '####', 'EC GP NL WC'),
  country('AT', 'Graz', '####'),
  country('CH', 'Zürich', '####', 'BE GE ZH'),
  country('BE', 'Liège', '####'),
  country('SE', 'Malmö', '### ##'),
  country('NO', 'Tromsø', '####'),
  country('DK', 'Århus', '####'),
  country('FI', 'Jyväskylä', '#####'),
  country('IS', 'Reykjavík', '###'),
  country('PL', 'Łódź', '##-###'),
  country('CZ', 'Plzeň', '### ##'),
  country('SK', 'Košice', '### ##'),
  country('HR', 'Đakovo', '#####'),
  country('SI', 'Škofja Loka', '####'),
  country('PT', 'Évora', '####-###'),
  country('AR', 'Córdoba', '@####@@@', 'B C X'),
  country('CO', 'Bogotá', '######'),
  country('TR', 'İzmir', '#####', 'TR06 TR34 TR35'),
  country('VN', 'Đà Nẵng', '######'),
  country('UA', 'Львів', '#####', 'UA30 UA46'),
  country('BG', 'Пловдив', '####', 'BG-16 BG-22'),
  country('RS', 'Нови Сад', '#####'),
  country('KZ', 'Алматы', '######'),
  country('GR', 'Πάτρα', '### ##', 'A G I'),
  country('CY', 'Λάρνακα', '####'),
  country('AE', 'دبي', ''),
  country('EG', 'الإسكندرية', '#####', 'EGALX EGC'),
  country('MA', 'فاس', '#####'),
  country('SA', 'جدة', '#####'),
  country('IL', 'חיפה', '#######'),
  country('CN', '杭州', '######', 'CN10 CN12'),
  country('TW', '臺南', '###'),
  country('HK', '九龍', '', 'KOWLOON'),
  country('SG', 'Singapore', '######'),
  country('KR', '부산', '#####'),
  country('NP', 'पोखरा', '#####', 'BAG GAN'),
  country('TH', 'เชียงใหม่', '#####', 'TH-10 TH-50'),
];

const BY_WEIGHT = COUNTRIES.map((each) => [each, each.weight] as const);
const LETTERS = Array.from('ABCDEFGHJKLMNPRSTUVWXY');
const STREETS = ['Mill Lane', 'Harbour Road', 'Rue de l’Église', 'Lindenstraße', 'Calle Mayor'];

export function inventPlace(random: Random): Place {
  const home = random.weighted(BY_WEIGHT);
  return {
    country: home.code,
    state: random.pick(home.states),
    city: home.city,
    postcode: home.postcode.replace(/[#@]/g, (sign) => fillIn(sign, random)),
    street: `${random.between(1, 220)} ${random.pick(STREETS)}`,
  };
}

function fillIn(sign: string, random: Random): string {
  if (sign === '#') return String(random.between(0, 9));
  return random.pick(LETTERS);
}

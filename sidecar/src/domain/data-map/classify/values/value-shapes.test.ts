// Shapes against published examples of their own rules, and against what looks alike.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBirthDate } from './birth-date.ts';
import { hasCardNumber, isCardNumber, isMaskedCard } from './card-number.ts';
import { emailKind, emailsInside } from './email-shape.ts';
import { isIban } from './iban.ts';
import { isNamedIp, isPublicIp } from './ip-shape.ts';
import { nationalIdCountries } from './national-id.ts';
import { opaqueShape } from './opaque-shape.ts';
import { hasInternationalPhone, isInternationalPhone, isNamedPhone } from './phone-shape.ts';
import { isGatewayId, isKnownSecret, isPasswordHash } from './secret-shape.ts';
import { isEuVat } from './tax-number.ts';
import { isWallet } from './wallet-shape.ts';

function all(
  check: (value: string) => boolean,
  values: readonly string[],
  expected: boolean,
): void {
  assert.deepEqual(
    values.filter((value) => check(value) !== expected),
    [],
  );
}

test('card numbers have the length and first digits of a scheme and pass Luhn', () => {
  all(
    isCardNumber,
    ['4242424242424242', '3782 822463 10005', '5555-5555-5555-4444', '2223003122003222'],
    true,
  );
  // Wrong check digit, a range nobody issues, milliseconds, GTIN-14.
  all(
    isCardNumber,
    ['4242424242424241', '9290030012345678', '1741305600000', '14006381333938'],
    false,
  );
  all(isMaskedCard, ['XXXX-XXXX-XXXX-4242', '424242******4242'], true);
  all(isMaskedCard, ['4242424242424242', '********'], false);
});

test('in text a card number needs a word about cards beside it', () => {
  all(
    hasCardNumber,
    ['paid by visa 4242 4242 4242 4242', 'Karte 5555555555554444 abgelehnt'],
    true,
  );
  all(hasCardNumber, ['order 4242424242424242 is ready', 'card 4242424242424241 declined'], false);
});

test('addresses are told by kind; pictures, versions and connection strings are none', () => {
  assert.equal(emailKind('Ulla.Iversen+shop@webbrev.dk'), 'person');
  assert.equal(emailKind('jörg@bücher-nord.de'), 'person');
  assert.equal(emailKind('info@webbrev.dk'), 'role');
  assert.equal(emailKind('ann@example.com'), 'reserved');
  assert.equal(emailKind('woocommerce@webbrev.dk'), 'system');
  assert.equal(emailKind('deleted@site.invalid'), 'system');
  for (const none of [
    'x@2x.png',
    'logo@3x.webp',
    'left-pad@1.2.3',
    '@webbrev.dk',
    'ulla@webbrev',
    'a b@webbrev.dk',
  ]) {
    assert.equal(emailKind(none), null, none);
  }
  assert.deepEqual(emailsInside('to <ulla@webbrev.dk>, cc: info@webbrev.dk.'), ['person', 'role']);
  assert.deepEqual(emailsInside('https://shop.dk/?mail=ulla%40webbrev.dk&x=1'), ['person']);
  assert.deepEqual(emailsInside('mysql://erp@db.intern:3306/erp and hero@2x.png'), []);
});

test('IBANs have the length of their country and pass mod 97', () => {
  all(isIban, ['GB29 NWBK 6016 1331 9268 19', 'DE89370400440532013000', 'NO9386011117947'], true);
  all(isIban, ['DE88370400440532013000', 'DE8937040044053201300', 'ZZ89370400440532013000'], false);
});

test('IP addresses without a name are public and unlike versions; under a name nearly all count', () => {
  all(isPublicIp, ['85.214.132.117', '2a02:8071:1:1::7'], true);
  all(
    isPublicIp,
    ['10.10.9.2', '8.0.36.0', '192.168.1.7', '139.0.0.0', '2.1.0.12', '12:30:45'],
    false,
  );
  all(
    isNamedIp,
    ['10.10.9.2', '85.214.132.0', '[2a02::7]', '85.214.132.117:443', '1.2.3.4, 5.6.7.8'],
    true,
  );
  all(isNamedIp, ['0.0.0.0', '127.0.0.1', '85.214.132.xxx', 'localhost'], false);
});

test('phones: as typed under a name, and in international form if the numbering plan has them', () => {
  const named = (value: string): boolean => isNamedPhone(value, undefined);
  all(named, ['(212) 555-0143', '030/23125-014', '+49 30 23125014 ext. 7'], true);
  all(named, ['2025-03-14', '14.03.2025', 'yes', '1', '+49'], false);
  assert.equal(isNamedPhone('46 50 04', 'SE'), true);
  assert.equal(isNamedPhone('46 50 04', undefined), false);
  all(isInternationalPhone, ['+49 30 23125014', '+44 20 7946 0871'], true);
  all(isInternationalPhone, ['+15550000000', '+12345', '1795421172', '9783161484100'], false);
  all(hasInternationalPhone, ['call +49 30 23125014 today', 'Tel. 0044 20 7946 0871'], true);
  all(hasInternationalPhone, ['order 1795421172', '2 + 4930231250 = ?'], false);
});

test('national ids pass the check of their own country and fail when a digit is changed', () => {
  const known: Readonly<Record<string, readonly [string, string]>> = {
    DE: ['86095742719', '86095742718'],
    ES: ['12345678Z', '12345678A'],
    FR: ['2 55 08 14 168 025 38', '2 55 08 14 168 025 39'],
    IT: ['RSSMRA85T10A562S', 'RSSMRA85T10A562T'],
    BR: ['529.982.247-25', '529.982.247-24'],
    PL: ['44051401359', '44051401358'],
    NL: ['111222333', '111222334'],
    SE: ['19811228-9874', '19811228-9875'],
    BE: ['85.07.30-033 28', '85.07.30-033 29'],
    FI: ['131052-308T', '131052-308U'],
    US: ['457-55-5462', '666-55-5462'],
    GB: ['AB123456C', 'GB123456C'],
  };
  for (const [country, [right, wrong]] of Object.entries(known)) {
    assert.ok(nationalIdCountries(right).includes(country), country);
    assert.ok(!nationalIdCountries(wrong).includes(country), country);
  }
});

test('wallets are told by checksum', () => {
  all(
    isWallet,
    [
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
      'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
      '0x52908400098527886E0F7030069857D2E4169EE7',
    ],
    true,
  );
  all(
    isWallet,
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', '0x5290'],
    false,
  );
});

test('secrets, hashes and ids of payment providers are told by how they begin', () => {
  all(
    isPasswordHash,
    [`$P$B${'a1'.repeat(15)}`, `$wp$2y$10$${'b'.repeat(53)}`, '$generic$0123456789abcdef'],
    true,
  );
  all(isPasswordHash, ['$12.50 per month, per seat', 'd41d8cd98f00b204e9800998ecf8427e'], false);
  all(
    isKnownSecret,
    [
      ['sk', 'live', 'a1'.repeat(12)].join('_'),
      `whsec_${'Zx'.repeat(16)}`,
      `ck_${'0f'.repeat(20)}`,
    ],
    true,
  );
  all(isKnownSecret, [`pk_live_${'a1'.repeat(12)}`, 'ck_the_colour_key_of_all'], false);
  all(isGatewayId, ['cus_Nb12cdEF34gh', 'pi_3Mabc12DEF', 'tr_7UhSN1zuXS'], true);
  all(isGatewayId, ['pay_later_please', 'card_type', 'sub_total_amount'], false);
});

test('VAT numbers have the form of their country; birth dates are dates without a time', () => {
  all(isEuVat, ['DE136695976', 'ATU13585627', 'NL004495445B01'], true);
  all(isEuVat, ['DE12', 'DEFAULT99', 'US123456789'], false);
  all(isBirthDate, ['1979-02-01', '31.12.1980', '02/28/1990', '19790201', '1992'], true);
  all(isBirthDate, ['2025-03-14 09:10:44', '1979-13-32', '10', 'soon'], false);
});

test('what nobody can read is told from text, digests and pictures', () => {
  const cipher = Buffer.from(
    '9f4c1e7ab36d02588e1fd0c47b9a6635c2417dfe08b3a95c6012ee7f43d8b1a7906c5f2e',
    'hex',
  );
  assert.equal(opaqueShape(cipher.toString('base64')), 'base64');
  assert.equal(opaqueShape(`enc_${cipher.toString('base64')}`), 'base64');
  assert.equal(opaqueShape(cipher.toString('hex')), 'hex');
  assert.equal(opaqueShape(cipher.toString('latin1')), 'binary');
  const readable = Buffer.from('the quick brown fox jumps over the lazy dog').toString('base64');
  for (const none of [
    readable,
    'a1'.repeat(32),
    'Please ring twice at the door, thanks',
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ',
  ]) {
    assert.equal(opaqueShape(none), null, none);
  }
});

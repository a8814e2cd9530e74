// Each layout that plugins are known to write, encrypted here by node:crypto or by PHP itself with the plugins' own calls.
import assert from 'node:assert/strict';
import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { isCoded } from '../../coded-error.ts';
import { hasPhpExtension, php } from '../test-php.ts';
import type { DecryptorSecrets, DecryptorSpec, KeyStep } from './decryptor-spec.ts';
import { makeDecryptor } from './make-decryptor.ts';

const CLEAR = '{"email":"zoë@example.com","iban":"DE89370400440532013000"}';
const NO_OPENSSL = hasPhpExtension('openssl') ? false : "PHP's openssl is not installed here";
const NO_SODIUM = hasPhpExtension('sodium') ? false : "PHP's sodium is not installed here";

const spec = (input: Partial<DecryptorSpec> & Pick<DecryptorSpec, 'cipher'>): DecryptorSpec => ({
  prefix: '',
  encoding: 'base64',
  layout: ['iv', 'ciphertext'],
  separator: '',
  names: {},
  part_encodings: {},
  key_derivation: [],
  iv_derivation: [],
  ...input,
});
const bytes = (text: string) => Buffer.from(text, 'utf8');
const open = (settings: DecryptorSpec, secrets: DecryptorSecrets, value: string | Uint8Array) => {
  const clear = makeDecryptor('plugin', settings, secrets).open(value);
  return clear === null ? null : Buffer.from(clear).toString('utf8');
};
const quote = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
/** PHP's openssl_encrypt() with the options it has by default: base64 comes out of it. */
const phpEncrypt = (method: string, key: string, iv: string, clear = CLEAR) =>
  `openssl_encrypt(${quote(clear)}, '${method}', ${key}, 0, ${iv})`;

type Vector = {
  plugin: string;
  skip: string | false;
  settings: DecryptorSpec;
  key: string | Uint8Array;
  suffix?: string;
  stored: () => string;
};

const VECTORS: readonly Vector[] = [
  {
    plugin: 'a payments table: IV and AES-256-CBC, key from a passphrase',
    skip: false,
    settings: spec({ cipher: 'aes-256-cbc', key_derivation: ['sha256'] }),
    key: 'acme-demo-key',
    stored: () => {
      const iv = randomBytes(16);
      const key = createHash('sha256').update('acme-demo-key').digest();
      const cipher = createCipheriv('aes-256-cbc', key, iv);
      return Buffer.concat([iv, cipher.update(CLEAR), cipher.final()]).toString('base64');
    },
  },
  {
    plugin: 'Square, key from the salts',
    skip: NO_OPENSSL,
    settings: spec({
      cipher: 'aes-128-cbc',
      part_encodings: { ciphertext: ['base64'] },
      key_derivation: ['md5'],
    }),
    key: 'wp salt | of the shop',
    stored: () =>
      php(
        `$iv = random_bytes(16); echo base64_encode($iv . ${phpEncrypt('aes-128-cbc', "md5('wp salt | of the shop', true)", '$iv')});`,
      ).toString(),
  },
  {
    plugin: 'Square, key of its own constants, whose hex PHP cuts to the cipher',
    skip: NO_OPENSSL,
    settings: spec({
      cipher: 'aes-128-cbc',
      part_encodings: { ciphertext: ['base64'] },
      key_derivation: ['md5_hex', 'php_openssl'],
    }),
    key: 'KEYSALT',
    stored: () =>
      php(
        `$iv = random_bytes(16); echo base64_encode($iv . ${phpEncrypt('aes-128-cbc', "md5('KEY' . 'SALT')", '$iv')});`,
      ).toString(),
  },
  {
    plugin: 'HubSpot: the salt behind the text, the key cut by PHP',
    skip: NO_OPENSSL,
    settings: spec({
      cipher: 'aes-256-ctr',
      part_encodings: { ciphertext: ['base64'] },
      key_derivation: ['php_openssl'],
    }),
    key: 'logged-in-key '.repeat(5),
    suffix: 'logged-in-salt',
    stored: () =>
      php(
        `$iv = random_bytes(16); echo base64_encode($iv . ${phpEncrypt('aes-256-ctr', `'${'logged-in-key '.repeat(5)}'`, '$iv', `${CLEAR}logged-in-salt`)});`,
      ).toString(),
  },
  {
    plugin: 'Gravity Forms: MAC, nonce, AES-256-CTR',
    skip: NO_OPENSSL,
    settings: spec({
      cipher: 'aes-256-ctr',
      layout: ['mac', 'nonce', 'ciphertext'],
      key_derivation: [{ prepend: 'gf' }, 'php_openssl'],
      mac: {
        hash: 'sha512',
        over: ['nonce', 'ciphertext'],
        over_encoded: false,
        key_derivation: [{ prepend: 'gf' }],
      },
    }),
    key: 'nonce-salt',
    stored: () =>
      php(
        `$n = random_bytes(16); $c = openssl_encrypt(${quote(CLEAR)}, 'aes-256-ctr', 'gfnonce-salt', OPENSSL_RAW_DATA, $n);
         echo base64_encode(hash_hmac('sha512', $n . $c, 'gfnonce-salt', true) . $n . $c);`,
      ).toString(),
  },
  {
    plugin: 'WPForms and WP Mail SMTP: libsodium secretbox',
    skip: NO_SODIUM,
    settings: spec({
      cipher: 'secretbox',
      layout: ['nonce', 'ciphertext'],
      key_derivation: ['base64'],
    }),
    key: Buffer.alloc(32, 7).toString('base64'),
    stored: () =>
      php(
        `$n = random_bytes(SODIUM_CRYPTO_SECRETBOX_NONCEBYTES);
         echo base64_encode($n . sodium_crypto_secretbox(${quote(CLEAR)}, $n, str_repeat(chr(7), 32)));`,
      ).toString(),
  },
  {
    plugin: 'Really Simple Security: prefix, ciphertext::IV',
    skip: NO_OPENSSL,
    settings: spec({
      cipher: 'aes-256-cbc',
      prefix: 'rsssl_',
      layout: ['ciphertext', 'iv'],
      separator: '::',
      part_encodings: { ciphertext: ['base64'] },
      key_derivation: ['base64', 'php_openssl'],
    }),
    key: Buffer.alloc(32, 3).toString('base64'),
    stored: () =>
      // An IV that holds the separator itself.
      php(
        `$iv = '::0123456789ab::'; echo 'rsssl_' . base64_encode(${phpEncrypt('aes-256-cbc', 'str_repeat(chr(3), 32)', '$iv')} . '::' . $iv);`,
      ).toString(),
  },
  {
    plugin: 'Complianz: the key is a time, which PHP fills with zeros',
    skip: NO_OPENSSL,
    settings: spec({
      cipher: 'aes-256-cbc',
      prefix: 'cmplz_',
      part_encodings: { ciphertext: ['base64'] },
      key_derivation: ['php_openssl'],
    }),
    key: '1700000000',
    stored: () =>
      php(
        `$iv = random_bytes(16); echo 'cmplz_' . base64_encode($iv . ${phpEncrypt('aes-256-cbc', "'1700000000'", '$iv')});`,
      ).toString(),
  },
  {
    plugin: 'SG Security: IV and raw ciphertext',
    skip: NO_OPENSSL,
    settings: spec({ cipher: 'aes-256-cbc', key_derivation: ['base64'] }),
    key: Buffer.alloc(32, 5).toString('base64'),
    stored: () =>
      php(
        `$iv = random_bytes(16); echo base64_encode($iv . openssl_encrypt(${quote(CLEAR)}, 'aes-256-cbc', str_repeat(chr(5), 32), OPENSSL_RAW_DATA, $iv));`,
      ).toString(),
  },
  {
    plugin: 'Wordfence Login Security: JSON of data and iv',
    skip: NO_OPENSSL,
    settings: spec({
      cipher: 'aes-256-cbc',
      encoding: 'raw',
      layout: [],
      names: { iv: 'iv', ciphertext: 'data' },
      key_derivation: ['hex'],
    }),
    key: Buffer.alloc(32, 0x2a).toString('hex'),
    stored: () =>
      php(
        `$iv = random_bytes(16); echo json_encode(['data' => ${phpEncrypt('aes-256-cbc', 'str_repeat(chr(42), 32)', '$iv')}, 'iv' => base64_encode($iv)]);`,
      ).toString(),
  },
  {
    plugin: 'Jetpack Forms: AES-256-GCM under a key derived by HKDF',
    skip: false,
    settings: spec({
      cipher: 'aes-256-gcm',
      layout: ['iv', 'tag', 'ciphertext'],
      key_derivation: [{ hkdf: 'sha256', salt: '', info: 'jetpack-forms', bytes: 32 }],
    }),
    key: 'site secret',
    stored: () => {
      const iv = randomBytes(12);
      const key = Buffer.from(hkdfSync('sha256', 'site secret', '', 'jetpack-forms', 32));
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const ciphertext = Buffer.concat([cipher.update(CLEAR), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64');
    },
  },
  {
    plugin: 'AES-256-GCM as PHP writes it with the tag last, in hex',
    skip: NO_OPENSSL,
    settings: spec({
      cipher: 'aes-256-gcm',
      encoding: 'hex',
      layout: ['iv', 'ciphertext', 'tag'],
      iv_bytes: 16,
      key_derivation: ['sha256'],
    }),
    key: 'passphrase',
    stored: () =>
      php(
        `$iv = random_bytes(16); $c = openssl_encrypt(${quote(CLEAR)}, 'aes-256-gcm', hash('sha256', 'passphrase', true), OPENSSL_RAW_DATA, $iv, $tag);
         echo bin2hex($iv . $c . $tag);`,
      ).toString(),
  },
  {
    plugin: 'WooPay: JSON members, MAC of the ciphertext in hex under the whole token',
    skip: NO_OPENSSL,
    settings: spec({
      cipher: 'aes-256-cbc',
      encoding: 'raw',
      layout: [],
      names: { iv: 'iv', ciphertext: 'session', mac: 'hash' },
      part_encodings: { iv: ['base64'], ciphertext: ['base64'], mac: ['base64', 'hex'] },
      key_derivation: ['php_openssl'],
      mac: { hash: 'sha256', over: ['ciphertext'], over_encoded: false, key_derivation: [] },
    }),
    key: 'blog token longer than the cipher takes, much longer',
    stored: () =>
      php(
        `$t = 'blog token longer than the cipher takes, much longer'; $iv = random_bytes(16);
         $c = openssl_encrypt(${quote(CLEAR)}, 'aes-256-cbc', $t, OPENSSL_RAW_DATA, $iv);
         echo json_encode(array_map('base64_encode', ['session' => $c, 'iv' => $iv, 'hash' => hash_hmac('sha256', $c, $t)]));`,
      ).toString(),
  },
];

for (const { plugin, skip, settings, key, suffix, stored } of VECTORS) {
  test(`opens ${plugin}`, { skip }, () => {
    const secrets = {
      key: typeof key === 'string' ? bytes(key) : key,
      ...(suffix === undefined ? {} : { suffix: bytes(suffix) }),
    };
    const value = stored();
    assert.equal(open(settings, secrets, value), CLEAR);
    assert.equal(open(settings, secrets, bytes(value)), CLEAR);
  });

  test(`takes nothing for ${plugin} from another key, a cut or another text`, { skip }, () => {
    const fixed: KeyStep[] = [
      ...settings.key_derivation.filter((step) => step !== 'base64' && step !== 'hex'),
      'sha256',
      'php_openssl',
    ];
    const other = { ...settings, key_derivation: fixed };
    const secrets = {
      key: bytes('another key'),
      ...(suffix === undefined ? {} : { suffix: bytes(suffix) }),
    };
    const value = stored();
    assert.equal(open(other, secrets, value), null, 'another key');
    const right = { ...secrets, key: typeof key === 'string' ? bytes(key) : key };
    for (const length of [0, 1, 7, 20, value.length >> 1]) {
      const clear = open(settings, right, value.slice(0, length));
      assert.ok(clear === null || CLEAR.startsWith(clear), `cut at ${length}`);
      if (settings.mac !== undefined || settings.cipher === 'aes-256-gcm')
        assert.equal(clear, null);
    }
    assert.equal(open(settings, right, `x${value}`), null);
    assert.equal(open(settings, right, 'ann@example.com'), null);
    assert.equal(open(settings, right, ''), null);
  });
}

test('a changed byte is told by the MAC, whichever part it is in', () => {
  const settings = spec({
    cipher: 'aes-256-cbc',
    layout: ['mac', 'iv', 'ciphertext'],
    key_derivation: ['sha256'],
    mac: {
      hash: 'sha256',
      over: ['iv', 'ciphertext'],
      over_encoded: false,
      key_derivation: [{ hmac: 'sha256', text: 'AUTH' }],
    },
  });
  const secret = bytes('secret');
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(secret).digest(), iv);
  const body = Buffer.concat([iv, cipher.update(CLEAR), cipher.final()]);
  const macKey = createHmac('sha256', secret).update('AUTH').digest();
  const value = Buffer.concat([createHmac('sha256', macKey).update(body).digest(), body]);
  assert.equal(open(settings, { key: secret }, value.toString('base64')), CLEAR);
  for (let at = 0; at < value.length; at += 5) {
    const changed = Buffer.from(value);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.equal(open(settings, { key: secret }, changed.toString('base64')), null, `byte ${at}`);
  }
});

test('an IV that is the same for all values is configured, not read', () => {
  const key = createHash('sha256').update('k').digest();
  const iv = createHash('sha256').update('iv').digest('hex').slice(0, 16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const stored = Buffer.concat([cipher.update(CLEAR), cipher.final()]).toString('base64');
  const settings = spec({
    cipher: 'aes-256-cbc',
    layout: ['ciphertext'],
    key_derivation: ['sha256'],
    iv_derivation: ['sha256_hex', { first: 16 }],
  });
  assert.equal(open(settings, { key: bytes('k'), iv: bytes('iv') }, stored), CLEAR);
});

test('what cannot work is refused when it is made, without the key in the words', () => {
  const secret = 'hunter2-hunter2';
  for (const [settings, code] of [
    [spec({ cipher: 'aes-256-cbc' }), 'decryptor.key_length'],
    [spec({ cipher: 'aes-256-cbc', key_derivation: ['hex'] }), 'decryptor.key_derivation'],
    [spec({ cipher: 'aes-256-cbc', key_derivation: ['base64'] }), 'decryptor.key_derivation'],
    [spec({ cipher: 'aes-256-cbc', key_derivation: ['sha256'], layout: [] }), 'decryptor.layout'],
    [
      spec({ cipher: 'aes-256-cbc', key_derivation: ['sha256'], layout: ['ciphertext'] }),
      'decryptor.layout',
    ],
    [spec({ cipher: 'aes-256-gcm', key_derivation: ['sha256'] }), 'decryptor.layout'],
    [
      spec({
        cipher: 'aes-256-cbc',
        key_derivation: ['sha256'],
        layout: ['mac', 'iv', 'ciphertext'],
      }),
      'decryptor.layout',
    ],
  ] as const) {
    assert.throws(
      () => makeDecryptor('shop', settings, { key: bytes(secret) }),
      (error) => {
        assert.ok(isCoded(error, code), String(error));
        assert.match(error.message, /^couldn't make the decryptor shop: /);
        assert.doesNotMatch(
          JSON.stringify([error.message, error.detail, error.context, error.fields]),
          /hunter2/,
        );
        return true;
      },
    );
  }
});

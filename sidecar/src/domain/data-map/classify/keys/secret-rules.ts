// Names of passwords, keys, tokens of sessions and second factors.
import { isHexDigest, isPasswordHash, isRandomToken } from '../values/secret-shape.ts';
import { isWallet } from '../values/wallet-shape.ts';
import { isUuid } from '../values/trace-shape.ts';
import { isFlag, words, type KeyRule } from './key-rule.ts';

const PASSWORD = words(
  '(?:\\w+_)?(?:pass|passwd|password|passwort|passphrase|pwd|kennwort|wachtwoord|contrasena|clave|mot_de_passe|mdp|senha|haslo|losenord)(?:_(?:plain|text|plaintext|clear))?|plain_password|password_\\d',
);
const ABOUT_PASSWORD =
  /reset|changed|count|expir|protected|generate|just|attempts|field|strength|policy|required|hint|updated|nag|date|time|(?:^|_)(?:by|boarding|day|week|season)_pass$/;

function isChosenWord(value: string): boolean {
  return value.length >= 4 && value.length <= 128 && !isFlag(value) && !isTime(value);
}

function isTime(value: string): boolean {
  return /^1[4-9]\d{8}(?:\d{3})?$|^(?:19|20)\d\d-\d\d-\d\d/.test(value);
}

function isSecret(value: string): boolean {
  if (isTime(value) || isWallet(value) || /\s|^https?:|@/.test(value)) return false;
  return isRandomToken(value) || isHexDigest(value) || /^[A-Z2-7]{16,}=*$/.test(value);
}

/** Codes and phrases: digits or words are enough. */
function isCodeOrPhrase(value: string): boolean {
  return value.length >= 3 && !isFlag(value) && !isTime(value) && !/^https?:/.test(value);
}

export const SECRET_RULES: readonly KeyRule[] = [
  {
    dataClass: 'credentials_hash',
    detector: 'password-digest-key',
    name: /(?:^|_)(?:pass(?:word|wd)?|pwd)_(?:hash|md5|sha\d*|bcrypt|crypt|digest)$/,
    fits: (value) => value.length >= 16,
  },
  {
    dataClass: 'credentials_hash',
    detector: 'password-digest',
    name: PASSWORD,
    not: ABOUT_PASSWORD,
    fits: (value) => isPasswordHash(value) || isHexDigest(value),
  },
  {
    dataClass: 'credentials_hash',
    detector: 'activation-digest',
    name: words('activation_key|reset_key|backup_codes?|recovery_codes?'),
    fits: (value) => /\$(?:generic|P|H|wp|2[aby]|argon2\w*)\$/.test(value),
  },
  {
    dataClass: 'account_secret',
    detector: 'order-key',
    name: words('order_key|post_password'),
    fits: (value) => /^wc_order_|^order_[0-9a-z]{13}$/i.test(value) || isHexDigest(value),
  },
  {
    dataClass: 'credentials',
    detector: 'password',
    name: PASSWORD,
    not: ABOUT_PASSWORD,
    fits: (value) => isChosenWord(value) && !isPasswordHash(value) && !isHexDigest(value),
  },
  {
    dataClass: 'account_secret',
    detector: 'second-factor',
    name: words(
      '(?:\\w+_)?totp(?:_(?:key|secret|seed))?|(?:\\w*2fa|two_factor|mfa|otp)_(?:\\w+_)?(?:secret|seed|key|token|codes?)|backup_codes?|recovery(?:_codes?|_keys?)?|(?:seed|recovery)_phrase|mnemonic|secret_(?:answer|question)|security_(?:answer|question)',
    ),
    not: /status|enabled|provider/,
    fits: isCodeOrPhrase,
  },
  {
    dataClass: 'account_secret',
    detector: 'secret',
    name: words(
      '(?:\\w+_)?secret(?:_key)?|(?:\\w+_)?(?:api|app|licen[cs]e|private|security|shared|signing|signature|encryption|master|consumer|activation|payment|purchase|access|verify|verification)_?key(?:_\\w{1,12})?|(?:live|test)_(?:api_)?key|(?:secure_auth|auth|logged_in|nonce)_(?:key|salt)|order_key|session_key|(?:\\w+_)?(?:access|refresh|bearer|auth|api|ipn|unsubscribe|link|reset|remember|login|session|verify|verification|confirm|confirmation|magic|invite|email|csrf|id)_?token(?:_secret)?|sess(?:ion)?(?:_?id)?|php_?sessid|(?:guest|visitor|customer|user|member|subscriber|donor|contact|tracking|personal)_(?:key|hash)|p256dh|api_?secret|ipntoken|verification_code|auth_?(?:code|cookie)|cookie',
    ),
    not: /card_user_key|publishable|public|truncated|expir|_count$|payment_method_key|(?:payment|vault)_token|checkout_session_id|kp_session_id/,
    fits: isSecret,
  },
  {
    dataClass: 'account_secret',
    detector: 'push-secret',
    name: words('auth'),
    when: ({ siblings }) => siblings.includes('p256dh'),
    fits: (value) => value.length >= 10,
  },
  {
    dataClass: 'account_secret',
    detector: 'token',
    name: words('token|app_token|nonce_token|usedtokens'),
    not: /device|push/,
    when: ({ ofPayment }) => !ofPayment,
    fits: (value) => isSecret(value) && !isUuid(value),
  },
  {
    dataClass: 'account_secret',
    detector: 'confirmation-digest',
    name: words('hash|key'),
    when: ({ around }) => /(?:new_email|nonce|reset|confirm\w*)\/(?:hash|key)$/.test(around),
    fits: isHexDigest,
  },
];

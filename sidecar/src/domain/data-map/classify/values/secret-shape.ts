// Hashes of passwords and secrets that are recognised by how they begin.

const PASSWORD_HASH =
  /^(?:\$wp\$2[aby]\$|\$[PH]\$[./0-9A-Za-z]{31}|\$2[abxy]\$\d\d\$[./0-9A-Za-z]{53}|\$argon2(?:id|i|d)\$|\$generic\$|\$[156]\$[^$]{1,16}\$|\$scrypt\$|pbkdf2[_:$]|\{SSHA\})/;
const SECRET =
  /^(?:(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{16,}|whsec_[0-9A-Za-z+/=]{16,}|(?:ck|cs)_[0-9a-f]{40}|wc_order_[0-9A-Za-z]{10,}|gh[pousr]_[0-9A-Za-z]{36}|xox[abprs]-[0-9A-Za-z-]{10,}|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{35}|SG\.[\w-]{16,}\.[\w-]{16,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|otpauth:\/\/)/;

export function isPasswordHash(value: string): boolean {
  return value.length >= 20 && PASSWORD_HASH.test(value);
}

/** API keys, order keys, signed tokens, private keys. `pk_live_` is public and not among them. */
export function isKnownSecret(value: string): boolean {
  return value.length >= 16 && SECRET.test(value);
}

/** Hex of MD5, SHA-1, SHA-256 or SHA-512. */
export function isHexDigest(value: string): boolean {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i.test(value);
}

/** Something no human chose: long enough, one word, with letters and digits or of mixed case. */
export function isRandomToken(value: string): boolean {
  if (value.length < 10 || /\s/.test(value)) return false;
  return (
    /[A-Za-z]/.test(value) && (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)))
  );
}

/**
 * Ids that payment providers give to customers, cards and payments, by their prefixes (Stripe, Mollie, Razorpay,
 * Paystack, PayPal billing agreements).
 */
export function isGatewayId(value: string): boolean {
  return /^(?:(?:cus|pm|pi|ch|src|seti|sub|tok|card|ba|mandate|cst|mdt|pay|txn|py|pyr)_(?=\w*[0-9A-Z])[0-9A-Za-z]{8,}|(?:cs_(?:live|test)_)[0-9A-Za-z]{20,}|tr_[0-9A-Za-z]{10}|AUTH_[0-9A-Za-z]{8,}|I-[0-9A-Z]{12}|B-[0-9A-Z]{17})$/.test(
    value,
  );
}

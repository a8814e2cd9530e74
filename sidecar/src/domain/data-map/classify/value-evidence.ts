// What a value tells by its own shape, whatever it is called, and what stands inside running text.
import type { DataClass } from '../../../contract/scope.ts';
import type { FoundBy } from './finding.ts';
import type { NameContext } from './keys/name-context.ts';
import { isShopsOwnAddress } from './keys/shops-own.ts';
import { hasCardNumber } from './values/card-number.ts';
import { emailKind, emailsInside, type EmailKind } from './values/email-shape.ts';
import { isIban } from './values/iban.ts';
import { isPublicIp } from './values/ip-shape.ts';
import { isTellingNationalId } from './values/national-id.ts';
import { hasInternationalPhone, isInternationalPhone } from './values/phone-shape.ts';
import { isGatewayId, isKnownSecret, isPasswordHash } from './values/secret-shape.ts';
import { isBrowser } from './values/trace-shape.ts';
import { isWallet } from './values/wallet-shape.ts';

/**
 * `variety`: how many different values of a place must show this before it counts. One address at a reserved domain is a
 * default that software ships with, and one in the shop's settings is the shop's own; several are people.
 */
export type Evidence = {
  readonly dataClass: DataClass;
  readonly by: FoundBy;
  readonly detector: string;
  readonly variety: number;
};

/** Names of numbers, digests and files that concern goods and machines: their shapes are looked at no further. */
const MACHINE =
  /(?:^|_)(?:gtin\w*|ean\w*|isbn\w*|upc|sku|mpn|asin|global_unique_id|tracking\w*|shippo_tracking|version\w*|checksum|sha\d+|md5|etag|dsn|file|files|path|attached_file|attachment_metadata|guid|cron|qrcode)$/;

const RESERVED_VARIETY = 3;
const OPERATOR_VARIETY = 5;

export function valueEvidence(value: string, context: NameContext): Evidence[] {
  const found = secretEvidence(value);
  if (context.ofGoods || MACHINE.test(context.name)) return found;
  const email = emailKind(value);
  if (email !== null) return [...found, ...emailEvidence([email], 'value', context)];
  if (/\s/.test(value) && !isIban(value) && !isInternationalPhone(value)) {
    return [...found, ...textEvidence(value, context)];
  }
  if (context.ofOperator) return found;
  const add = (dataClass: DataClass, detector: string): number =>
    found.push({ dataClass, by: 'value', detector, variety: 1 });
  if (isIban(value)) add('financial_account', 'iban');
  else if (isWallet(value)) add('wallet', 'wallet');
  else if (isGatewayId(value)) add('payment_token', 'gateway-id');
  else if (isPublicIp(value)) add('ip_address', 'ip');
  else if (isInternationalPhone(value)) add('phone', 'phone');
  else if (isTellingNationalId(value)) add('national_id', 'national-id');
  else return [...found, ...textEvidence(value, context)];
  return found;
}

function secretEvidence(value: string): Evidence[] {
  if (isPasswordHash(value)) {
    return [{ dataClass: 'credentials_hash', by: 'value', detector: 'password-hash', variety: 1 }];
  }
  if (isKnownSecret(value)) {
    return [{ dataClass: 'account_secret', by: 'value', detector: 'known-secret', variety: 1 }];
  }
  return [];
}

function textEvidence(text: string, context: NameContext): Evidence[] {
  if (isBrowser(text)) {
    return [{ dataClass: 'device', by: 'value', detector: 'user-agent', variety: 1 }];
  }
  const found = emailEvidence(emailsInside(text), 'text', context);
  if (context.ofOperator) return found;
  if (hasInternationalPhone(text)) {
    found.push({ dataClass: 'phone', by: 'text', detector: 'text-phone', variety: 1 });
  }
  if (hasCardNumber(text)) {
    found.push({ dataClass: 'payment_card', by: 'text', detector: 'text-card', variety: 1 });
  }
  return found;
}

function emailEvidence(
  kinds: readonly EmailKind[],
  by: 'value' | 'text',
  context: NameContext,
): Evidence[] {
  const plain = kinds.some((kind) => kind === 'person' || (kind === 'role' && by === 'value'));
  if (!plain && !kinds.includes('reserved')) return [];
  const variety = context.ofOperator ? OPERATOR_VARIETY : plain ? 1 : RESERVED_VARIETY;
  if (isShopsOwnAddress(context)) return [];
  return [{ dataClass: 'email', by, detector: by === 'text' ? 'text-email' : 'email', variety }];
}

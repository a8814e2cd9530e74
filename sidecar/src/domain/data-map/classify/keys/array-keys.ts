// Keys of arrays inside values are names as a rule, and some are data themselves: an address, a card's token, the hash of a
// session. Those are told as `*` in paths, and count as data.
import type { DataClass } from '../../../../contract/scope.ts';
import { emailsInside } from '../values/email-shape.ts';
import { isGatewayId, isHexDigest } from '../values/secret-shape.ts';
import { isUuid } from '../values/trace-shape.ts';
import { isPublicIp } from '../values/ip-shape.ts';

const ADDRESS = /[^\s/=&?]+(?:@|%40)[^\s/=&?]+/g;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
const IPV6 = /(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]{1,20}/gi;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const GATEWAY = /(?:cus|pm|pi|ch|src|seti|sub|tok|card)_[0-9A-Za-z]{8,}/g;
const HASH = /(?<![0-9a-z])(?=[0-9a-f]*\d)[0-9a-f]{16,}(?![0-9a-z])|[0-9a-f]{32,}/gi;
const RANDOM = /(?<=[_-])(?=[A-Za-z]*\d)[0-9A-Za-z]{20,}$/g;

/** As a path is told: list indices and array keys that are data are `*`. Short numbers at the end of a name stay. */
export function foldSegment(segment: string): string {
  if (/^\d+$/.test(segment)) return '*';
  const folded = [ADDRESS, UUID, IPV6, IPV4, GATEWAY, HASH, RANDOM]
    .reduce((text, part) => text.replace(part, '#'), segment.slice(0, 80))
    .replace(/\d{5,}/g, '#');
  return /^#*$/.test(folded) ? '*' : folded;
}

/** Classes that a path segment gives away by itself. `around`: spelled names outside of it. */
export function classesInName(name: string, around: string): DataClass[] {
  if (name.length < 7) return [];
  const classes: DataClass[] = [];
  if (emailsInside(name).some((kind) => kind === 'person' || kind === 'reserved'))
    classes.push('email');
  if (
    /geoip|(?:^|_)ips?(?:_|$)|login|lockout|blocked|banned|blacklist|whitelist/.test(around) ||
    /geoip/.test(name)
  ) {
    const address = /(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}/i.exec(name)?.[0];
    if (address !== undefined && isPublicIp(address)) classes.push('ip_address');
  }
  if (/session_tokens/.test(around) && isHexDigest(name)) classes.push('account_secret');
  if (
    /payment_tokens/.test(around) &&
    /^[\da-z-]{6,}$/i.test(name) &&
    /\d/.test(name) &&
    !isUuid(name)
  ) {
    classes.push('payment_token');
  }
  if (isGatewayId(name)) classes.push('payment_token');
  return classes;
}

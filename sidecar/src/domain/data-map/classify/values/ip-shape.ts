// IP addresses. Version numbers of four parts parse as IPv4, so that an unnamed value must look like a visitor's address.
import { isIP } from 'node:net';

/** Under a name that says IP: any address but the empty ones; masked last parts count, since they still tell a network. */
export function isNamedIp(value: string): boolean {
  const plain = value.replace(/^\[|\](?::\d+)?$/g, '').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  return plain
    .split(/\s*,\s*/)
    .some((one) => isIP(one) !== 0 && !/^(?:0\.0\.0\.0|::|127\.|::1$)/.test(one));
}

/** Under any name: public, and not shaped like a version. */
export function isPublicIp(value: string): boolean {
  if (value.length < 7 || value.length > 39) return false;
  const kind = isIP(value);
  if (kind === 6) return /^[23]/.test(value) && value.split(':').length > 3;
  if (kind !== 4) return false;
  const [first = 0, second = 0, third = 0, fourth = 0] = value.split('.').map(Number);
  const reserved =
    first === 0 ||
    first === 10 ||
    first === 127 ||
    first >= 224 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second < 128);
  const parts = [first, second, third, fourth];
  const likeVersion = Math.max(...parts) < 40 || parts.filter((part) => part === 0).length > 1;
  return !reserved && !likeVersion && fourth !== 0;
}

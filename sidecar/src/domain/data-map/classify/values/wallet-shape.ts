// Addresses of crypto wallets: Bitcoin by its checksums (base58check; bech32 of BIP 173 and BIP 350), Ethereum by its form.
import { createHash } from 'node:crypto';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

export function isWallet(value: string): boolean {
  if (value.length < 25 || value.length > 90) return false;
  if (/^0x[0-9a-fA-F]{40}$/.test(value)) return true;
  if (/^(?:bc|tb|ltc)1[02-9ac-hj-np-z]{11,71}$/i.test(value))
    return bech32Fits(value.toLowerCase());
  return /^[13LMT][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(value) && base58Fits(value);
}

/** Version byte, 20 bytes of hash, four bytes of double SHA-256. Tron's addresses are written the same way. */
function base58Fits(value: string): boolean {
  let number = 0n;
  for (const sign of value) {
    const worth = BASE58.indexOf(sign);
    if (worth === -1) return false;
    number = number * 58n + BigInt(worth);
  }
  const hex = number.toString(16);
  if (hex.length > 50) return false;
  const bytes = Buffer.from(hex.padStart(50, '0'), 'hex');
  const twice = sha256(sha256(bytes.subarray(0, 21)));
  return twice.subarray(0, 4).equals(bytes.subarray(21));
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function bech32Fits(value: string): boolean {
  const split = value.lastIndexOf('1');
  const human = Array.from(value.slice(0, split), (sign) => sign.charCodeAt(0));
  const data = Array.from(value.slice(split + 1), (sign) => BECH32.indexOf(sign));
  if (data.includes(-1)) return false;
  const sum = polymod([
    ...human.map((code) => code >> 5),
    0,
    ...human.map((code) => code & 31),
    ...data,
  ]);
  return sum === 1 || sum === 0x2bc830a3;
}

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((part, bit) => {
      if ((top >>> bit) & 1) sum ^= part;
    });
  }
  return sum >>> 0;
}

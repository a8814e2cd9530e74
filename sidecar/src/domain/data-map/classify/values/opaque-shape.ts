// Values nobody can read: ciphertext and other random bytes. What is in them cannot be told, only that it is hidden.

export type OpaqueShape = 'base64' | 'hex' | 'binary';

/** Beginnings of pictures, archives and documents, which are dense as well. */
const KNOWN_FILE = [
  '89504e47',
  'ffd8ff',
  '47494638',
  '25504446',
  '504b0304',
  '1f8b',
  '52494646',
  '7801',
  '789c',
  '78da',
];

/**
 * Ciphertext has at least an IV or nonce of 12 bytes and 8 more. Hex of the length of a digest is taken for one, and text
 * of base64 without `+`, `/` or `=` may be any random word: whoever asks wants those signs in some row.
 */
export function opaqueShape(value: string): OpaqueShape | null {
  if (value.length < 17) return null;
  if (isBinary(value)) return 'binary';
  if (value.length < 28) return null;
  const body = value.replace(/^[a-z]{2,8}_(?=[A-Za-z0-9+/]{24})/, '').replace(/\s+/g, '');
  if (/^(?:[0-9a-f]{2})+$/i.test(body)) {
    return body.length > 64 &&
      body.length !== 128 &&
      isDense(Buffer.from(body.slice(0, 2000), 'hex'))
      ? 'hex'
      : null;
  }
  if (!/^[A-Za-z0-9+/_-]+={0,2}(?:::?[A-Za-z0-9+/_=-]+)?$/.test(body)) return null;
  if (!/[a-z]/.test(body) || !/[A-Z]/.test(body)) return null;
  return isDense(Buffer.from(body.slice(0, 2000), 'base64')) ? 'base64' : null;
}

export function hasBase64Signs(value: string): boolean {
  return /[+/]|=$/.test(value);
}

function isBinary(value: string): boolean {
  const head = value.slice(0, 400);
  let odd = 0;
  for (const sign of head) {
    const code = sign.codePointAt(0) ?? 0;
    if (
      code === 0xfffd ||
      (code < 32 && code !== 9 && code !== 10 && code !== 13) ||
      (code >= 127 && code < 160)
    )
      odd += 1;
  }
  return odd / head.length > 0.1;
}

/** As many different bytes as random ones would have, within reason, and no file that says what it is. */
function isDense(bytes: Buffer): boolean {
  if (bytes.length < 20) return false;
  if (KNOWN_FILE.some((start) => bytes.subarray(0, 4).toString('hex').startsWith(start)))
    return false;
  const different = new Set(bytes).size;
  const expected = 256 * (1 - Math.pow(255 / 256, bytes.length));
  const printable = bytes.filter((byte) => byte >= 32 && byte < 127).length;
  return different > expected * 0.8 && printable < bytes.length * 0.8;
}

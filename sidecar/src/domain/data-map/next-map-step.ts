// What to do about a blind spot.

export function nextMapStep(encodings: readonly string[]): string {
  const map = 'map it in wp-admin (Tocsin, Data map) or in the file of data_map.file';
  return encodings.includes('encrypted')
    ? `configure a decryptor (docs/operations.md), then ${map}; or ignore it with a reason`
    : `${map}; or ignore it with a reason`;
}

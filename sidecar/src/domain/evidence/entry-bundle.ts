/**
 * Entry bundles of C2SP tlog-tiles: entries one after the other, each after its length as two bytes,
 * big-endian. That length is why an entry has at most 65,535 bytes.
 */
import { EvidenceError } from './errors.ts';

export const MAX_ENTRY_BYTES = 65_535;

/** The bundle of these entries, in order. */
export function joinBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = Buffer.allocUnsafe(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let offset = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new EvidenceError(
        'evidence.entry_too_large',
        `couldn't bundle an entry: it has ${entry.length} bytes (allowed: ${MAX_ENTRY_BYTES})`,
      );
    }
    offset = bundle.writeUInt16BE(entry.length, offset);
    bundle.set(entry, offset);
    offset += entry.length;
  }
  return bundle;
}

/** The entries of a bundle, or `undefined` when it is cut short or holds another number of them. */
export function splitBundle(bundle: Uint8Array, width: number): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let offset = 0;
  while (offset + 2 <= bundle.length) {
    const length = ((bundle[offset] as number) << 8) | (bundle[offset + 1] as number);
    offset += 2;
    if (offset + length > bundle.length) return undefined;
    entries.push(bundle.subarray(offset, offset + length));
    offset += length;
  }
  return offset === bundle.length && entries.length === width ? entries : undefined;
}

// Refuses before anything is written when the disk cannot take it: a full disk stops everything else on the machine too.
import { statfs } from 'node:fs/promises';
import { StoreError } from '../../stack/store-error.ts';

/** Measured: tables and indexes of one customer, orders and all. */
const STORE_BYTES = 4_600;
/** Measured: 3,300 of sealed people in the ledger and its log, and of the files of a resolution while it runs. */
const LEDGER_BYTES = 4_500;
/** The server's own files, its log, and the largest index while it is sorted. */
const FIXED_BYTES = 1_500_000_000;

export function bytesNeeded(customers: number, part: 'store' | 'ledger'): number {
  const all = customers * 1.1;
  return part === 'store' ? FIXED_BYTES + all * STORE_BYTES : all * LEDGER_BYTES;
}

/** Throws `disk_too_small`, naming both numbers. */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  throw new StoreError(
    'disk_too_small',
    `couldn't build a store of this size: ${gigabytes(bytes)} GB are needed in ${folder}, ${gigabytes(bavail * bsize)} GB are free; ask for fewer --people or give another place with --keep DIR`,
  );
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}

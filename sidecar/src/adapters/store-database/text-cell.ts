// Values of rows as text and numbers, whatever the driver made of them.
import type { StoreCell } from './store-pool.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });
/** What MySQL calls latin1. */
const LATIN1 = new TextDecoder('windows-1252');

/** '' for NULL. Bytes are UTF-8 where they can be, else latin1. */
export function textOf(cell: StoreCell | undefined): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? String(cell) : textOfBytes(cell);
}

export function textOfBytes(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return LATIN1.decode(bytes);
  }
}

/** An id; 0 for NULL and for what is none, such as a number beyond 2^53. */
export function idOf(cell: StoreCell | undefined): number {
  if (typeof cell === 'number') return cell;
  const text = textOf(cell);
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
}

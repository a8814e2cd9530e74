// Rows on disk, encrypted under a key that lives as long as the stage and in memory alone: a stage left behind by a crash
// can be opened by nobody, not even with the master key. AES-256-CTR over one running counter: a page of rows costs one
// cipher, and any row can be opened by itself. Nothing is authenticated: whoever can write to this file while it
// is used can as well write to the process's memory.
import { createCipheriv, randomBytes } from 'node:crypto';
import type { StagedRow } from '../../domain/audience/staged-row.ts';

const BLOCK = 16;

export type SealedRow = { readonly block: number; readonly packed: Uint8Array };

export interface RowSealer {
  seal(rows: readonly StagedRow[]): SealedRow[];
  open(sealed: SealedRow): StagedRow;
}

export function makeRowSealer(): RowSealer {
  // ECB over counters is CTR's key stream; made so, one cipher object serves every row, at any place.
  const cipher = createCipheriv('aes-256-ecb', randomBytes(32), null);
  cipher.setAutoPadding(false);
  const nonce = randomBytes(8);
  let next = 0;

  /** XORs `bytes` with the key stream from `block` on, in place. */
  function apply(block: number, bytes: Buffer): void {
    const counters = Buffer.allocUnsafe(padded(bytes.length));
    for (let at = 0, count = block; at < counters.length; at += BLOCK, count += 1) {
      nonce.copy(counters, at);
      counters.writeUInt32BE(Math.floor(count / 2 ** 32), at + 8);
      counters.writeUInt32BE(count >>> 0, at + 12);
    }
    const stream = cipher.update(counters);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = (bytes[at] ?? 0) ^ (stream[at] ?? 0);
  }

  return {
    seal(rows) {
      const texts = rows.map(packRow);
      const sizes = texts.map((text) => Buffer.byteLength(text, 'utf8'));
      const sealed = Buffer.alloc(sizes.reduce((sum, size) => sum + padded(size), 0));
      const places: number[] = [];
      let at = 0;
      texts.forEach((text, index) => {
        places.push(at);
        sealed.write(text, at, 'utf8');
        at += padded(sizes[index] ?? 0);
      });
      const first = next;
      next += sealed.length / BLOCK;
      apply(first, sealed);
      return places.map((place, index) => ({
        block: first + place / BLOCK,
        packed: sealed.subarray(place, place + (sizes[index] ?? 0)),
      }));
    },
    open({ block, packed }) {
      const plain = Buffer.from(packed);
      apply(block, plain);
      return unpackRow(plain.toString('utf8'));
    },
  };
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** Values in a fixed order: names of members would be most of the bytes. */
function packRow(row: StagedRow): string {
  const { values } = row;
  return JSON.stringify([
    row.kind,
    row.source,
    row.row,
    row.role,
    row.via,
    (row.inScope ? 1 : 0) |
      (row.listed ? 2 : 0) |
      (row.excluded ? 4 : 0) |
      (row.hasPhone ? 8 : 0) |
      (row.hasPostal ? 16 : 0),
    row.at,
    row.country,
    row.classes,
    row.emails.map(({ key, state, exact }) => [key, state, exact]),
    row.userId,
    row.orderId,
    values === null
      ? null
      : [
          values.emails,
          values.firstName,
          values.lastName,
          values.displayName,
          values.phone,
          row.hasPostal ? Object.values(values.postal) : [values.postal.country],
          values.book === null
            ? null
            : [values.book.email, values.book.firstName, values.book.lastName],
        ],
  ]);
}

type Packed = [
  StagedRow['kind'],
  string,
  number | string,
  StagedRow['role'],
  StagedRow['via'],
  number,
  number | null,
  string,
  number,
  [string | null, StagedRow['emails'][number]['state'], string][],
  number,
  number,
  null | [string[], string, string, string, string, string[], null | [string, string, string]],
];

function unpackRow(text: string): StagedRow {
  const [
    kind,
    source,
    row,
    role,
    via,
    flags,
    at,
    country,
    classes,
    emails,
    userId,
    orderId,
    values,
  ] = JSON.parse(text) as Packed;
  return {
    kind,
    source,
    row,
    role,
    via,
    inScope: (flags & 1) !== 0,
    listed: (flags & 2) !== 0,
    excluded: (flags & 4) !== 0,
    hasPhone: (flags & 8) !== 0,
    hasPostal: (flags & 16) !== 0,
    at,
    country,
    classes,
    emails: emails.map(([key, state, exact]) => ({ key, state, exact })),
    userId,
    orderId,
    values: values === null ? null : unpackValues(values),
  };
}

function unpackValues([emails, firstName, lastName, displayName, phone, postal, book]: NonNullable<
  Packed[12]
>): NonNullable<StagedRow['values']> {
  const [company = '', line1 = '', line2 = '', city = '', state = '', postcode = '', country = ''] =
    postal.length === 1 ? ['', '', '', '', '', '', ...postal] : postal;
  return {
    emails,
    firstName,
    lastName,
    displayName,
    phone,
    postal: { company, line1, line2, city, state, postcode, country },
    book: book === null ? null : { email: book[0], firstName: book[1], lastName: book[2] },
  };
}

/**
 * Reads a .zip at random, with only its directory in memory. Strict: one archive per file, no
 * ZIP64, no encryption, no name twice, and every file read is checked against its size and CRC.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import { tryDecodeText } from '../../domain/evidence/encoding.ts';
import { EvidenceError, messageOf } from '../../domain/evidence/errors.ts';
import { MAX_FILE_BYTES } from './folder-files.ts';

const END_SIZE = 22;
const STORED = 0;
const DEFLATED = 8;

interface ZipMember {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

export interface ZipArchive {
  readonly members: ReadonlyMap<string, ZipMember>;
  /** The bytes of a member, or `undefined` when there is none of this name. */
  read(name: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

function invalid(why: string): EvidenceError {
  return new EvidenceError(
    'evidence.archive_invalid',
    `couldn't read the archive: ${why} (export it again)`,
  );
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  if (bytesRead !== length) throw invalid('it is cut short');
  return buffer;
}

function readMember(
  directory: Buffer,
  offset: number,
): { name: string; member: ZipMember; next: number } {
  if (offset + 46 > directory.length || directory.readUInt32LE(offset) !== 0x02014b50) {
    throw invalid('its directory is damaged');
  }
  const nameEnd = offset + 46 + directory.readUInt16LE(offset + 28);
  const next = nameEnd + directory.readUInt16LE(offset + 30) + directory.readUInt16LE(offset + 32);
  const name = tryDecodeText(directory.subarray(offset + 46, nameEnd));
  const method = directory.readUInt16LE(offset + 10);
  if (name === undefined || next > directory.length) throw invalid('its directory is damaged');
  if (
    (directory.readUInt16LE(offset + 8) & 1) !== 0 ||
    (method !== STORED && method !== DEFLATED)
  ) {
    throw invalid('a file in it is encrypted or packed in another way than deflate');
  }
  const member = {
    method,
    crc: directory.readUInt32LE(offset + 16),
    packed: directory.readUInt32LE(offset + 20),
    size: directory.readUInt32LE(offset + 24),
    offset: directory.readUInt32LE(offset + 42),
  };
  if (Math.max(member.packed, member.size) > MAX_FILE_BYTES)
    throw invalid('a file in it is too large for a log');
  return { name, member, next };
}

async function readDirectory(handle: FileHandle): Promise<Map<string, ZipMember>> {
  const { size } = await handle.stat();
  if (size < END_SIZE) throw invalid('it is cut short');
  const end = await readAt(handle, size - END_SIZE, END_SIZE);
  const [count, length, start] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
  if (end.readUInt32LE(0) !== 0x06054b50 || start + length !== size - END_SIZE) {
    throw invalid('its end record is missing or damaged');
  }
  const directory = await readAt(handle, start, length);
  const members = new Map<string, ZipMember>();
  let offset = 0;
  while (offset < length) {
    const { name, member, next } = readMember(directory, offset);
    if (members.has(name)) throw invalid('it holds a name twice');
    members.set(name, member);
    offset = next;
  }
  if (members.size !== count) throw invalid('its directory is damaged');
  return members;
}

async function readBytes(handle: FileHandle, name: string, member: ZipMember): Promise<Uint8Array> {
  const local = await readAt(handle, member.offset, 30);
  if (local.readUInt32LE(0) !== 0x04034b50)
    throw invalid(`${name} is not where the directory says`);
  const nameLength = local.readUInt16LE(26);
  const localName = await readAt(handle, member.offset + 30, nameLength);
  if (localName.toString('utf8') !== name) throw invalid(`${name} has another name in its place`);
  const start = member.offset + 30 + nameLength + local.readUInt16LE(28);
  const packed = await readAt(handle, start, member.packed);
  let bytes: Uint8Array = packed;
  if (member.method === DEFLATED) {
    try {
      bytes = inflateRawSync(packed, { maxOutputLength: Math.max(1, member.size) });
    } catch (error) {
      throw new EvidenceError(
        'evidence.archive_invalid',
        `couldn't read the archive: ${name} doesn't unpack: ${messageOf(error)}`,
        error,
      );
    }
  }
  if (bytes.length !== member.size || crc32(bytes) !== member.crc)
    throw invalid(`${name} is damaged`);
  return bytes;
}

/** Opens an archive; throws `evidence.archive_invalid`. Close it when done. */
export async function openZipArchive(file: string): Promise<ZipArchive> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw new EvidenceError('evidence.io', `couldn't open the archive: ${messageOf(error)}`, error);
  });
  try {
    const members = await readDirectory(handle);
    return {
      members,
      read: async (name) => {
        const member = members.get(name);
        return member === undefined ? undefined : readBytes(handle, name, member);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

// A file that bytes are put aside in and taken back from, encrypted under a key that lives as long as the stage and in memory
// alone: a stage left behind by a crash can be opened by nobody, not even with the master key. AES-256-CTR whose counter is
// the place in the file, so that any part can be read by itself and no two parts share key stream. Nothing is authenticated:
// whoever can write to this file while it is used can as well write to the process's memory.
import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { closeSync, readSync, writeSync } from 'node:fs';

/** Bytes of one cipher block: parts begin at multiples of it. */
const BLOCK = 16;

/** A part of the file. */
export type SpilledPart = { readonly at: number; readonly length: number };

export interface SpillFile {
  /** Puts bytes aside. */
  put(bytes: Uint8Array): SpilledPart;
  /** Reads a part into `into` at `place`. */
  take(part: SpilledPart, into: Uint8Array, place: number): void;
  close(): void;
}

/** `descriptor`: of an empty file, open for reading and writing; `close` closes it. */
export function makeSpillFile(descriptor: number): SpillFile {
  // An object, not bytes: those would be wrapped anew for every part, which takes longer than a small one's encryption.
  const key = createSecretKey(randomBytes(32));
  const nonce = randomBytes(8);
  let end = 0;
  let open = true;

  /** Encrypts and decrypts: CTR is the same both ways. */
  function apply(at: number, bytes: Uint8Array): Buffer {
    const counter = Buffer.alloc(BLOCK);
    nonce.copy(counter);
    counter.writeBigUInt64BE(BigInt(at / BLOCK), 8);
    return createCipheriv('aes-256-ctr', key, counter).update(bytes);
  }

  return {
    put: (bytes) => {
      const part = { at: end, length: bytes.length };
      end += Math.ceil(bytes.length / BLOCK) * BLOCK;
      const sealed = apply(part.at, bytes);
      for (let done = 0; done < sealed.length;) {
        done += writeSync(descriptor, sealed, done, sealed.length - done, part.at + done);
      }
      return part;
    },
    take: ({ at, length }, into, place) => {
      const sealed = Buffer.allocUnsafe(length);
      for (let done = 0; done < length;) {
        const read = readSync(descriptor, sealed, done, length - done, at + done);
        if (read === 0)
          throw new RangeError(`couldn't read the stage: it ends before ${at + length}`);
        done += read;
      }
      into.set(apply(at, sealed), place);
    },
    close: () => {
      if (open) closeSync(descriptor);
      open = false;
    },
  };
}

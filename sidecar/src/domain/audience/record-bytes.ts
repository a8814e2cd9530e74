// Texts one after another as UTF-8, in one piece of memory that can be handed to another thread.

export interface RecordBytes {
  /** Where the text ends. */
  add(text: string): number;
  /** All of them; it is empty then. */
  take(): Uint8Array<ArrayBuffer>;
}

const FIRST = 64 * 1_024;

export function makeRecordBytes(): RecordBytes {
  let bytes = Buffer.allocUnsafeSlow(FIRST);
  let end = 0;
  return {
    add: (text) => {
      // No character of UTF-16 takes more than three bytes in UTF-8.
      const needed = end + 3 * text.length;
      if (needed > bytes.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * bytes.length));
        bytes.copy(larger, 0, 0, end);
        bytes = larger;
      }
      end += bytes.write(text, end, 'utf8');
      return end;
    },
    take: () => {
      const all = new Uint8Array(bytes.buffer.slice(0, end));
      end = 0;
      return all;
    },
  };
}

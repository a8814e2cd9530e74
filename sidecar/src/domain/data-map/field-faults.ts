// Whether one field of a source can be read as it says, and says what it holds.
import type { FieldPart, Source, SourceField } from '../../contract/data-map.ts';
import type { DataClass } from '../../contract/scope.ts';
import type { SourceFault } from './check-source.ts';

/** Letters and digits a key pattern must name, so that it cannot claim the keys of other software. */
const LEAST_LETTERS = 3;
/** The server compares such a key by trying: each further `*` takes it as often as a key is long. */
const MOST_STARS = 3;

/** One of these classes must be named with the part, or a person would be told of less than leaked. */
const CLASSES_OF: Partial<Record<FieldPart, readonly DataClass[]>> = {
  email: ['email'],
  full_name: ['name'],
  first_name: ['name'],
  last_name: ['name'],
  company: ['name', 'postal_address'],
  line1: ['postal_address'],
  line2: ['postal_address'],
  city: ['postal_address', 'location'],
  postcode: ['postal_address', 'location'],
  state: ['postal_address', 'location'],
  country: ['postal_address', 'location'],
  phone: ['phone'],
  ip_address: ['ip_address'],
  gateway_id: ['payment_token', 'wallet'],
};

export function fieldFaults(
  source: Source,
  field: SourceField,
  pointer: string,
  decryptors: readonly string[] | undefined,
): SourceFault[] {
  const at = (part: string, message: string): SourceFault => ({
    pointer: `${pointer}/${part}`,
    message,
  });
  return [
    ...placeFaults(source, field, at),
    ...pathFaults(field, at),
    ...encodingFaults(field, decryptors, at),
    ...classFaults(field, at),
  ];
}

type At = (part: string, message: string) => SourceFault;

function placeFaults({ place }: Source, { column, key }: SourceField, at: At): SourceFault[] {
  if (place.kind === 'file') return [];
  if (place.kind === 'table') {
    if (column === undefined) return [at('column', 'a field of a table names its column')];
    return key === undefined ? [] : [at('key', 'a table has columns and no keys')];
  }
  if (key === undefined) return [at('key', 'a field of key/value rows names its key')];
  if (column !== undefined) return [at('column', 'key/value rows have keys and no columns')];
  if (key.split('*').length - 1 > MOST_STARS || key.split('{prefix}').length > 2) {
    return [at('key', `* may stand ${MOST_STARS} times and {prefix} once`)];
  }
  const limited = place.kind === 'pairs' || (place.kind === 'meta' && place.post_types.length > 0);
  const letters = key.replace(/\{prefix\}|[^\p{L}\p{N}]/gu, '').length;
  return limited || !/[*{]/.test(key) || letters >= LEAST_LETTERS
    ? []
    : [
        at(
          'key',
          `name at least ${LEAST_LETTERS} letters of the key, or keys of others are taken for it`,
        ),
      ];
}

function pathFaults({ path, encoding }: SourceField, at: At): SourceFault[] {
  if (path === '') return [];
  // A dot that belongs to a name is written `\\.`.
  const segments = path.split(/(?<!\\)\./);
  // Such a path searches whatever is there: plain in one row, serialized in the next.
  if (encoding.length === 0 && segments[0] !== '**') {
    return [at('path', 'a path needs an encoding that opens the value, or begins with **')];
  }
  if (segments.includes('')) return [at('path', 'a segment is empty')];
  if (segments.some((segment) => segment.includes('*') && !/^\*{1,2}$/.test(segment))) {
    return [at('path', '* or ** is a whole segment')];
  }
  return segments.filter((segment) => segment === '**').length > 1
    ? [at('path', '** may stand once')]
    : [];
}

function encodingFaults(
  { encoding, part, path }: SourceField,
  decryptors: readonly string[] | undefined,
  at: At,
): SourceFault[] {
  const faults: SourceFault[] = [];
  encoding.forEach((step, place) => {
    const name = step.startsWith('decrypt:') ? step.slice('decrypt:'.length) : null;
    if (name !== null && decryptors !== undefined && !decryptors.includes(name)) {
      const known =
        decryptors.length === 0 ? 'none is configured' : `configured are ${decryptors.join(', ')}`;
      faults.push(at(`encoding/${place}`, `there is no decryptor ${name}: ${known}`));
    }
    if ((step === 'ip_binary' || step === 'joined') && place < encoding.length - 1) {
      faults.push(at(`encoding/${place}`, `${step} is the last step: nothing is left to open`));
    }
  });
  if (encoding.includes('ip_binary') && (part !== 'ip_address' || path !== '')) {
    faults.push(at('part', 'ip_binary gives an ip_address and nothing else'));
  }
  return faults;
}

function classFaults({ part, classes }: SourceField, at: At): SourceFault[] {
  const needed = CLASSES_OF[part];
  if (needed === undefined || needed.some((name) => classes.includes(name))) return [];
  return [at('classes', `${part} is ${needed.join(' or ')}: name that class`)];
}

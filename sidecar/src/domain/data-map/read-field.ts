// The values that fields of the data map choose in a stored value. Fields of one column or key are read together, so that
// the value is decoded once. What is there and cannot be read is counted, never taken for nothing.
import type { EncodingStep, FieldPart, SourceField } from '../../contract/data-map.ts';
import type { Decryptor } from './decrypt/decryptor.ts';
import { takeText, toUnicode } from './decode-value.ts';
import { findInValue, HELD, type FieldValue } from './find-in-value.ts';
import { parsePath, type PathStep } from './field-path.ts';
import { mayOpen } from './open-text.ts';
import { takeSteps } from './value-steps.ts';
import { DEFAULT_LIMITS, startReading, type DecodeLimits } from './value-tree.ts';

export { HELD, type FieldValue } from './find-in-value.ts';
export type FieldSpec = Pick<SourceField, 'encoding' | 'path'> & Partial<Pick<SourceField, 'part'>>;

export type FieldValues = {
  readonly values: readonly FieldValue[];
  /** Values that are there and could not be read: not as declared, not decryptable, cut or too large before the path. */
  readonly unresolved: number;
};

/** `fields` has one entry for each field given to `compileFields`, in their order. */
export type FieldsRead = {
  readonly fields: readonly (readonly FieldValue[])[];
  readonly unresolved: number;
};

const LARGE_BYTES = 512;

type Group = {
  readonly encoding: readonly EncodingStep[];
  readonly part: FieldPart | undefined;
  readonly members: readonly {
    index: number;
    path: readonly PathStep[];
    part: FieldPart | undefined;
  }[];
  /** Nothing to decode and no path: a value of no encoded shape is the answer. */
  readonly plain: boolean;
};

/** One field of one value. For many rows, or several fields of one value, `compileFields` is far cheaper. */
export function readField(
  raw: string | Uint8Array | null,
  field: FieldSpec,
  decryptors: ReadonlyMap<string, Decryptor>,
): FieldValues {
  const { fields, unresolved } = compileFields([field], decryptors)(raw);
  return { values: fields[0] ?? [], unresolved };
}

/**
 * A reader for all fields that share a column or a key. NULL and empty values give nothing and count as nothing.
 * A decryptor that is not there leaves its values unresolved.
 */
export function compileFields(
  fields: readonly FieldSpec[],
  decryptors: ReadonlyMap<string, Decryptor>,
  limits: DecodeLimits = DEFAULT_LIMITS,
): (raw: string | Uint8Array | null) => FieldsRead {
  const groups = groupByEncoding(fields);
  const nothing: FieldsRead = { fields: fields.map(() => []), unresolved: 0 };
  return (raw) => {
    if (raw === null || raw.length === 0) return nothing;
    const found: FieldValue[][] = fields.map(() => []);
    let unresolved = 0;
    for (const group of groups) {
      if (group.plain && typeof raw === 'string' && raw.length <= limits.bytes && !mayOpen(raw)) {
        for (const { index, part } of group.members) {
          found[index]?.push({ value: part === 'holds' ? HELD : raw, entry: '' });
        }
      } else {
        unresolved += readGroup(raw, group, decryptors, limits, found);
      }
    }
    return { fields: found, unresolved };
  };
}

/** Fields that are decoded by the same steps; `joined` is taken apart differently for each part. */
function groupByEncoding(fields: readonly FieldSpec[]): readonly Group[] {
  const groups = new Map<string, Group & { members: Group['members'][number][] }>();
  for (const [index, field] of fields.entries()) {
    const joined = field.encoding.includes('joined');
    const key = `${field.encoding.join(' ')} ${joined ? (field.part ?? '') : ''}`;
    const group = groups.get(key) ?? {
      encoding: field.encoding,
      part: joined ? field.part : undefined,
      members: [],
      plain: field.encoding.length === 0,
    };
    group.members.push({ index, path: parsePath(field.path), part: field.part });
    groups.set(key, field.path === '' ? group : { ...group, plain: false });
  }
  return [...groups.values()];
}

/** Adds what the group's fields find; returns how many values stay unread. */
function readGroup(
  raw: string | Uint8Array,
  group: Group,
  decryptors: ReadonlyMap<string, Decryptor>,
  limits: DecodeLimits,
  found: readonly FieldValue[][],
): number {
  const reading = startReading(limits);
  const text = takeText(raw, limits.bytes, reading);
  const stepped = takeSteps(text, group.encoding, decryptors, group.part, reading);
  if (stepped === undefined) return 1;
  const search = {
    reading,
    nesting: limits.nesting,
    step: (inner: string) => takeSteps(inner, stepped.left, decryptors, group.part, reading),
    hasSteps: stepped.left.length > 0,
    large: text.length > LARGE_BYTES,
    unicode: (inner: string) => toUnicode(reading, inner),
    unread: 0,
  };
  let mayMiss = false;
  for (const { index, path, part } of group.members) {
    const values = found[index] ?? [];
    findInValue(search, stepped.node, path, part, values);
    mayMiss ||= values.length === 0 || path.some(({ kind }) => kind !== 'name');
  }
  const incomplete = reading.cut || reading.tooLarge || reading.tooDeep;
  return search.unread + (incomplete && mayMiss && search.unread === 0 ? 1 : 0);
}

// Sources that are read from the same rows together: each stored value is decoded once for all of them.
import type { Source, SourceField } from '../../contract/data-map.ts';
import type { Decryptor } from '../../domain/data-map/decrypt/decryptor.ts';
import { compileFields, type FieldsRead } from '../../domain/data-map/read-field.ts';
import { isLiteral, keyExpression } from '../../domain/data-map/key-pattern.ts';
import {
  mentionsOf,
  shapeOf,
  type RowOwner,
  type SourceShape,
} from '../../domain/data-map/row-mentions.ts';
import type { Mention } from '../../domain/audience/mention.ts';
import type { SourcePage } from '../../use-cases/ports/store-reader.ts';

type Target = { readonly member: number; readonly field: number };

/** One column, or one key, with the fields that take their values from it. */
export type Slot = {
  readonly targets: readonly Target[];
  /** The value has to be decoded: it is wanted as bytes. */
  readonly encoded: boolean;
  /** Only whether there is a value is asked. */
  readonly heldOnly: boolean;
  readonly read: (raw: string | Uint8Array | null) => FieldsRead;
};

/** Sources as members of one reading; a member's number is its place among them. */
export type Members = {
  readonly sources: readonly Source[];
  readonly shapes: readonly SourceShape[];
  slot(targets: readonly Target[]): Slot;
};

export function makeMembers(
  sources: readonly Source[],
  decryptors: ReadonlyMap<string, Decryptor>,
): Members {
  const known = new Map<string, Slot>();
  return {
    sources,
    shapes: sources.map(shapeOf),
    slot: (targets) => {
      const id = targets.map(({ member, field }) => `${member}.${field}`).join(' ');
      const slot = known.get(id) ?? compileSlot(sources, targets, decryptors);
      known.set(id, slot);
      return slot;
    },
  };
}

function compileSlot(
  sources: readonly Source[],
  targets: readonly Target[],
  decryptors: ReadonlyMap<string, Decryptor>,
): Slot {
  const fields = targets
    .map(({ member, field }) => sources[member]?.fields[field])
    .filter((field) => field !== undefined);
  return {
    targets,
    encoded: fields.some(({ encoding, path }) => encoding.length > 0 || path !== ''),
    heldOnly: fields.every(
      ({ part, encoding, path }) => part === 'holds' && encoding.length === 0 && path === '',
    ),
    read: compileFields(fields, decryptors),
  };
}

/** Fields by the column they name, in lower case. */
export function slotsByColumn(members: Members): ReadonlyMap<string, Slot> {
  const targets = new Map<string, Target[]>();
  eachField(members.sources, (target, { column }) => {
    if (column === undefined) return;
    const name = column.toLowerCase();
    targets.set(name, [...(targets.get(name) ?? []), target]);
  });
  return new Map([...targets].map(([column, list]) => [column, members.slot(list)]));
}

/** Distinct keys remembered; names of options can be endless. */
const REMEMBERED = 10_000;

/** The slot of a key, byte by byte; null for keys nobody asks for. */
export function slotsByKey(members: Members, prefix: string): (key: string) => Slot | null {
  const literal = new Map<string, Target[]>();
  const patterns: { expression: RegExp; target: Target }[] = [];
  eachField(members.sources, (target, { key = '' }) => {
    if (isLiteral(key)) literal.set(key, [...(literal.get(key) ?? []), target]);
    else patterns.push({ expression: keyExpression(key, prefix), target });
  });
  const known = new Map<string, Slot | null>();
  return (key) => {
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const targets = [
      ...(literal.get(key) ?? []),
      ...patterns.filter(({ expression }) => expression.test(key)).map(({ target }) => target),
    ];
    const slot = targets.length === 0 ? null : members.slot(targets);
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, slot);
    return slot;
  };
}

function eachField(
  sources: readonly Source[],
  visit: (target: Target, field: SourceField) => void,
): void {
  sources.forEach((source, member) => {
    source.fields.forEach((field, place) => {
      visit({ member, field: place }, field);
    });
  });
}

/** What the fields of one row hold, for each source that has something there. */
export type Gathered = Map<number, GatheredOf>;

type GatheredOf = {
  readonly found: FieldsRead['fields'][number][];
  unresolved: number;
  /** Rows of the database that were read for it. */
  rows: number;
};

export function startGathering(): Gathered {
  return new Map();
}

export function gatheredOf(into: Gathered, member: number): GatheredOf {
  const known = into.get(member);
  if (known !== undefined) return known;
  const gathered: GatheredOf = { found: [], unresolved: 0, rows: 0 };
  into.set(member, gathered);
  return gathered;
}

/** Values of several rows with one key stand side by side. A value that cannot be read is missed by every source of it. */
export function gather(into: Gathered, slot: Slot, raw: string | Uint8Array | null): void {
  const { fields, unresolved } = slot.read(raw);
  slot.targets.forEach(({ member, field }, place) => {
    const values = fields[place] ?? [];
    if (values.length === 0) return;
    const { found } = gatheredOf(into, member);
    const earlier = found[field];
    found[field] = earlier === undefined ? values : [...earlier, ...values];
  });
  if (unresolved > 0) missed(into, slot, unresolved);
}

/** A value that is there and cannot be read. */
export function missed(into: Gathered, slot: Slot, values = 1): void {
  for (const member of membersOf(slot)) gatheredOf(into, member).unresolved += values;
}

export function membersOf(slot: Slot): ReadonlySet<number> {
  return new Set(slot.targets.map(({ member }) => member));
}

/** Pages of a number of rows, one for each source that had any. `ownerOf`: null when a source leaves the row out. */
export function toPages(
  members: Members,
  rows: readonly { gathered: Gathered; ownerOf: (member: number) => RowOwner | null }[],
): SourcePage[] {
  const pages = new Map<number, { mentions: Mention[]; rows: number; unresolved: number }>();
  for (const { gathered, ownerOf } of rows) {
    for (const [member, { found, unresolved, rows: read }] of gathered) {
      const shape = members.shapes[member];
      const owner = ownerOf(member);
      if (owner === null || shape === undefined) continue;
      const page = pages.get(member) ?? { mentions: [], rows: 0, unresolved: 0 };
      pages.set(member, page);
      page.rows += read;
      page.unresolved += unresolved;
      if (found.length > 0) page.mentions.push(...mentionsOf(shape, owner, found));
    }
  }
  return [...pages]
    .sort(([a], [b]) => a - b)
    .map(([member, page]) => ({ source: members.sources[member]?.id ?? '', ...page }));
}

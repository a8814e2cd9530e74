// What a source must be beyond its schema: each rule here keeps people from being missed, or read as somebody they aren't.
import type { Source } from '../../contract/data-map.ts';
import { CodedError } from '../coded-error.ts';
import { fieldFaults } from './field-faults.ts';
import { leadsToPerson, linkFaults } from './link-faults.ts';

export type SourceFault = {
  /** JSON pointer inside the source. */
  readonly pointer: string;
  readonly message: string;
};

export type SourceSurroundings = {
  /** Whether the operator made it, in wp-admin or in the file of `data_map.file`. */
  readonly own: boolean;
  /** Names of the decryptors that are configured. Left out, names are not checked. */
  readonly decryptors?: readonly string[];
};

/** Throws `data_map.bad_source` with every fault by its JSON pointer. */
export function checkSource(source: Source, surroundings: SourceSurroundings): void {
  const fields = sourceFaults(source, surroundings);
  if (fields.length === 0) return;
  throw new CodedError({
    code: 'data_map.bad_source',
    category: 'invalid',
    message: `couldn't take the source ${source.id}: ${fields[0]?.message ?? ''}`,
    detail:
      'Mend the fields named here; docs/data-map.md says what each part means, with an example.',
    fields,
  });
}

export function sourceFaults(source: Source, surroundings: SourceSurroundings): SourceFault[] {
  return [
    ...nameFaults(source, surroundings.own),
    ...linkFaults(source),
    ...source.fields.flatMap((field, place) =>
      fieldFaults(source, field, `/fields/${place}`, surroundings.decryptors),
    ),
    ...twiceFaults(source),
    ...personFaults(source),
    ...(surroundings.own ? emptyFaults(source) : []),
  ];
}

function nameFaults({ id, family, verification }: Source, own: boolean): SourceFault[] {
  const faults: SourceFault[] = [];
  if (own && !id.startsWith('own.')) {
    faults.push({ pointer: '/id', message: 'the id of a source of your own begins with own.' });
  }
  if (!own && !id.startsWith(`${family}.`)) {
    faults.push({ pointer: '/id', message: `the id begins with its family, ${family}.` });
  }
  if (own !== (verification === 'operator')) {
    faults.push({
      pointer: '/verification',
      message: own
        ? 'verification is operator: nobody but you has checked it'
        : 'operator is for sources mapped by hand',
    });
  }
  return faults;
}

function twiceFaults({ fields }: Source): SourceFault[] {
  const seen = new Set<string>();
  return fields.flatMap(({ column, key, path, part, role }, place) => {
    const value = JSON.stringify([column, key, path, part, role]);
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ pointer: `/fields/${place}`, message: 'the same value is named twice' }];
  });
}

function personFaults(source: Source): SourceFault[] {
  const faults: SourceFault[] = [];
  const reads = source.yields === 'people' || source.yields === 'classes';
  if (reads && source.place.kind !== 'file' && !leadsToPerson(source)) {
    faults.push({
      pointer: '/link',
      message:
        'nothing leads from a row to a person: name a link column, or a field with an e-mail address, phone number or postal address',
    });
  }
  if ((source.role === 'staff') !== (source.yields === 'staff')) {
    faults.push({
      pointer: '/role',
      message:
        "the role staff and yields staff go together: the shop's own people are never told as customers",
    });
  }
  return faults;
}

/** Such a source would take a place off the blind spots with nothing known about it. */
function emptyFaults({ fields, yields }: Source): SourceFault[] {
  const reads = yields === 'people' || yields === 'classes';
  const isEmpty = fields.every(({ part, classes }) => part === 'holds' && classes.length === 0);
  if (!reads || !isEmpty) return [];
  return [
    {
      pointer: '/fields/0/part',
      message: 'nothing would be read: say what the value is, or which kinds of data it holds',
    },
  ];
}

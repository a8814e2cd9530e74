// Values of the stage's columns as what they are. Anything else was not written by this sidecar.
import type { Reason } from '../../contract/audience.ts';
import { CodedError } from '../../domain/coded-error.ts';
import type { Owner } from '../../domain/audience/staged-row.ts';

type Row = Readonly<Record<string, unknown>>;

export function ownerFrom(value: unknown): Owner {
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw damaged();
}

export function numberFrom(value: unknown): number {
  if (typeof value === 'number') return value;
  throw damaged();
}

export function textFrom(value: unknown): string {
  if (typeof value === 'string') return value;
  throw damaged();
}

/** A row of `remap`. */
export function mergeFrom(row: Row): { from: Owner; into: Owner; via: Reason['via'] } {
  return {
    from: ownerFrom(row['src']),
    into: ownerFrom(row['dst']),
    via: textFrom(row['via']) as Reason['via'],
  };
}

function damaged(): CodedError {
  return new CodedError({
    code: 'stage.damaged',
    category: 'internal',
    message: "couldn't group people: the stage holds a row that was not written by this sidecar",
    detail: 'Nothing was kept. Check the disk of the scratch folder and try again.',
  });
}

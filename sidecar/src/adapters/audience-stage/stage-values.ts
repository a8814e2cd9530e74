// Values of the stage's columns as what they are. Anything else was not written by this sidecar.
import { CodedError } from '../../domain/coded-error.ts';
import type { Owner } from '../../domain/audience/staged-row.ts';
import type { StagedOrder } from '../../use-cases/ports/audience-stage.ts';

export function orderFrom(
  orderId: number,
  row: Record<string, unknown> | undefined,
): StagedOrder | null {
  if (row === undefined) return null;
  return {
    orderId,
    owner: ownerFrom(row['owner']),
    at: row['at'] === null ? null : numberFrom(row['at']),
    anonymised: row['anonymised'] === 1,
    name: String(row['name']),
  };
}

export function ownerFrom(value: unknown): Owner {
  if (typeof value === 'number' || typeof value === 'string') return value;
  throw damaged();
}

export function numberFrom(value: unknown): number {
  if (typeof value === 'number') return value;
  throw damaged();
}

function damaged(): CodedError {
  return new CodedError({
    code: 'stage.damaged',
    category: 'internal',
    message: "couldn't group people: the stage holds a row that was not written by this sidecar",
    detail: 'Nothing was kept. Check the disk of the scratch folder and try again.',
  });
}

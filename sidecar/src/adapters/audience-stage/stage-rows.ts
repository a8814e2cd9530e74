// Rows of the stage's tables to and from staged rows.
import type { SQLOutputValue } from 'node:sqlite';
import { CodedError } from '../../domain/coded-error.ts';
import type { AddressState } from '../../domain/audience/judge-address.ts';
import type { OrderStore } from '../../domain/audience/store-rows.ts';
import type {
  StagedAccount,
  StagedAddress,
  StagedListedAddress,
  StagedOrderCopy,
} from '../../domain/audience/staged-rows.ts';

export type StageRow = Record<string, SQLOutputValue>;

export function accountFrom(row: StageRow): StagedAccount {
  return {
    ...sharedFrom(row),
    userId: number(row['user_id']),
    email: addressFrom(row['email_key'], row['email_state']),
    billing: addressFrom(row['billing_key'], row['billing_state']),
    registeredAt: numberOrNull(row['registered_at']),
    country: text(row['country']),
    classes: number(row['classes']),
    via: text(row['via']) as StagedAccount['via'],
  };
}

export function copyFrom(row: StageRow): StagedOrderCopy {
  return {
    ...sharedFrom(row),
    orderId: number(row['order_id']),
    store: text(row['store']) as OrderStore,
    userId: number(row['user_id']),
    tiedBy: textOrNull(row['tied_by']),
    emails: decodeAddresses(text(row['emails'])),
    createdAt: numberOrNull(row['created_at']),
    country: text(row['country']),
    classes: number(row['classes']),
    via: text(row['via']) as StagedOrderCopy['via'],
  };
}

export function listedFrom(row: StageRow): StagedListedAddress {
  return {
    owner: text(row['owner']),
    address: { key: text(row['key']), state: text(row['state']) as AddressState },
    excluded: row['excluded'] === 1,
    sealed: bytesOrNull(row['sealed']),
  };
}

/** `key/state` pairs with spaces between; keys are hex, so nothing needs escaping. */
export function encodeAddresses(addresses: readonly StagedAddress[]): string {
  return addresses.map(({ key, state }) => `${key ?? ''}/${state}`).join(' ');
}

function decodeAddresses(encoded: string): StagedAddress[] {
  if (encoded === '') return [];
  return encoded.split(' ').map((pair) => {
    const [key = '', state = ''] = pair.split('/');
    return { key: key === '' ? null : key, state: state as AddressState };
  });
}

function addressFrom(
  key: SQLOutputValue | undefined,
  state: SQLOutputValue | undefined,
): StagedAddress | null {
  if (typeof state !== 'string') return null;
  return { key: typeof key === 'string' ? key : null, state: state as AddressState };
}

function sharedFrom(
  row: StageRow,
): Pick<StagedAccount, 'owner' | 'inScope' | 'listed' | 'excluded' | 'sealed'> {
  return {
    owner: text(row['owner']),
    inScope: row['in_scope'] === 1,
    listed: row['listed'] === 1,
    excluded: row['excluded'] === 1,
    sealed: bytesOrNull(row['sealed']),
  };
}

export function text(value: SQLOutputValue | undefined): string {
  if (typeof value === 'string') return value;
  throw damaged();
}

export function number(value: SQLOutputValue | undefined): number {
  if (typeof value === 'number') return value;
  throw damaged();
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null ? null : number(value);
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return value === null ? null : text(value);
}

function bytesOrNull(value: SQLOutputValue | undefined): Uint8Array | null {
  return value instanceof Uint8Array ? value : null;
}

function damaged(): CodedError {
  return new CodedError({
    code: 'stage.damaged',
    category: 'internal',
    message: "couldn't group people: the stage holds a row that was not written by this sidecar",
    detail: 'Nothing was kept. Check the disk of the scratch folder and try again.',
  });
}

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

/** Values in the order of the columns of its table, below. */
export type StageRow = readonly SQLOutputValue[];

const SHARED = ['owner', 'in_scope', 'listed', 'excluded', 'sealed'] as const;
export const ACCOUNT_COLUMNS = [
  ...SHARED,
  'user_id',
  'email_key',
  'email_state',
  'billing_key',
  'billing_state',
  'registered_at',
  'country',
  'classes',
  'via',
] as const;
export const COPY_COLUMNS = [
  ...SHARED,
  'order_id',
  'store',
  'user_id',
  'tied_by',
  'emails',
  'created_at',
  'country',
  'classes',
  'via',
] as const;
export const LISTED_COLUMNS = ['owner', 'key', 'state', 'excluded', 'sealed'] as const;

export function accountFrom(row: StageRow): StagedAccount {
  const [, , , , , userId, emailKey, emailState, billingKey, billingState, ...rest] = row;
  const [registeredAt, country, classes, via] = rest;
  return {
    ...sharedFrom(row),
    userId: number(userId),
    email: addressFrom(emailKey, emailState),
    billing: addressFrom(billingKey, billingState),
    registeredAt: numberOrNull(registeredAt),
    country: text(country),
    classes: number(classes),
    via: text(via) as StagedAccount['via'],
  };
}

export function copyFrom(row: StageRow): StagedOrderCopy {
  const [, , , , , orderId, store, userId, tiedBy, emails, createdAt, country, classes, via] = row;
  return {
    ...sharedFrom(row),
    orderId: number(orderId),
    store: text(store) as OrderStore,
    userId: number(userId),
    tiedBy: textOrNull(tiedBy),
    emails: decodeAddresses(text(emails)),
    createdAt: numberOrNull(createdAt),
    country: text(country),
    classes: number(classes),
    via: text(via) as StagedOrderCopy['via'],
  };
}

export function listedFrom([owner, key, state, excluded, sealed]: StageRow): StagedListedAddress {
  return {
    owner: text(owner),
    address: { key: text(key), state: text(state) as AddressState },
    excluded: excluded === 1,
    sealed: bytesOrNull(sealed),
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

function sharedFrom([owner, inScope, listed, excluded, sealed]: StageRow): Pick<
  StagedAccount,
  'owner' | 'inScope' | 'listed' | 'excluded' | 'sealed'
> {
  return {
    owner: text(owner),
    inScope: inScope === 1,
    listed: listed === 1,
    excluded: excluded === 1,
    sealed: bytesOrNull(sealed),
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

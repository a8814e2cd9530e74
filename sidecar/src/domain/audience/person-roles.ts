// Roles of people as bits, in the contract's order.
import type { PersonRole } from '../../contract/scope.ts';

const ALL = [
  'buyer',
  'shipping_contact',
  'payer',
  'gift_recipient',
  'reviewer',
  'subscriber',
  'staff',
] as const satisfies readonly PersonRole[];

export type RoleBits = number;

export function roleBit(role: PersonRole): RoleBits {
  return 1 << ALL.indexOf(role);
}

export function rolesOf(bits: RoleBits): PersonRole[] {
  return ALL.filter((_role, place) => (bits & (1 << place)) !== 0);
}

/** People of their own beside whoever the row's order or account belongs to, unless the addresses match. */
export function isThirdParty(role: PersonRole): boolean {
  return role === 'shipping_contact' || role === 'payer' || role === 'gift_recipient';
}

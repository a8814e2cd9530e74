// All traps of a store, laid beside the bulk of its people.
import type { Connection } from 'mysql2/promise';
import { EVERYONE_ON_SCREEN, isFound } from '../true-scope.ts';
import type { TruePerson } from '../truth.ts';
import { layAddressTraps } from './address-traps.ts';
import { layFormTraps } from './form-traps.ts';
import { layGapTraps } from './gap-traps.ts';
import { layGatewayTraps } from './gateway-traps.ts';
import { layMappedByHandTraps } from './mapped-by-hand-traps.ts';
import { layOtherPlaceTraps } from './other-place-traps.ts';
import { laySessionTraps } from './session-traps.ts';
import { layStaffTraps } from './staff-traps.ts';
import { layThirdPartyTraps } from './third-party-traps.ts';
import { TrapShop, type TrapGround } from './trap-shop.ts';
import { TRAP_TABLES } from './trap-tables.ts';
import type { TrapFigures } from './trap-truth.ts';
import { layTwoStoreTraps } from './two-store-traps.ts';

/** How many people of the traps can be written to by "everyone" as wp-admin asks. */
export function countTrapAddressees(): number {
  const ground = { prefix: '', ids: { user: 1, order: 1, lookup: 1 }, now: new Date(0) };
  return layTraps(ground).people.filter(
    (person) => isFound(person, EVERYONE_ON_SCREEN) && person.contact !== null,
  ).length;
}

export async function seedTraps(
  connection: Connection,
  ground: TrapGround,
): Promise<{ people: readonly TruePerson[]; figures: TrapFigures }> {
  const shop = layTraps(ground);
  await shop.write(connection, TRAP_TABLES);
  return { people: shop.people, figures: shop.figures };
}

function layTraps(ground: TrapGround): TrapShop {
  const shop = new TrapShop(ground);
  layTwoStoreTraps(shop);
  layGapTraps(shop);
  layAddressTraps(shop);
  layThirdPartyTraps(shop);
  laySessionTraps(shop);
  layGatewayTraps(shop);
  layMappedByHandTraps(shop);
  layFormTraps(shop);
  layOtherPlaceTraps(shop);
  layStaffTraps(shop);
  return shop;
}

// What nearly every use case needs. A use case takes the part of it that it uses, by Pick.
import type { Clock, Ids, Randomness } from './clock.ts';
import type { Ledger } from './ledger.ts';
import type { Vault } from './vault.ts';

export type Deps = {
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
  randomness: Randomness;
  vault: Vault;
};

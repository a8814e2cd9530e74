// Gateway ids that stand beside more than one person.
import type { DatabaseSync } from 'node:sqlite';
import type { Owner } from '../../domain/audience/staged-row.ts';
import type { SharedGatewayId } from '../../use-cases/ports/audience-stage.ts';
import { SHARED_GATEWAYS } from './stage-statements.ts';
import { ownerFrom } from './stage-values.ts';

export function* sharedGatewayIds(db: DatabaseSync): Iterable<SharedGatewayId> {
  let key: unknown = null;
  let owners = new Set<Owner>();
  let names = new Set<number | string>();
  const group = (): SharedGatewayId => ({ owners: [...owners], names: [...names] });
  for (const row of db.prepare(SHARED_GATEWAYS).all()) {
    if (row['key'] !== key) {
      if (owners.size > 1) yield group();
      key = row['key'];
      owners = new Set();
      names = new Set();
    }
    owners.add(ownerFrom(row['owner']));
    const { name } = row;
    if ((typeof name === 'number' && name !== 0) || typeof name === 'string') names.add(name);
  }
  if (owners.size > 1) yield group();
}

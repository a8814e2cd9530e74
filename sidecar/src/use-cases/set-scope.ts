// Sets which data leaked. Each change is a new version: an audience and its proof name the scope they came from.
import type { SavedScope, Scope } from '../contract/scope.ts';
import { canonicalScope } from '../domain/audience/canonical-scope.ts';
import { checkScope } from '../domain/audience/check-scope.ts';
import { canonicalBytes } from '../domain/evidence/canonical-json.ts';
import { commitTo, SALT_SIZE } from '../domain/evidence/commitment.ts';
import type { ShopIdentity } from '../domain/notice/compile-notice.ts';
import type { Acting } from './ports/acting.ts';
import { actorKey } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { readScope } from './read-scope.ts';
import { refreshNotice } from './refresh-notice.ts';
import { requireIncident } from './require-incident.ts';
import { requireOpen } from './require-open-incident.ts';
import { unlockIncident } from './unlock-incident.ts';
import { voidOpenManifest } from './void-open-manifest.ts';

export type SetScope = { incidentId: string; scope: Scope };

/** Throws `scope.empty`, `scope.window_backwards`, `data_map.unknown_source`, `incident.not_found`, `incident.not_open`, `incident.erased`. */
export async function setScope(
  deps: Deps & { shop: ShopIdentity },
  acting: Acting,
  { incidentId, scope }: SetScope,
): Promise<SavedScope> {
  checkScope(scope);
  requireOpen(await requireIncident(deps.ledger.tables, incidentId));
  const vault = await unlockIncident(deps, incidentId);
  const id = deps.ids.make('scp');
  const text = Buffer.from(canonicalBytes(scope)).toString('utf8');
  const salt = deps.randomness.bytes(SALT_SIZE);
  const hash = Buffer.from(commitTo(salt, canonicalScope(scope))).toString('hex');
  const now = deps.clock.now();
  await deps.ledger.transaction(async (writer) => {
    const incident = requireOpen(await requireIncident(writer.tables, incidentId));
    await writer.tables
      .insertInto('scopes')
      .values({
        id,
        incident_id: incidentId,
        version: await nextVersion(writer, incidentId),
        sealed: vault.seal(text, `scope:${id}`),
        salt,
        hash,
        set_at: now.toISOString(),
        set_by: actorKey(acting),
      })
      .execute();
    await writer.record({
      kind: 'scope.set',
      acting,
      incidentId,
      data: { scope_id: id, hash, data_classes: scope.data_classes, ...withoutPeople(scope) },
    });
    await voidOpenManifest(writer, { incidentId, acting, now, reason: 'scope_changed' });
    // The samples that approvers read name the kinds of data.
    await refreshNotice(deps, writer, { incident, acting, now, dataClasses: scope.data_classes });
  });
  const saved = await readScope(deps, incidentId);
  if (saved === null) throw new Error('the scope that was just written is not in the ledger');
  return saved;
}

async function nextVersion(writer: LedgerWriter, incidentId: string): Promise<number> {
  const last = await writer.tables
    .selectFrom('scopes')
    .select('version')
    .where('incident_id', '=', incidentId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (last?.version ?? 0) + 1;
}

/** For the open log: lists by their sizes only. */
function withoutPeople(scope: Scope): {
  preset: string;
  sources: string[];
  include: Record<string, number>;
  exclude: Record<string, number>;
} {
  const sizes = (lists: Scope['include']): Record<string, number> => ({
    emails: lists.emails.length,
    order_ids: lists.order_ids.length,
    user_ids: lists.user_ids.length,
  });
  const sources = [
    ...(scope.accounts === null ? [] : ['accounts']),
    ...(scope.orders === null ? [] : ['orders']),
    ...(scope.sources === null ? [] : ['sources']),
  ];
  return {
    preset: scope.preset,
    sources,
    include: sizes(scope.include),
    exclude: sizes(scope.exclude),
  };
}

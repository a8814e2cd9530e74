// Renders a notice anew when a fact it states has changed: the same template at the same version, the same words, the
// new fact. Nothing is done when the text stays the same or when its sending has begun.
import { factsOf, freezeValues, ownValues } from '../domain/notice/stored-notice.ts';
import type { ShopIdentity } from '../domain/notice/compile-notice.ts';
import { canonicalHash } from '../domain/evidence/canonical-json.ts';
import { readStoredValues } from './notice-view.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import { newestNotice } from './read-notice.ts';
import type { IncidentRecord } from './require-incident.ts';
import { renderStored, saveNotice, type NoticeToSave } from './save-notice.ts';
import { voidOpenManifest } from './void-open-manifest.ts';

export type RefreshNotice = {
  /** As it is after the change. */
  incident: IncidentRecord;
  acting: Acting;
  now: Date;
  /** What the scope says leaked, for the samples. */
  dataClasses: readonly string[];
};

/** True when there is a new notice; an open manifest is void then. */
export async function refreshNotice(
  deps: Pick<Deps, 'ids'> & { shop: ShopIdentity },
  writer: LedgerWriter,
  { incident, acting, now, dataClasses }: RefreshNotice,
): Promise<boolean> {
  const row = await newestNotice(writer.tables, incident.id);
  if (row === undefined || (await hasDispatch(writer, incident.id))) return false;
  const facts = factsOf(row.language, deps.shop, {
    reference: incident.reference,
    occurredFrom: incident.occurred_from,
    occurredTo: incident.occurred_to,
  });
  const notice: NoticeToSave = {
    templateId: row.template_id,
    templateTitle: row.template_title,
    language: row.language,
    blob: row.template_blob,
    commit: row.template_commit,
    source: row.template_source,
    values: freezeValues(ownValues(readStoredValues(row)), facts),
    dataClasses,
  };
  if (canonicalHash(renderStored(notice)) === row.sample_hash) return false;
  await voidOpenManifest(writer, {
    incidentId: incident.id,
    acting,
    now,
    reason: 'notice_changed',
  });
  await saveNotice(deps, writer, { incidentId: incident.id, notice, acting, now });
  return true;
}

async function hasDispatch(writer: LedgerWriter, incidentId: string): Promise<boolean> {
  const dispatch = await writer.tables
    .selectFrom('dispatches')
    .select('id')
    .where('incident_id', '=', incidentId)
    .limit(1)
    .executeTakeFirst();
  return dispatch !== undefined;
}

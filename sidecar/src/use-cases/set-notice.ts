// Sets what people are told. An open request for approval becomes void: its approvers read another text.
import type { Notice, NoticeDraft } from '../contract/index.ts';
import { CodedError } from '../domain/coded-error.ts';
import { compileNotice, type ShopIdentity } from '../domain/notice/compile-notice.ts';
import { factsOf, freezeValues } from '../domain/notice/stored-notice.ts';
import type { Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';
import type { Templates } from './ports/templates.ts';
import { readNotice } from './read-notice.ts';
import { readScopeClasses } from './read-scope-classes.ts';
import { readTemplate, type ReadTemplate } from './read-template.ts';
import { requireIncident, type IncidentRecord } from './require-incident.ts';
import { requireOpen } from './require-open-incident.ts';
import { saveNotice, type NoticeToSave } from './save-notice.ts';
import { voidOpenManifest } from './void-open-manifest.ts';

type SetNoticeDeps = Pick<Deps, 'ledger' | 'clock' | 'ids' | 'vault'> & {
  templates: Templates;
  shop: ShopIdentity;
};
export type SetNotice = { incidentId: string; draft: NoticeDraft };

/** Throws `incident.not_found`, `incident.not_open`, `notice.already_sent`, `notice.…` and `templates.…`. */
export async function setNotice(
  deps: SetNoticeDeps,
  acting: Acting,
  { incidentId, draft }: SetNotice,
): Promise<Notice> {
  const incident = requireOpen(await requireIncident(deps.ledger.tables, incidentId));
  const read = await readTemplate(deps.templates, {
    id: draft.template_id,
    language: draft.language,
  });
  const dataClasses = await readScopeClasses(deps, incident);
  await deps.ledger.transaction(async (writer) => {
    const now = deps.clock.now();
    // Read again: the incident may have been closed or changed while the template was read.
    const current = requireOpen(await requireIncident(writer.tables, incidentId));
    await requireNothingSent(writer, incidentId);
    const notice = fillIn(deps.shop, { incident: current, draft, read, dataClasses });
    await voidOpenManifest(writer, { incidentId, acting, now, reason: 'notice_changed' });
    await saveNotice(deps, writer, { incidentId, notice, acting, now });
  });
  const saved = await readNotice(deps, incidentId);
  if (saved === null) throw new TypeError('the notice just saved is not there');
  return saved;
}

type FillIn = {
  incident: IncidentRecord;
  draft: NoticeDraft;
  read: ReadTemplate;
  dataClasses: readonly string[];
};

function fillIn(shop: ShopIdentity, { incident, draft, read, dataClasses }: FillIn): NoticeToSave {
  const { template, file, commit } = read;
  const facts = factsOf(draft.language, shop, {
    reference: incident.reference,
    occurredFrom: incident.occurred_from,
    occurredTo: incident.occurred_to,
  });
  // Refuses what is missing, naming the fields, before anything is written.
  compileNotice({ template, values: draft.values, facts });
  return {
    templateId: template.id,
    templateTitle: template.title,
    language: template.language,
    blob: file.blob,
    commit,
    source: file.source,
    values: freezeValues(draft.values, facts),
    dataClasses,
  };
}

async function requireNothingSent(writer: LedgerWriter, incidentId: string): Promise<void> {
  const dispatch = await writer.tables
    .selectFrom('dispatches')
    .select('id')
    .where('incident_id', '=', incidentId)
    .limit(1)
    .executeTakeFirst();
  if (dispatch === undefined) return;
  throw new CodedError({
    code: 'notice.already_sent',
    category: 'conflict',
    message: "couldn't change the notice: its sending has begun",
    detail: 'What was approved is what is sent. To tell people more, declare another incident.',
  });
}

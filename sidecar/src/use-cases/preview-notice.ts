// Shows a notice for invented people while somebody still writes it. Nothing is kept.
import type { NoticeDraft, NoticePreview } from '../contract/index.ts';
import { compileNotice, type ShopIdentity } from '../domain/notice/compile-notice.ts';
import { renderSamples } from '../domain/notice/sample-people.ts';
import { factsOf } from '../domain/notice/stored-notice.ts';
import type { Deps } from './ports/deps.ts';
import type { Templates } from './ports/templates.ts';
import { readScopeClasses } from './read-scope-classes.ts';
import { readTemplate } from './read-template.ts';
import { requireIncident } from './require-incident.ts';

type PreviewDeps = Pick<Deps, 'ledger' | 'vault'> & { templates: Templates; shop: ShopIdentity };

/** An empty field shows its label in brackets. Throws `incident.not_found`, `notice.…` and `templates.…`. */
export async function previewNotice(
  deps: PreviewDeps,
  { incidentId, draft }: { incidentId: string; draft: NoticeDraft },
): Promise<NoticePreview> {
  const incident = await requireIncident(deps.ledger.tables, incidentId);
  const { template } = await readTemplate(deps.templates, {
    id: draft.template_id,
    language: draft.language,
  });
  const facts = factsOf(draft.language, deps.shop, {
    reference: incident.reference,
    occurredFrom: incident.occurred_from,
    occurredTo: incident.occurred_to,
  });
  const notice = compileNotice({ template, values: draft.values, facts, draft: true });
  return { samples: renderSamples(notice, await readScopeClasses(deps, incident)) };
}

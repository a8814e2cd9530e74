// Writes a notice with everything it takes to send it: the template's text, the words filled in, the facts about shop
// and incident. Sending needs no repository and no configuration, and cannot say anything else than what was approved.
import { canonicalHash } from '../domain/evidence/canonical-json.ts';
import { sha256Hex } from '../domain/approval/manifest-hash.ts';
import { renderSamples } from '../domain/notice/sample-people.ts';
import { compileStoredNotice } from '../domain/notice/stored-notice.ts';
import { actorKey, type Acting } from './ports/acting.ts';
import type { Deps } from './ports/deps.ts';
import type { LedgerWriter } from './ports/ledger.ts';

export type NoticeToSave = {
  templateId: string;
  templateTitle: string;
  language: string;
  blob: string;
  commit: string;
  source: string;
  /** As `freezeValues` made them. */
  values: Readonly<Record<string, string>>;
  /** What the scope says leaked; empty when there is none yet. */
  dataClasses: readonly string[];
};

export type SaveNotice = { incidentId: string; notice: NoticeToSave; acting: Acting; now: Date };

export async function saveNotice(
  deps: Pick<Deps, 'ids'>,
  writer: LedgerWriter,
  { incidentId, notice, acting, now }: SaveNotice,
): Promise<string> {
  const id = deps.ids.make('not');
  const samples = renderStored(notice);
  const valuesHash = canonicalHash(notice.values);
  const sampleHash = canonicalHash(samples);
  await writer.tables
    .insertInto('notices')
    .values({
      id,
      incident_id: incidentId,
      template_id: notice.templateId,
      template_title: notice.templateTitle,
      language: notice.language,
      template_blob: notice.blob,
      template_commit: notice.commit,
      template_source: notice.source,
      values_json: JSON.stringify(notice.values),
      values_hash: valuesHash,
      sample_json: JSON.stringify(samples),
      sample_hash: sampleHash,
      set_at: now.toISOString(),
      set_by: actorKey(acting),
    })
    .execute();
  await writer.record({
    kind: 'notice.set',
    acting,
    incidentId,
    data: {
      notice_id: id,
      channel: 'email',
      language: notice.language,
      blob: notice.blob,
      hash: sha256Hex(notice.source),
      template_id: notice.templateId,
      commit: notice.commit,
      values_hash: valuesHash,
      sample_hash: sampleHash,
    },
  });
  return id;
}

/** Samples of a notice as it would be sent. */
export function renderStored(
  notice: Pick<NoticeToSave, 'templateId' | 'language' | 'source' | 'values' | 'dataClasses'>,
) {
  return renderSamples(compileStoredNotice(notice), notice.dataClasses);
}

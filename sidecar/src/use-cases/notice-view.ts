// A stored notice as the screens see it.
import type { Selectable } from 'kysely';
import { Notice, RenderedNotice, type Actor } from '../contract/index.ts';
import { ownValues } from '../domain/notice/stored-notice.ts';
import type { LedgerTables } from './ports/ledger-tables.ts';

export type NoticeRecord = Selectable<LedgerTables['notices']>;

export function viewNotice(row: NoticeRecord, actorOf: (key: string) => Actor): Notice {
  const [sample] = RenderedNotice.array().min(1).parse(JSON.parse(row.sample_json));
  return Notice.parse({
    id: row.id,
    template_id: row.template_id,
    template_title: row.template_title,
    language: row.language,
    template_blob: row.template_blob,
    template_commit: row.template_commit,
    values: ownValues(readStoredValues(row)),
    sample,
    sample_hash: row.sample_hash,
    set_at: row.set_at,
    set_by: actorOf(row.set_by).name,
  });
}

/** As `freezeValues` made them: the preparer's words and the frozen facts. */
export function readStoredValues(row: Pick<NoticeRecord, 'values_json'>): Record<string, string> {
  return JSON.parse(row.values_json) as Record<string, string>;
}

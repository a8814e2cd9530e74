// The notice templates at the current commit. A broken one is left out, so that it cannot be chosen; the doctor names it.
import type { Template } from '../contract/index.ts';
import { isCoded } from '../domain/coded-error.ts';
import { COVER_ITEMS } from '../domain/notice/front-matter.ts';
import { parseTemplate, type NoticeTemplate } from '../domain/notice/template.ts';
import type { TemplateBlob, Templates } from './ports/templates.ts';

export async function listTemplates(deps: {
  templates: Templates;
}): Promise<{ items: Template[] }> {
  const { items } = await sortTemplates(deps.templates);
  return { items };
}

export type BrokenTemplate = { fileName: string; code: string; message: string; detail: string };

/** The usable templates, and those that are not with what is wrong with them. */
export async function sortTemplates(
  templates: Templates,
): Promise<{ items: Template[]; broken: BrokenTemplate[] }> {
  const { files, commit } = await templates.read();
  const items: Template[] = [];
  const broken: BrokenTemplate[] = [];
  for (const file of files) {
    try {
      items.push(viewTemplate(parseTemplate(file), file, commit));
    } catch (error) {
      if (!isCoded(error)) throw error;
      const { code, message, detail = '' } = error;
      broken.push({ fileName: file.fileName, code, message, detail });
    }
  }
  return { items, broken };
}

function viewTemplate(template: NoticeTemplate, file: TemplateBlob, commit: string): Template {
  return {
    id: template.id,
    language: template.language,
    title: template.title,
    situation: template.situation,
    subject: template.subject,
    blob: file.blob,
    commit,
    fields: template.fields.map((field) => ({ ...field })),
    covers: COVER_ITEMS.map((item) => ({ item, covered: template.covers.includes(item) })),
  };
}

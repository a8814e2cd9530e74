// Finds one template at the current commit and reads it.
import { CodedError } from '../domain/coded-error.ts';
import { parseTemplate, type NoticeTemplate } from '../domain/notice/template.ts';
import type { TemplateBlob, Templates } from './ports/templates.ts';

export type ReadTemplate = { template: NoticeTemplate; file: TemplateBlob; commit: string };

/** Throws `notice.template_not_found`, the coded errors of a wrong template, and what the port throws. */
export async function readTemplate(
  templates: Templates,
  { id, language }: { id: string; language: string },
): Promise<ReadTemplate> {
  const { files, commit } = await templates.read();
  const file = files.find((each) => each.id === id && each.language === language);
  if (file === undefined) throw templateNotFound(files.filter((each) => each.id === id));
  return { template: parseTemplate(file), file, commit };
}

function templateNotFound(sameId: readonly TemplateBlob[]): CodedError {
  const languages = sameId.map((each) => each.language).join(', ');
  return new CodedError({
    code: 'notice.template_not_found',
    category: 'invalid',
    message:
      languages === ''
        ? "couldn't find this notice template"
        : "couldn't find this notice template in this language",
    detail:
      languages === ''
        ? 'Choose one of the list; a template must be committed before it can be used.'
        : `It is there in: ${languages}.`,
    fields: [
      languages === ''
        ? { pointer: '/template_id', message: 'is no template' }
        : { pointer: '/language', message: `must be one of ${languages}` },
    ],
  });
}

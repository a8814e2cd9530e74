// Checks the preparer's words against the template's fields: all there, none too many.
import type { FrozenFacts } from './compile-notice.ts';
import { valueError } from './errors.ts';
import { readValue } from './fill-holes.ts';
import type { NoticeTemplate } from './template.ts';

export type CheckValues = {
  template: NoticeTemplate;
  values: Readonly<Record<string, string>>;
  facts: FrozenFacts;
  draft: boolean;
};

/** The values to fill in, by key. Throws `notice.value_unknown`, `notice.value_missing` or `notice.contact_missing`. */
export function checkValues({
  template,
  values,
  facts,
  draft,
}: CheckValues): Record<string, string> {
  const keys = template.fields.map(({ key }) => key);
  const unknown = Object.keys(values).filter((key) => !keys.includes(key));
  if (unknown.length > 0) {
    throw valueError({
      code: 'notice.value_unknown',
      message:
        "couldn't fill in the notice: it was given words for fields the template does not have",
      detail: `Fields of this template: ${keys.length === 0 ? 'none' : keys.join(', ')}.`,
      fields: unknown.map((key) => ({
        pointer: `/values/${key}`,
        message: 'is no field of this template',
      })),
    });
  }
  const filled: Record<string, string> = {};
  for (const { key, label } of template.fields) {
    const value = readValue(values[key] ?? '');
    filled[key] = value === '' && draft ? `[${label}]` : value;
  }
  const empty = keys.filter((key) => filled[key] === '');
  if (empty.length > 0) {
    throw valueError({
      code: 'notice.value_missing',
      message: `couldn't fill in the notice: ${empty.length} of its fields are empty`,
      detail: 'Write a few words for each field; they are shown to customers as you write them.',
      fields: empty.map((key) => ({ pointer: `/values/${key}`, message: 'must not be empty' })),
    });
  }
  checkContact(template, facts);
  return filled;
}

function checkContact({ body }: NoticeTemplate, facts: FrozenFacts): void {
  const missing =
    (body.used.has('contact_email') && facts.contactEmail.trim() === '' && 'e-mail address') ||
    (body.used.has('contact_phone') && facts.contactPhone.trim() === '' && 'telephone number');
  if (missing === false) return;
  throw valueError({
    code: 'notice.contact_missing',
    category: 'conflict',
    message: `couldn't fill in the notice: the shop has no contact ${missing}`,
    detail:
      'GDPR Art. 33(3)(b) asks for a contact point. Add it to the configuration of the sidecar, or use a template without it.',
  });
}

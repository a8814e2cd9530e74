// The closed list of what a template may ask for, and the search for it. Everything else between braces is an error,
// so that no customer ever reads "{{frist_name}}".
import { templateError } from './errors.ts';

export const PLACEHOLDERS = [
  'first_name',
  'full_name',
  'shop_name',
  'incident_reference',
  'occurred',
  'data_classes',
  'contact_email',
  'contact_phone',
] as const;
export type PlaceholderName = (typeof PLACEHOLDERS)[number];

/** `value:<field>` stands for what the preparer writes into that field. */
export type Placeholder = PlaceholderName | `value:${string}`;

/** Short and of one line, as a subject must be. */
const IN_SUBJECT: readonly Placeholder[] = [
  'first_name',
  'full_name',
  'shop_name',
  'incident_reference',
];

export type PlaceholderScan = {
  file: string;
  text: string;
  /** Line of the file on which `text` begins, 1-based. */
  firstLine: number;
  fields: readonly string[];
  where: 'subject' | 'body';
};

export type FoundPlaceholder = { start: number; end: number; name: Placeholder; line: number };

/** All placeholders in order. Throws `notice.placeholder_unclosed`, `_unknown`, `_misplaced` or `notice.field_undeclared`. */
export function scanPlaceholders(scan: PlaceholderScan): FoundPlaceholder[] {
  const found: FoundPlaceholder[] = [];
  const braces = /\{\{([^{}\n]*)\}\}|\{\{|\}\}/g;
  for (const match of scan.text.matchAll(braces)) {
    const line = scan.firstLine + countLines(scan.text.slice(0, match.index));
    if (match[1] === undefined) throw unclosed(scan, line);
    const name = checkName(scan, line, match[1].trim());
    found.push({ start: match.index, end: match.index + match[0].length, name, line });
  }
  return found;
}

function checkName(scan: PlaceholderScan, line: number, name: string): Placeholder {
  const { file, where, fields } = scan;
  if (name.startsWith('value:')) {
    const field = name.slice('value:'.length);
    if (!fields.includes(field)) {
      throw templateError({
        code: 'notice.field_undeclared',
        file,
        line,
        problem: `{{value:…}} names a field that is not declared`,
        allowed: `Declared fields: ${listed(fields)}. Declare it under "fields" in the head of the file, or correct the name.`,
      });
    }
  } else if (!PLACEHOLDERS.some((known) => known === name)) {
    throw templateError({
      code: 'notice.placeholder_unknown',
      file,
      line,
      problem: `{{${shown(name)}}} is not a placeholder`,
      allowed: `Allowed: ${PLACEHOLDERS.join(', ')}, and value:<field> with one of: ${listed(fields)}.`,
    });
  }
  const placeholder = name as Placeholder;
  if (where === 'subject' && !IN_SUBJECT.includes(placeholder)) {
    throw templateError({
      code: 'notice.placeholder_misplaced',
      file,
      line,
      problem: `{{${shown(name)}}} may not stand in the subject`,
      allowed: `Allowed in the subject: ${IN_SUBJECT.join(', ')}.`,
    });
  }
  return placeholder;
}

function unclosed({ file }: PlaceholderScan, line: number): Error {
  return templateError({
    code: 'notice.placeholder_unclosed',
    file,
    line,
    problem: 'double braces stand alone',
    allowed:
      'A placeholder begins with {{ and ends with }} on the same line, such as {{first_name}}.',
  });
}

export function countLines(text: string): number {
  return text.split('\n').length - 1;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

/** A wrong name may be anything; it is quoted only when it looks like one. */
function shown(name: string): string {
  return /^[A-Za-z0-9_:.-]{1,60}$/.test(name) ? name : '…';
}

// The head of a template file: YAML between two lines of three dashes, strictly checked. What is misspelled is an
// error and not a default, since nobody proofreads a head at 3 a.m.
import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { templateError } from './errors.ts';
import { countLines } from './placeholders.ts';

/** What GDPR Art. 34(2) with 33(3)(b)-(d) asks a notice to say, and what helps people most. */
export const COVER_ITEMS = [
  'nature_of_breach',
  'contact_point',
  'likely_consequences',
  'measures_taken',
  'what_you_can_do',
] as const;
export type CoverItem = (typeof COVER_ITEMS)[number];

const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\r\n]*$/, 'must be one line');

const Head = z.strictObject({
  title: line,
  situation: z.string().regex(/^[a-z0-9-]{1,80}$/, 'must be lower-case words with dashes'),
  subject: line,
  fields: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z_]{1,40}$/, 'must be 1-40 of a-z and _'),
        label: line,
        help: z.string().trim().max(500).default(''),
      }),
    )
    .max(20)
    .default([]),
  covers: z.array(z.enum(COVER_ITEMS)).default([]),
  /** What a customer is called whose name cannot be shown; for languages the sidecar has no word for. */
  fallback_name: line.optional(),
});
export type TemplateHead = z.infer<typeof Head>;

export type SplitTemplate = {
  head: TemplateHead;
  body: string;
  /** Lines of the file on which subject and body begin, 1-based. */
  subjectLine: number;
  bodyLine: number;
};

const HEAD = /^---\n([\s\S]*?\n)---(?:\n|$)/;

/** Head and body of a template. Throws `notice.front_matter` with the line. */
export function splitTemplate(file: string, source: string): SplitTemplate {
  const match = HEAD.exec(source);
  if (match?.[1] === undefined) {
    throw refuse(
      file,
      1,
      'its head is missing',
      'Begin with a line of ---, then title, situation and subject, then a line of ---.',
    );
  }
  const yaml = match[1];
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true, schema: 'core' });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const at = lines.linePos(problem.pos[0]).line + 1;
    throw refuse(
      file,
      at,
      `its head is not YAML (${problem.code.toLowerCase().replaceAll('_', ' ')})`,
      'Put text that holds : or # between quotation marks.',
    );
  }
  const head = checkHead(file, yaml, withoutAliases(file, document));
  return {
    head,
    body: source.slice(match[0].length),
    subjectLine: lineOfKey(yaml, 'subject'),
    bodyLine: 1 + countLines(match[0]),
  };
}

/** Aliases can unfold a few lines into gigabytes. */
function withoutAliases(file: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    throw refuse(
      file,
      2,
      'its head refers to another part of itself (*name)',
      'Write the text out.',
    );
  }
}

function checkHead(file: string, yaml: string, value: unknown): TemplateHead {
  const parsed = Head.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.join('.') ?? '';
    const key = String(issue?.path[0] ?? '');
    throw refuse(
      file,
      lineOfKey(yaml, key),
      path === ''
        ? `its head is wrong: ${issue?.message ?? ''}`
        : `"${path}" in its head: ${issue?.message ?? ''}`,
      `Allowed in the head: title, situation, subject, fields (key, label, help), covers (${COVER_ITEMS.join(', ')}), fallback_name.`,
    );
  }
  const keys = parsed.data.fields.map(({ key }) => key);
  const double = keys.find((key, at) => keys.indexOf(key) !== at);
  if (double !== undefined) {
    throw refuse(
      file,
      lineOfKey(yaml, 'fields'),
      `the field ${double} is declared twice`,
      'Give each field a key of its own.',
    );
  }
  return parsed.data;
}

/** Line of the file on which a top-level key of the head stands; 1 when it is not there. */
function lineOfKey(yaml: string, key: string): number {
  const at = yaml.split('\n').findIndex((text) => text.startsWith(`${key}:`));
  return at < 0 ? 1 : at + 2;
}

function refuse(file: string, atLine: number, problem: string, allowed: string): Error {
  return templateError({ code: 'notice.front_matter', file, line: atLine, problem, allowed });
}

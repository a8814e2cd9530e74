// A notice template, read and checked whole: when this returns, the template can be rendered for anybody.
import type { CodedError } from '../coded-error.ts';
import { templateError } from './errors.ts';
import { splitTemplate, type CoverItem } from './front-matter.ts';
import { wordsOf } from './language-words.ts';
import { readMarkdownBody, type BodyPieces, type Piece } from './markdown-body.ts';
import { scanPlaceholders, type Placeholder } from './placeholders.ts';

export type NoticeTemplate = {
  id: string;
  language: string;
  title: string;
  situation: string;
  /** As written, with its placeholders. */
  subject: string;
  fields: readonly { key: string; label: string; help: string }[];
  covers: readonly CoverItem[];
  /** What a customer is called whose name cannot be shown. */
  fallbackName: string;
  subjectPieces: readonly Piece[];
  body: BodyPieces;
  source: string;
};

export type TemplateFile = { id: string; language: string; source: string };

/** More is no letter to a customer. In bytes of UTF-8. */
export const TEMPLATE_MOST_BYTES = 100_000;
const FILE_NAME = /^([a-z0-9][a-z0-9-]{0,79})\.([a-z]{2}(?:-[A-Z]{2})?)\.md$/;

/** Id and language of a file such as `payment-data-leaked.de.md`; null for a file that is no template (such as README.md). */
export function readTemplateName(fileName: string): { id: string; language: string } | null {
  const match = FILE_NAME.exec(fileName);
  return match?.[1] === undefined || match[2] === undefined
    ? null
    : { id: match[1], language: match[2] };
}

/** Throws the coded errors of `errors.ts`, which name the file and the line. */
export function parseTemplate({ id, language, source }: TemplateFile): NoticeTemplate {
  const file = `${id}.${language}.md`;
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  refuseControlCharacters(file, text);
  const { head, body, subjectLine, bodyLine } = splitTemplate(file, text);
  const fields = head.fields.map(({ key }) => key);
  const subjectPieces = splitSubject(file, head.subject, subjectLine);
  const pieces = readMarkdownBody({ file, body, bodyLine, fields });
  const used = new Set([...pieces.used, ...placeholdersOf(subjectPieces)]);
  refuseUnusedFields(file, fields, used);
  return {
    id,
    language,
    title: head.title,
    situation: head.situation,
    subject: head.subject,
    fields: head.fields,
    covers: head.covers,
    fallbackName: findFallbackName({ file, language, used, own: head.fallback_name }),
    subjectPieces,
    body: pieces,
    source,
  };
}

function splitSubject(file: string, subject: string, line: number): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const found = scanPlaceholders({
    file,
    text: subject,
    firstLine: line,
    fields: [],
    where: 'subject',
  });
  for (const { start, end, name } of found) {
    pieces.push(subject.slice(at, start), { name, as: 'inline', indent: '' });
    at = end;
  }
  pieces.push(subject.slice(at));
  return pieces;
}

function placeholdersOf(pieces: readonly Piece[]): Placeholder[] {
  return pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name]));
}

/** Words asked of the preparer and then told nobody would be a trap. */
function refuseUnusedFields(
  file: string,
  fields: readonly string[],
  used: ReadonlySet<Placeholder>,
): void {
  const unused = fields.find((key) => !used.has(`value:${key}`));
  if (unused === undefined) return;
  throw templateError({
    code: 'notice.field_unused',
    file,
    line: 1,
    problem: `the field ${unused} is declared and never used`,
    allowed: `Put {{value:${unused}}} into the text, or remove the field from the head.`,
  });
}

function refuseControlCharacters(file: string, text: string): void {
  // Bidi controls and other invisible characters could make approvers read another text than the one that is sent.
  const at = text.search(/(?![\n\t])[\p{Cc}\p{Co}]|(?!\u200C|\u200D|\u00AD)\p{Cf}/u);
  if (at < 0) return;
  throw templateError({
    code: 'notice.control_character',
    file,
    line: text.slice(0, at).split('\n').length,
    problem: 'it holds an invisible control character',
    allowed:
      'Remove it: type the line again instead of pasting it. The direction of writing follows from the language.',
  });
}

type FallbackInput = {
  file: string;
  language: string;
  used: ReadonlySet<Placeholder>;
  own: string | undefined;
};

function findFallbackName({ file, language, used, own }: FallbackInput): string {
  const words = wordsOf(language);
  if (words === null && (used.has('occurred') || used.has('data_classes'))) {
    throw noWords(
      file,
      'the placeholders occurred and data_classes have no words in this language',
      'Use fields of your own ({{value:…}}) for them in this language.',
    );
  }
  const name = own ?? words?.customer;
  if (name !== undefined) return name;
  if (used.has('first_name') || used.has('full_name')) {
    throw noWords(
      file,
      'it greets by name, and there is no word for a customer whose name cannot be shown',
      'Add fallback_name to the head of the file.',
    );
  }
  return '';
}

function noWords(file: string, problem: string, allowed: string): CodedError {
  return templateError({ code: 'notice.language_without_words', file, line: 1, problem, allowed });
}

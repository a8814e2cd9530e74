// A template's body as Markdown: parsed once, checked, and turned into pieces of HTML and of plain text with holes
// where placeholders stand. Values are put into the holes later and are never read as Markdown.
import MarkdownIt, { type MarkdownIt as Parser, type Token } from 'markdown-it';
import { templateError, type NoticeErrorCode } from './errors.ts';
import { renderPlainText } from './plain-text.ts';
import { scanPlaceholders, type Placeholder } from './placeholders.ts';

/**
 * A hole. `block`: it stood alone in a paragraph, so its value may become several. `mail` and `phone`: inside a link's
 * address. `indent`: what each further line of its value begins with in plain text.
 */
export type Hole = { name: Placeholder; as: 'block' | 'inline' | 'mail' | 'phone'; indent: string };
export type Piece = string | Hole;
export type BodyPieces = { html: Piece[]; text: Piece[]; used: ReadonlySet<Placeholder> };

export type BodySource = {
  file: string;
  body: string;
  bodyLine: number;
  fields: readonly string[];
};

const parser = makeParser(false);
/** Sees raw HTML as such, where `parser` would show it to customers as text. */
const htmlFinder = makeParser(true);

/** Throws the coded errors of `errors.ts` with the line. */
export function readMarkdownBody(source: BodySource): BodyPieces {
  const { file, body, bodyLine, fields } = source;
  const found = scanPlaceholders({ file, text: body, firstLine: bodyLine, fields, where: 'body' });
  const mark = chooseMark(body);
  // By name, so that the same placeholder is the same word wherever it stands.
  const holes = [...new Set(found.map(({ name }) => name))];
  let marked = '';
  let at = 0;
  for (const { start, end, name } of found) {
    marked += `${body.slice(at, start)}${mark}${holes.indexOf(name)}z`;
    at = end;
  }
  marked += body.slice(at);
  refuseForbidden(source, htmlFinder.parse(marked, {}), mark, holes);
  const tokens = parser.parse(marked, {});
  if (tokens.length === 0) {
    throw templateError({
      code: 'notice.empty',
      file,
      line: bodyLine,
      problem: 'it has no text',
      allowed: 'Write the notice below the head.',
    });
  }
  return {
    html: splitHtml(parser.renderer.render(tokens, parser.options, {}), mark, holes),
    text: renderPlainText(tokens).flatMap(({ text, indent }) =>
      splitText(text, indent, mark, holes),
    ),
    used: new Set(holes),
  };
}

function makeParser(html: boolean): Parser {
  const made = new MarkdownIt('commonmark', {
    html,
    linkify: false,
    typographer: false,
    xhtmlOut: false,
  });
  // Links are judged below with the line they stand on; here a refused one would silently become text.
  made.validateLink = () => true;
  return made;
}

/** A word that is in no template by chance: Markdown treats it as a word, which is what a value is. */
function chooseMark(body: string): string {
  let mark = 'tocsinhole';
  while (body.includes(mark)) mark += 'x';
  return mark;
}

function refuseForbidden(
  source: BodySource,
  tokens: readonly Token[],
  mark: string,
  holes: readonly Placeholder[],
): void {
  for (const block of tokens) {
    const line = source.bodyLine + (block.map?.[0] ?? 0);
    for (const token of [block, ...(block.children ?? [])]) {
      const refusal = refusalOf(token, mark, holes);
      if (refusal !== null) throw templateError({ file: source.file, line, ...refusal });
    }
  }
}

function refusalOf(
  token: Token,
  mark: string,
  holes: readonly Placeholder[],
): { code: NoticeErrorCode; problem: string; allowed: string } | null {
  if (token.type === 'html_block' || token.type === 'html_inline') {
    return {
      code: 'notice.raw_html',
      problem: 'it holds HTML',
      allowed: 'Allowed is Markdown only: headings, paragraphs, lists, emphasis, links.',
    };
  }
  if (token.type === 'image') {
    return {
      code: 'notice.image',
      problem: 'it holds an image',
      allowed: 'Images tell the sender who opened the mail, and look like advertising. Use words.',
    };
  }
  if (
    token.type === 'link_open' &&
    !isAllowedLink(String(token.attrGet('href') ?? ''), mark, holes)
  ) {
    return {
      code: 'notice.link',
      problem: 'it holds a link that is not allowed',
      allowed:
        'Allowed: https://…, mailto:…, tel:…, and mailto:{{contact_email}} or tel:{{contact_phone}}; no other placeholder inside a link address.',
    };
  }
  if (token.type === 'link_open' && token.attrGet('title') !== null) {
    return {
      code: 'notice.link',
      problem: 'it holds a link with a title',
      allowed: 'Write [text](address) without a title; plain-text mail cannot show it.',
    };
  }
  return null;
}

function isAllowedLink(href: string, mark: string, holes: readonly Placeholder[]): boolean {
  if (!href.includes(mark)) return /^(https:\/\/[^/]|mailto:[^@]+@|tel:\+?[0-9])/i.test(href);
  const hole = new RegExp(`^(mailto|tel):${mark}(\\d+)z$`).exec(href);
  const name = holes[Number(hole?.[2])];
  return name === (hole?.[1] === 'mailto' ? 'contact_email' : 'contact_phone');
}

function splitHtml(html: string, mark: string, holes: readonly Placeholder[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of html.matchAll(new RegExp(`(<p>)?${mark}(\\d+)z(</p>)?`, 'g'))) {
    const name = holes[Number(match[2])];
    if (name === undefined) continue;
    const alone = match[1] !== undefined && match[3] !== undefined && name.startsWith('value:');
    const before = html.slice(at, match.index);
    pieces.push(alone ? before : `${before}${match[1] ?? ''}`);
    const as = before.endsWith('href="mailto:')
      ? 'mail'
      : before.endsWith('href="tel:')
        ? 'phone'
        : 'inline';
    pieces.push({ name, as: alone ? 'block' : as, indent: '' });
    if (!alone) pieces.push(match[3] ?? '');
    at = match.index + match[0].length;
  }
  pieces.push(html.slice(at));
  return pieces.filter((piece) => piece !== '');
}

function splitText(
  text: string,
  indent: string,
  mark: string,
  holes: readonly Placeholder[],
): Piece[] {
  return text.split(new RegExp(`${mark}(\\d+)z`)).flatMap((part, index): Piece[] => {
    if (index % 2 === 0) return part === '' ? [] : [part];
    const name = holes[Number(part)];
    return name === undefined ? [] : [{ name, as: 'inline', indent }];
  });
}

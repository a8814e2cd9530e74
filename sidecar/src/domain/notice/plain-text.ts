// Markdown tokens as plain text for people who read mail as text: headings underlined, lists with their marks, links as
// "text (address)". Lines are not wrapped: mail programs do that to fit the reader's screen.
import type { Token } from 'markdown-it';

/** A run of text within one block; `indent` begins each further line that a value put into it may bring. */
export type TextRun = { text: string; indent: string };

/** What the lines of the open list item or quotation begin with. `first` is used once. */
type Level = { first: string | null; rest: string; ordinal: number | null; bullet: boolean };

const UNDERLINE_MOST = 60;

/** Text runs in order; joined they end with one line break. */
export function renderPlainText(tokens: readonly Token[]): TextRun[] {
  const writer = makeLineWriter();
  for (const token of tokens) writeBlock(writer, token, tokens);
  return writer.runs;
}

type LineWriter = ReturnType<typeof makeLineWriter>;

function makeLineWriter() {
  const runs: TextRun[] = [];
  const levels: Level[] = [{ first: null, rest: '', ordinal: null, bullet: false }];
  const top = (): Level => levels.at(-1) ?? { first: null, rest: '', ordinal: null, bullet: false };
  let fresh = true;
  return {
    runs,
    levels,
    top,
    /** Sets a block apart from the one before, but not from the mark of its own list item. */
    gap(): void {
      if (!fresh && top().first === null)
        runs.push({ text: `${top().rest.trimEnd()}\n`, indent: '' });
    },
    line(text: string): void {
      const level = top();
      const lead = level.first ?? level.rest;
      level.first = null;
      fresh = false;
      runs.push({ text: `${lead}${text}\n`, indent: level.rest });
    },
  };
}

function writeBlock(writer: LineWriter, token: Token, tokens: readonly Token[]): void {
  switch (token.type) {
    case 'bullet_list_open':
    case 'ordered_list_open':
      openList(writer, token);
      return;
    case 'list_item_open':
      openItem(writer);
      return;
    case 'blockquote_open':
      writer.gap();
      openLevel(writer, '> ', '> ');
      return;
    case 'bullet_list_close':
    case 'ordered_list_close':
    case 'list_item_close':
    case 'blockquote_close':
      writer.levels.pop();
      return;
    case 'inline':
      writeInline(writer, token, tokens);
      return;
    case 'fence':
    case 'code_block':
      writer.gap();
      for (const line of token.content.replace(/\n$/, '').split('\n')) writer.line(line);
      return;
    case 'hr':
      writer.gap();
      writer.line('----------');
      return;
  }
}

function openLevel(writer: LineWriter, first: string, rest: string): void {
  const parent = writer.top();
  const lead = parent.first ?? parent.rest;
  parent.first = null;
  writer.levels.push({
    first: `${lead}${first}`,
    rest: `${parent.rest}${rest}`,
    ordinal: null,
    bullet: false,
  });
}

function openList(writer: LineWriter, token: Token): void {
  const inList = writer.levels.some(({ bullet, ordinal }) => bullet || ordinal !== null);
  if (!inList) writer.gap();
  const start = Number(token.attrGet('start') ?? 1);
  const { first, rest } = writer.top();
  writer.top().first = null;
  writer.levels.push({
    first,
    rest,
    ordinal: token.type === 'ordered_list_open' ? start : null,
    bullet: token.type === 'bullet_list_open',
  });
}

function openItem(writer: LineWriter): void {
  const list = writer.top();
  const mark = list.ordinal === null ? '- ' : `${list.ordinal}. `;
  if (list.ordinal !== null) list.ordinal += 1;
  openLevel(writer, mark, ' '.repeat(mark.length));
}

function writeInline(writer: LineWriter, token: Token, tokens: readonly Token[]): void {
  const opener = tokens[tokens.indexOf(token) - 1];
  const text = inlineText(token.children ?? []);
  if (opener?.type !== 'paragraph_open' || !opener.hidden) writer.gap();
  for (const line of text.split('\n')) writer.line(line);
  if (opener?.type === 'heading_open') {
    const longest = Math.max(...text.split('\n').map((line) => line.length));
    writer.line((opener.tag === 'h1' ? '=' : '-').repeat(Math.min(longest, UNDERLINE_MOST)));
  }
}

function inlineText(children: readonly Token[]): string {
  let text = '';
  let link: { start: number; address: string } | null = null;
  for (const child of children) {
    switch (child.type) {
      case 'softbreak':
        text += ' ';
        break;
      case 'hardbreak':
        text += '\n';
        break;
      case 'link_open':
        link = { start: text.length, address: shownAddress(String(child.attrGet('href') ?? '')) };
        break;
      case 'link_close':
        if (link !== null && text.slice(link.start) !== link.address) text += ` (${link.address})`;
        link = null;
        break;
      default:
        text += child.content;
    }
  }
  return text;
}

/** Mail and telephone links are shown as people know them; others as they are. */
function shownAddress(href: string): string {
  return href.replace(/^(mailto|tel):/i, '');
}

// Puts values into the holes of a template: escaped in HTML, as they are in plain text. A value is never read as
// Markdown or HTML, whoever wrote it.
import type { Hole, Piece } from './markdown-body.ts';

/** Words by placeholder. A hole whose word is not here stays open. */
export type FillWords = Readonly<Record<string, string>>;

const NAMES: ReadonlySet<string> = new Set(['first_name', 'full_name']);

export function fillHtml(pieces: readonly Piece[], words: FillWords): Piece[] {
  return pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    const word = words[piece.name];
    return word === undefined ? piece : htmlOf(piece, word);
  });
}

export function fillText(pieces: readonly Piece[], words: FillWords): Piece[] {
  return pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    const word = words[piece.name];
    return word === undefined ? piece : word.replaceAll('\n', `\n${piece.indent}`);
  });
}

/** The text of pieces without open holes; a hole that nobody filled must never reach a customer. */
export function joinPieces(pieces: readonly Piece[]): string {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece !== 'string')
      throw new TypeError(`nothing fills the placeholder ${piece.name}`);
    text += piece;
  }
  return text;
}

/** Plain text as somebody typed it: line breaks kept, invisible control and bidi characters gone, at most one empty line. */
export function readValue(given: string): string {
  return given
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/gu, (character) =>
      character === '\t' || /[\p{Zl}\p{Zp}]/u.test(character) ? ' ' : '',
    )
    .replace(/ +\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function htmlOf(hole: Hole, word: string): string {
  switch (hole.as) {
    case 'mail':
      return escapeHtml(encodeURIComponent(word).replace('%40', '@'));
    case 'phone':
      return escapeHtml(word.replace(/[^+0-9]/g, ''));
    case 'block':
      return word
        .split(/\n{2,}/)
        .map((paragraph) => `<p>${withBreaks(paragraph)}</p>`)
        .join('\n');
    case 'inline':
      // A name in a script of the other direction must not pull the words around it along.
      return NAMES.has(hole.name) ? `<bdi>${escapeHtml(word)}</bdi>` : withBreaks(word);
  }
}

function withBreaks(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>\n');
}

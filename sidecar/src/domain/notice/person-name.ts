// Names as the store holds them are written by anybody who opens an account. A name goes into a notice only when it can
// be nothing but a name: no address, no link, no markup, no invisible characters that turn a line around.

/** Longest name that is rendered, in characters as people count them. */
export const NAME_MOST = 60;

/** More is read from nobody: a column may hold megabytes. */
const READ_MOST = 1000;
/** Format characters but the two joiners (U+200C, U+200D), which Persian and Indic names need. */
const INVISIBLE = /[\p{Cc}\p{Co}\p{Cs}\u{E0000}-\u{E007F}]|(?![\u200C\u200D])\p{Cf}/gu;
/** Marks stacked without end climb over the lines around them. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
const MARKUP = /[<>[\]{}|\\/`*_#~^=@:;%$+!?]/u;
const TITLE = /^(dr|prof|mr|mrs|ms|mx|st|sr|jr|sra|srta|mme|mlle|ing|mag|dipl)$/iu;
const DOTTED = /([\p{L}\p{N}-]+)[.\u3002\uFF0E\uFF61](?=[\p{L}\p{N}-])/gu;
const DOMAIN_LIKE = /[\p{L}\p{N}-]{2,}[.\u3002\uFF0E\uFF61]\p{L}{2,}/u;
const MANY_DIGITS = /\p{N}(?:[\s.()-]*\p{N}){3}/u;

/** The name made safe, or null when it cannot be shown: the caller then uses the language's word for "customer". */
export function cleanName(given: string): string | null {
  const visible = given
    .slice(0, READ_MOST)
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(STACKED_MARKS, '$1')
    .trim();
  if (visible === '' || !/\p{L}/u.test(visible)) return null;
  const spaced = spaceInitials(visible);
  // Compatibility forms (full-width letters, ligatures) are read as what mail programs make of them.
  const plain = spaced.normalize('NFKC');
  if (MARKUP.test(plain) || DOMAIN_LIKE.test(plain) || MANY_DIGITS.test(plain)) return null;
  if (/\bwww\b|\bhttps?\b/iu.test(plain)) return null;
  return cutName(spaced);
}

/** "J.Smith" and "Dr.Smith" are names; with a space after the dot no mail program takes them for a link. */
function spaceInitials(name: string): string {
  return name.replace(DOTTED, (dotted, label: string) =>
    label.length === 1 || TITLE.test(label) ? `${dotted} ` : dotted,
  );
}

function cutName(name: string): string {
  if (name.length <= NAME_MOST) return name;
  const characters: string[] = [];
  for (const { segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(name)) {
    characters.push(segment);
    if (characters.length > NAME_MOST) break;
  }
  if (characters.length <= NAME_MOST) return name;
  return `${characters
    .slice(0, NAME_MOST - 1)
    .join('')
    .trimEnd()}…`;
}

// One spelling for names of columns, keys and paths, so that rules are written once: `billingFirstName`, `Billing-First
// Name` and `_billing_first_name` are all `billing_first_name`.

const LETTERS_BESIDE = [/(\p{Ll}|\d)(\p{Lu})/gu, /(\p{Lu})(\p{Lu}\p{Ll})/gu] as const;

/** What form builders hang on names to make them different, such as `full_name_ys0GeZIS`. */
const RANDOM_END = /(?<=[a-z])[_-](?=[^_-]*[\d#])(?=[^_-]*[A-Z])(?=[^_-]*[a-z])[A-Za-z0-9#]{5,12}$/;

/** Keys come with their digits folded to `#`: where a name needs its digit, it has it again. */
const FOLDED = [
  [/(last[_-]?)#/gi, '$14'],
  [/(cv[vc]|track[_-]?)#/gi, '$12'],
  [/#(?=fa)/gi, '2'],
  [/#/g, '1'],
] as const;

/** Groups of a regular expression: WordPress keeps rules for addresses under such keys, and they name no data. */
const PATTERN = /\((?:\.|\[|\?:)/;

/** Lower case ASCII words joined by `_`, accents taken off; '' for a pattern. */
export function spellName(name: string): string {
  if (PATTERN.test(name)) return '';
  let text = name.slice(0, 200).replace(RANDOM_END, '');
  if (text.includes('#')) {
    for (const [folded, digit] of FOLDED) text = text.replace(folded, digit);
  }
  for (const border of LETTERS_BESIDE) text = text.replace(border, '$1_$2');
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/ł/g, 'l')
    .replace(/[øö]/g, 'o')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/(?<=name|city|address_\d|company)_(?:kana|furigana|phonetic|latin)$/, '');
}

/** Names that say nothing: the name around them counts. */
const SILENT =
  /^(?:value|values|val|data|meta|meta_value|option_value|field_value|payload|item|items|entry|entries|args|params|result|content|raw|list|\d+)?$/;

export function saysNothing(spelled: string): boolean {
  return SILENT.test(spelled);
}

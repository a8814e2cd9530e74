// One spelling for names of columns, keys and paths, so that rules are written once: `billingFirstName`, `Billing-First
// Name` and `_billing_first_name` are all `billing_first_name`.

const LETTERS_BESIDE = [/(\p{Ll}|\d)(\p{Lu})/gu, /(\p{Lu})(\p{Lu}\p{Ll})/gu] as const;

/** Lower case ASCII words joined by `_`, accents taken off. */
export function spellName(name: string): string {
  let text = name.slice(0, 200);
  for (const border of LETTERS_BESIDE) text = text.replace(border, '$1_$2');
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/ł/g, 'l')
    .replace(/[øö]/g, 'o')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** Names that say nothing: the name around them counts. */
const SILENT =
  /^(?:value|values|val|data|meta|meta_value|option_value|field_value|payload|item|items|entry|entries|args|params|result|content|raw|list|\d+)?$/;

export function saysNothing(spelled: string): boolean {
  return SILENT.test(spelled);
}

// Fills a template with the incident's own words once, then renders it for each person. The same input gives the same
// bytes on every machine; what differs between people is their name and which of their data leaked, nothing else.
import {
  escapeHtml,
  fillHtml,
  fillText,
  joinPieces,
  readValue,
  type FillWords,
} from './fill-holes.ts';
import { dataClassesInWords, directionOf } from './language-words.ts';
import { layoutOf } from './mail-layout.ts';
import type { Piece } from './markdown-body.ts';
import { cleanName } from './person-name.ts';
import type { NoticeTemplate } from './template.ts';
import { checkValues } from './check-values.ts';

/** Who writes, from the configuration; part of what is frozen with a notice. */
export type ShopIdentity = {
  name: string;
  contactEmail: string;
  /** Empty when customers cannot call. */
  contactPhone: string;
  /** IANA name, such as `Europe/Berlin`: dates in notices are days there. UTC when absent. */
  timeZone?: string;
};

/** What a notice says about shop and incident, in words, frozen when it is set. */
export type FrozenFacts = {
  shopName: string;
  contactEmail: string;
  /** Empty when there is none. */
  contactPhone: string;
  incidentReference: string;
  occurred: string;
};

export type NoticePerson = {
  firstName: string;
  fullName: string;
  dataClasses: readonly string[];
};

export type Rendered = { subject: string; text: string; html: string };

export type CompiledNotice = {
  readonly render: (person: NoticePerson) => Rendered;
};

export type CompileNotice = {
  template: NoticeTemplate;
  /** Words for the template's fields, by key. */
  values: Readonly<Record<string, string>>;
  facts: FrozenFacts;
  /** For a preview while somebody still writes: an empty field shows its label in brackets instead of being refused. */
  draft?: boolean;
};

const SUBJECT_MOST = 200;

/** Throws `notice.value_missing`, `notice.value_unknown` or `notice.contact_missing`. */
export function compileNotice({
  template,
  values,
  facts,
  draft = false,
}: CompileNotice): CompiledNotice {
  const checked = checkValues({ template, values, facts, draft });
  const fixed = fixedWords(facts, checked);
  const { language } = template;
  const direction = directionOf(language);
  const layout = layoutOf({
    language,
    direction,
    shopName: escapeHtml(readValue(facts.shopName)),
    reference: escapeHtml(readValue(facts.incidentReference)),
  });
  const html = settle(template.body.html, (piece) => fillHtml([piece], fixed));
  const text = settle(template.body.text, (piece) => fillText([piece], fixed));
  const subject = settle(template.subjectPieces, (piece) => fillText([piece], fixed));
  const classWords = rememberWords(language);
  return {
    render: (person) => {
      const words = {
        ...personWords(person, template.fallbackName),
        data_classes: classWords(person.dataClasses),
      };
      const line = oneLine(joinPieces(fillText(subject, words)));
      return {
        subject: line,
        text: joinPieces(fillText(text, words)),
        html: `${layout.beforeTitle}${escapeHtml(line)}${layout.beforeBody}${joinPieces(fillHtml(html, words))}${layout.afterBody}`,
      };
    },
  };
}

function fixedWords(facts: FrozenFacts, values: Readonly<Record<string, string>>): FillWords {
  const words: Record<string, string> = {
    shop_name: readValue(facts.shopName),
    contact_email: readValue(facts.contactEmail),
    contact_phone: readValue(facts.contactPhone),
    incident_reference: readValue(facts.incidentReference),
    occurred: readValue(facts.occurred),
  };
  for (const [key, value] of Object.entries(values)) words[`value:${key}`] = readValue(value);
  return words;
}

function personWords(
  { firstName, fullName }: NoticePerson,
  fallback: string,
): Record<string, string> {
  const full = cleanName(fullName) ?? cleanName(firstName) ?? fallback;
  return { first_name: cleanName(firstName) ?? full, full_name: full };
}

/** Fills what is the same for everybody and joins it, so that a person costs a handful of joins. */
function settle(pieces: readonly Piece[], fill: (piece: Piece) => Piece[]): Piece[] {
  const settled: Piece[] = [];
  for (const piece of pieces.flatMap(fill)) {
    const last = settled.at(-1);
    if (typeof piece === 'string' && typeof last === 'string')
      settled[settled.length - 1] = last + piece;
    else settled.push(piece);
  }
  return settled;
}

/** Few sets of data classes are shared by very many people. */
function rememberWords(language: string): (classes: readonly string[]) => string {
  const said = new Map<string, string>();
  return (classes) => {
    const key = classes.join(',');
    const known = said.get(key);
    if (known !== undefined) return known;
    const words = dataClassesInWords(language, classes);
    if (said.size < 1000) said.set(key, words);
    return words;
  };
}

function oneLine(subject: string): string {
  return subject.replace(/\s+/gu, ' ').trim().slice(0, SUBJECT_MOST);
}

// Turns a stored notice into messages for people. Compiled once for a dispatch, rendered for each person.

export type StoredNotice = {
  templateId: string;
  language: string;
  /** The template's text as it was when the notice was set. */
  source: string;
  values: Readonly<Record<string, string>>;
};

export type NoticeFacts = {
  incidentReference: string;
  occurredFrom: string | null;
  occurredTo: string | null;
};

export type NoticePerson = {
  firstName: string;
  fullName: string;
  dataClasses: readonly string[];
};

export interface CompiledNotice {
  render(person: NoticePerson): { subject: string; text: string; html: string };
}

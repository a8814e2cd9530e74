// The evidence of an incident as sentences for its timeline: one for each kind of entry. Made from the entry alone,
// which holds no personal data, so neither does the sentence.
import type { Entry, EntryDataByKind, EntryKind } from '../evidence/entry-data.ts';
import { countOrdinals, parseOrdinals } from '../evidence/ordinal-ranges.ts';

type Sentences = { readonly [K in EntryKind]: (data: EntryDataByKind[K]) => string };

const SENTENCES: Sentences = {
  'log.created': () => 'The evidence log was begun.',
  'signal.received': ({ type }) => `A signal came in: ${type}.`,
  'signal.dismissed': () => 'A signal was dismissed.',
  'incident.declared': ({ type, severity, signals }) =>
    `The incident was declared: ${words(type)}, severity ${severity}${
      signals.length === 0 ? '' : `, from ${count(signals.length, 'signal')}`
    }.`,
  'incident.updated': ({ changed }) =>
    changed.length === 0
      ? 'The incident was saved.'
      : `Changed: ${changed.map((name) => CHANGED_WORDS[name] ?? words(name)).join(', ')}.`,
  'incident.state_changed': ({ from, to, reason }) => stateSentence(from, to, reason),
  'scope.set': ({ data_classes }) =>
    `Which data leaked was set: ${data_classes.map(words).join(', ')}.`,
  'audience.frozen': ({ count: people }) => `${count(people, 'person')} found and frozen.`,
  'notice.set': ({ language }) => `What people are told was set, in the language ${language}.`,
  'manifest.prepared': ({ hash, expires_at }) =>
    `Approval was asked for: manifest ${shortCode(hash)}, open until ${minute(expires_at)}.`,
  'manifest.voided': ({ reason }) => `The request for approval became void: ${words(reason)}.`,
  'manifest.withdrawn': () => 'The request for approval was withdrawn.',
  'approver.invited': () => 'An approver was invited.',
  'approver.enrolled': () => 'An approver enrolled a passkey.',
  'approver.removed': () => 'An approver was removed.',
  'approval.recorded': ({ manifest_hash }) =>
    `Approved manifest ${shortCode(manifest_hash)} with a passkey.`,
  'dispatch.started': ({ planned, drill, provider }) =>
    `Sending began: ${count(planned, 'delivery')} through ${provider}${drill ? ', as a drill' : ''}.`,
  'dispatch.suppressed': ({ suppressed }) =>
    `Not sent for a reason: ${count(howMany(suppressed.ordinals), 'delivery')}.`,
  'dispatch.paused': ({ reason }) => `Sending was paused: ${words(reason)}.`,
  'dispatch.resumed': () => 'Sending was resumed.',
  'dispatch.stopped': ({ reason }) =>
    `Sending was stopped for good: ${words(reason)}. What was pending stays pending.`,
  'dispatch.done': ({ counts }) =>
    `Sending is done: ${number(counts.planned)} planned = ${number(counts.accepted)} accepted + ${number(counts.suppressed)} suppressed + ${number(counts.failed)} failed.`,
  'batch.intent': ({ count: messages, attempt }) =>
    `About to send ${count(messages, 'message')}${attempt > 1 ? ` (attempt ${attempt})` : ''}.`,
  'batch.outcome': (data) => `The provider answered: ${outcome(data)}.`,
  'batch.unknown': ({ ordinals, reason }) =>
    `No clear answer for ${count(howMany(ordinals), 'message')}: ${words(reason)}. The provider will be asked; nothing is sent again before.`,
  'batch.settled': (data) => `Settled by asking (${words(data.by)}): ${outcome(data)}.`,
  'receipts.recorded': ({ delivered, bounced, complained }) =>
    `Receipts so far: ${number(delivered)} delivered, ${number(bounced)} bounced, ${number(complained)} complained.`,
  'people.viewed': ({ count: people, purpose }) =>
    `Looked at the data of ${count(people, 'person')} (${words(purpose)}).`,
  'people.resolved': ({ count: people, counts_only }) =>
    counts_only
      ? `Counted ${count(people, 'person')} at the command line.`
      : `Read the data of ${count(people, 'person')} at the command line.`,
  'identity.decided': ({ kind, people, rows }) => DECISION_SENTENCES[kind](people, rows),
  'identity.undone': () => 'A decision about who is one human was taken back.',
  'command_key.made': ({ allows }) => `A key for the command line was made: ${words(allows)}.`,
  'command_key.removed': () => 'A key for the command line was removed.',
  'data_map.scanned': ({ places, blind_spots }) =>
    `The shop's database was scanned: ${count(places, 'place')} with personal data, ${count(blind_spots, 'blind spot')}.`,
  'data_map.mapped': ({ source_id }) => `Places of the data map were mapped by ${source_id}.`,
  'data_map.ignored': () => 'A place of the data map was ignored for a reason.',
  'data_map.unignored': () => 'A place of the data map is no longer ignored.',
  'config.changed': ({ setting }) => `A setting was changed: ${words(setting)}.`,
  'bundle.exported': ({ size }) => `The evidence bundle was exported with ${count(size, 'entry')}.`,
};

const DECISION_SENTENCES: Readonly<
  Record<EntryDataByKind['identity.decided']['kind'], (people: number, rows: number) => string>
> = {
  merge: (people) => `Decided: ${count(people, 'person')} are one human.`,
  keep_apart: (people) => `Decided: ${count(people, 'person')} are different humans.`,
  split: (_people, rows) => `Decided: ${count(rows, 'row')} of one person belong to another human.`,
};

const CHANGED_WORDS: Readonly<Record<string, string>> = {
  title: 'title',
  type: 'type',
  severity: 'severity',
  description: 'description',
  occurred_from: 'begin of the leak',
  occurred_to: 'end of the leak',
  detected_at: 'time of detection',
  aware_at: 'time of awareness',
  signals: 'signals joined to it',
};

const STATE_SENTENCES: Readonly<Record<string, string>> = {
  confirmed: 'The leak was confirmed.',
  dismissed: 'The incident was dismissed.',
  dispatch_started: 'People are being told.',
  dispatch_done: 'Everybody was told, or there is an explanation.',
  closed: 'The incident was closed.',
  closed_after_stop: 'The incident was closed after sending had been stopped.',
  reopened: 'The incident was opened again.',
};

const PLURALS: Readonly<Record<string, string>> = {
  person: 'people',
  delivery: 'deliveries',
  entry: 'entries',
};

/** One sentence in English without the name of who acted; that stands beside it. */
export function timelineText(entry: Entry): string {
  // The union of entries ties kind and data together; indexing a record by kind loses that tie for the type checker.
  const sentence = SENTENCES[entry.kind] as (data: Entry['data']) => string;
  return sentence(entry.data);
}

function stateSentence(from: string, to: string, reason: string): string {
  return STATE_SENTENCES[reason] ?? `The incident went from ${words(from)} to ${words(to)}.`;
}

function outcome(data: {
  accepted: string;
  failed: string;
  suppressed?: string;
  returned?: string;
  unknown?: string;
}): string {
  const parts = [
    [data.accepted, 'accepted'],
    [data.failed, 'failed'],
    [data.suppressed, 'suppressed'],
    [data.returned, 'to be sent again'],
    [data.unknown, 'unknown'],
  ] as const;
  const said = parts
    .map(([ordinals, word]) => [ordinals === undefined ? 0 : howMany(ordinals), word] as const)
    .filter(([many]) => many > 0)
    .map(([many, word]) => `${number(many)} ${word}`);
  return said.length === 0 ? 'nothing changed' : said.join(', ');
}

function howMany(ordinals: string): number {
  return countOrdinals(parseOrdinals(ordinals));
}

function count(many: number, one: string): string {
  return `${number(many)} ${many === 1 ? one : (PLURALS[one] ?? `${one}s`)}`;
}

/** Thousands set apart by commas, the same on every machine. */
function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function words(code: string): string {
  return code.replaceAll('_', ' ');
}

/** As on the approval page: eight characters in two groups. */
function shortCode(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`.toUpperCase();
}

function minute(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

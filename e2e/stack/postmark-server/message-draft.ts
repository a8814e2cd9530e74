// Turns the JSON of one message into a draft, checking types only. A wrong type makes Postmark refuse
// the whole call with code 403 and the JSON path, so paths are collected, not messages.

export type TrackLinks = 'None' | 'HtmlAndText' | 'HtmlOnly' | 'TextOnly';

export interface Attachment {
  readonly Name: string;
  readonly Content: string;
  readonly ContentType: string;
  readonly ContentID: string | null;
}

/** A message with the right types; absent strings are ''. Nothing else is checked yet. */
export interface MessageDraft {
  readonly From: string;
  readonly To: string;
  readonly Cc: string;
  readonly Bcc: string;
  readonly ReplyTo: string;
  readonly Subject: string;
  readonly HtmlBody: string;
  readonly TextBody: string;
  readonly Tag: string;
  readonly MessageStream: string;
  readonly TrackOpens: boolean;
  readonly TrackLinks: TrackLinks;
  readonly Headers: readonly { readonly Name: string; readonly Value: string }[];
  readonly Attachments: readonly Attachment[];
  readonly Metadata: Readonly<Record<string, string>>;
}

const TRACK_LINKS: readonly TrackLinks[] = ['None', 'HtmlAndText', 'HtmlOnly', 'TextOnly'];
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** The draft, with the paths of wrong-typed fields added to `wrong`. `path` is `$` or `$[n]`. */
export function readDraft(json: unknown, path: string, wrong: string[]): MessageDraft | undefined {
  if (!isObject(json)) {
    wrong.push(path);
    return undefined;
  }
  const before = wrong.length;
  const text = (name: string): string => {
    const value = json[name];
    if (value === undefined || value === null) return '';
    if (typeof value === 'string') return value;
    wrong.push(`${path}.${name}`);
    return '';
  };
  const draft: MessageDraft = {
    From: text('From'),
    To: text('To'),
    Cc: text('Cc'),
    Bcc: text('Bcc'),
    ReplyTo: text('ReplyTo'),
    Subject: text('Subject'),
    HtmlBody: text('HtmlBody'),
    TextBody: text('TextBody'),
    Tag: text('Tag'),
    MessageStream: text('MessageStream'),
    TrackOpens: readTrackOpens(json.TrackOpens, path, wrong),
    TrackLinks: readTrackLinks(json.TrackLinks, path, wrong),
    Headers: readHeaders(json.Headers, path, wrong),
    Attachments: readAttachments(json.Attachments, path, wrong),
    Metadata: readMetadata(json.Metadata, path, wrong),
  };
  return wrong.length === before ? draft : undefined;
}

/** True for a JSON object (not null, not an array). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readTrackOpens(value: unknown, path: string, wrong: string[]): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') wrong.push(`${path}.TrackOpens`);
  return value === true;
}

function readTrackLinks(value: unknown, path: string, wrong: string[]): TrackLinks {
  if (value === undefined || value === null || value === '') return 'None';
  const known = TRACK_LINKS.find((allowed) => allowed === value);
  if (!known) wrong.push(`${path}.TrackLinks`);
  return known ?? 'None';
}

function readHeaders(value: unknown, path: string, wrong: string[]): MessageDraft['Headers'] {
  if (value === undefined || value === null) return [];
  const headers: { Name: string; Value: string }[] = [];
  for (const header of Array.isArray(value) ? (value as unknown[]) : [undefined]) {
    const right =
      isObject(header) && typeof header.Name === 'string' && typeof header.Value === 'string';
    if (!right || header.Name === '') {
      wrong.push(`${path}.Headers`);
      return [];
    }
    headers.push({ Name: String(header.Name), Value: String(header.Value) });
  }
  return headers;
}

function readAttachments(value: unknown, path: string, wrong: string[]): Attachment[] {
  if (value === undefined || value === null) return [];
  const attachments: Attachment[] = [];
  for (const item of Array.isArray(value) ? (value as unknown[]) : [undefined]) {
    const attachment = readAttachment(item);
    if (!attachment) {
      wrong.push(`${path}.Attachments`);
      return [];
    }
    attachments.push(attachment);
  }
  return attachments;
}

function readAttachment(item: unknown): Attachment | undefined {
  if (!isObject(item)) return undefined;
  const { Name, Content, ContentType, ContentID } = item;
  if (typeof Name !== 'string' || typeof Content !== 'string') return undefined;
  if (typeof ContentType !== 'string' || !BASE64.test(Content)) return undefined;
  return {
    Name,
    Content,
    ContentType,
    ContentID: typeof ContentID === 'string' ? ContentID : null,
  };
}

function readMetadata(value: unknown, path: string, wrong: string[]): Record<string, string> {
  if (value === undefined || value === null) return {};
  const right = isObject(value) && Object.values(value).every((field) => typeof field === 'string');
  if (!right) {
    wrong.push(`${path}.Metadata`);
    return {};
  }
  return value as Record<string, string>;
}

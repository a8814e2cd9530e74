// The rules a draft must keep to be accepted, in the order Postmark's answers suggest: stream, sender,
// recipients, content, metadata, attachments, and last the recipients that are suppressed.

import { parseAddressList } from './address-list.ts';
import type { Address } from './address-list.ts';
import * as errors from './api-error.ts';
import type { ApiError } from './api-error.ts';
import type { MessageDraft } from './message-draft.ts';

export const MAX_BATCH_MESSAGES = 500;
export const MAX_BATCH_BYTES = 50 * 1024 * 1024;
export const MAX_MESSAGE_BYTES = 10 * 1024 * 1024;
export const MAX_BODY_BYTES = 5 * 1024 * 1024;

const FORBIDDEN_EXTENSIONS =
  /\.(?:vbs|exe|bin|bat|chm|com|cpl|crt|hlp|hta|inf|ins|isp|jse?|lnk|mdb|pcd|pif|reg|scr|sct|shs|vbe|vba|wsf|wsh|wsl|msc|msi|msp|mst)$/i;

/** What the checks need to know of the server. Addresses and domains are lower case. */
export interface SendingRules {
  readonly streams: ReadonlyMap<string, string>;
  readonly confirmed: ReadonlySet<string>;
  readonly unconfirmed: ReadonlySet<string>;
  /** Which of these addresses (as given) will not be delivered on this stream. */
  readonly findInactive: (stream: string, addresses: readonly string[]) => string[];
}

/** A draft that may be sent, with its addresses read. */
export interface CheckedMessage {
  readonly draft: MessageDraft;
  readonly stream: string;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  /** Addresses as given, without those that are inactive. Never empty. */
  readonly recipients: readonly string[];
  readonly inactive: readonly string[];
}

export type CheckResult =
  { readonly error: ApiError } | { readonly error?: never; readonly message: CheckedMessage };

/** Checks one draft; at most one error is given, the first found. */
export function checkDraft(draft: MessageDraft, rules: SendingRules): CheckResult {
  const stream = draft.MessageStream === '' ? 'outbound' : draft.MessageStream;
  const streamError = checkStream(stream, rules) ?? checkSender(draft.From, rules);
  if (streamError) return { error: streamError };
  const lists = readRecipients(draft);
  if ('code' in lists) return { error: lists };
  const contentError = checkContent(draft) ?? checkMetadata(draft.Metadata);
  if (contentError) return { error: contentError };

  const all = [...lists.to, ...lists.cc, ...lists.bcc].map((address) => address.Email);
  const inactive = rules.findInactive(stream, all);
  if (inactive.length === 0) {
    return { message: { draft, stream, ...lists, recipients: all, inactive } };
  }
  const recipients = all.filter((address) => !inactive.includes(address));
  if (recipients.length === 0) return { error: errors.inactiveRecipients(inactive) };
  return { message: { draft, stream, ...lists, recipients, inactive } };
}

function checkStream(stream: string, rules: SendingRules): ApiError | undefined {
  if (rules.streams.has(stream)) return undefined;
  return stream === 'inbound' ? errors.streamCannotSend : errors.unknownStream(stream);
}

function checkSender(from: string, rules: SendingRules): ApiError | undefined {
  const sender = parseAddressList(from);
  const address = sender?.length === 1 ? sender[0]?.Email.toLowerCase() : undefined;
  if (address === undefined || from.length > 255) {
    return errors.invalidEmailRequest(`Invalid 'From' address: '${from}'.`);
  }
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (rules.confirmed.has(address) || rules.confirmed.has(domain)) return undefined;
  const pending = rules.unconfirmed.has(address) || rules.unconfirmed.has(domain);
  return pending ? errors.unconfirmedSender(address) : errors.unknownSender(address);
}

type RecipientLists = Pick<CheckedMessage, 'to' | 'cc' | 'bcc'>;

function readRecipients(draft: MessageDraft): RecipientLists | ApiError {
  const lists: Address[][] = [];
  for (const field of ['To', 'Cc', 'Bcc', 'ReplyTo'] as const) {
    const list = parseAddressList(draft[field]);
    if (!list) return errors.invalidEmailRequest(`Invalid '${field}' address: '${draft[field]}'.`);
    lists.push(list);
  }
  const [to = [], cc = [], bcc = []] = lists;
  if (to.length === 0) return errors.zeroRecipients;
  if (to.length + cc.length + bcc.length > 50) {
    return errors.invalidEmailRequest(
      'The number of recipients (To, Cc and Bcc together) exceeds the limit of 50 per message.',
    );
  }
  return { to, cc, bcc };
}

function checkContent(draft: MessageDraft): ApiError | undefined {
  if (draft.TextBody === '' && draft.HtmlBody === '') return errors.emptyBody;
  if (draft.Subject.length > 2000) {
    return errors.invalidEmailRequest("The 'Subject' exceeds the limit of 2000 characters.");
  }
  if (draft.Tag.length > 1000) {
    return errors.invalidEmailRequest("The 'Tag' exceeds the limit of 1000 characters.");
  }
  for (const field of ['TextBody', 'HtmlBody'] as const) {
    const text = draft[field];
    // A UTF-16 unit is at most three bytes of UTF-8, so most bodies need no byte count.
    if (text.length * 3 > MAX_BODY_BYTES && Buffer.byteLength(text) > MAX_BODY_BYTES) {
      return errors.invalidEmailRequest(`The '${field}' exceeds the limit of 5 MB.`);
    }
  }
  const forbidden = draft.Attachments.some(({ Name }) => FORBIDDEN_EXTENSIONS.test(Name));
  return forbidden ? errors.forbiddenAttachment : undefined;
}

function checkMetadata(metadata: MessageDraft['Metadata']): ApiError | undefined {
  const names = Object.keys(metadata);
  if (names.length > 10) {
    return errors.invalidEmailRequest(
      'Invalid metadata content. Metadata is limited to 10 fields per message.',
    );
  }
  const tooLong = names.find((name) => name.length > 20 || (metadata[name] ?? '').length > 80);
  if (tooLong !== undefined) {
    return errors.invalidEmailRequest(
      `Invalid metadata content. Field names are limited to 20 characters and field values are limited to 80 characters in length. The '${tooLong}' field in your metadata content exceeds these limits.`,
    );
  }
  if (names.includes('')) {
    return errors.invalidEmailRequest('Invalid metadata content. Field names may not be empty.');
  }
  const unique = new Set(names.map((name) => name.toLowerCase()));
  if (unique.size < names.length) {
    return errors.invalidEmailRequest(
      'Invalid metadata content. Field names are case-insensitive and must be unique.',
    );
  }
  return undefined;
}

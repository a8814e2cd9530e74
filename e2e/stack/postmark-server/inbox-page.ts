// GET /: the mails this server accepted, newest first, paged by position and searchable by recipient;
// GET /mail/{MessageID}: one mail, its HTML in a sandboxed frame.

import type { ServerResponse } from 'node:http';
import type { Html } from './html-page.ts';
import { html, sendPage } from './html-page.ts';
import type { Query } from './message-routes.ts';
import type { Condition, MessageSummary, StoredMessage } from './message-store.ts';
import type { ServerContext } from './server-context.ts';

const PAGE_SIZE = 50;

export function showInbox(context: ServerContext, query: Query, response: ServerResponse): void {
  const search = (query.get('to') ?? '').trim();
  const before = /^\d{1,15}$/.test(query.get('before') ?? '')
    ? Number(query.get('before'))
    : undefined;
  const matching: Condition[] = search === '' ? [] : [recipientContains(search)];
  const older: Condition[] = before === undefined ? [] : [{ sql: 'seq < ?', values: [before] }];
  const found = context.messages.search([...matching, ...older], PAGE_SIZE + 1, 0);
  const mails = found.slice(0, PAGE_SIZE);
  const total = context.messages.count(matching);
  const body = html` <header>
      <h1>Inbox</h1>
      <form action="/" method="get" role="search">
        <input
          type="search"
          name="to"
          value="${search}"
          placeholder="Recipient"
          aria-label="Recipient"
        />
        <button>Search</button>
      </form>
    </header>
    <p class="note">${describeTotal(total, search)} Nothing here has left this machine.</p>
    ${mails.length === 0 ? describeEmpty(search) : listMails(context, mails)}
    <nav aria-label="Pages">
      ${listLinks({ search, first: before === undefined, found: found.length, mails })}
    </nav>`;
  sendPage(response, { status: 200, title: 'Inbox', body });
}

export function showMail(context: ServerContext, id: string, response: ServerResponse): void {
  const mail = context.messages.find(id);
  if (!mail) {
    const body = html`<header><h1>No such mail</h1></header>
      <p><a href="/">Back to the inbox</a></p>`;
    sendPage(response, { status: 404, title: 'No such mail', body });
    return;
  }
  const body = html` <p><a href="/">← Inbox</a></p>
    <header>
      <h1>${mail.Subject === '' ? '(no subject)' : mail.Subject}</h1>
      ${describeOutcome(context, mail)}
    </header>
    <div class="card">
      <table>
        ${envelope(mail)}
      </table>
    </div>
    ${
      mail.HtmlBody === ''
        ? ''
        : html`<h2>HTML</h2>
            <div class="card">
              <iframe sandbox="" title="HTML of the mail" srcdoc="${mail.HtmlBody}"></iframe>
            </div>`
    }
    ${
      mail.TextBody === ''
        ? ''
        : html`<h2>Text</h2>
            <div class="card"><pre>${mail.TextBody}</pre></div>`
    }
    ${table('Metadata', Object.entries(mail.Metadata))}
    ${table(
      'Headers',
      mail.Headers.map(({ Name, Value }) => [Name, Value]),
    )}`;
  sendPage(response, { status: 200, title: mail.Subject, body });
}

function recipientContains(text: string): Condition {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return {
    sql: "seq IN (SELECT seq FROM message_recipients WHERE email LIKE ? ESCAPE '\\')",
    values: [pattern],
  };
}

function describeTotal(total: number, search: string): string {
  const mails = `${total.toLocaleString('en')} ${total === 1 ? 'mail' : 'mails'}`;
  return search === '' ? `${mails}.` : `${mails} to “${search}”.`;
}

function describeEmpty(search: string): Html {
  return search === ''
    ? html`<div class="card empty">
        No mail yet. It appears here as soon as it is sent; reload to look again.
      </div>`
    : html`<div class="card empty">
        No mail to an address with “${search}” in it. <a href="/">Show all</a>
      </div>`;
}

function listMails(context: ServerContext, mails: readonly MessageSummary[]): Html {
  const items = mails.map(
    (mail) =>
      html`<li>
        <a href="/mail/${mail.MessageID}">
          <span class="to">${mail.To.map(({ Email }) => Email).join(', ')}</span>${time(mail.at)}
          <span class="subject">${mail.Subject === '' ? '(no subject)' : mail.Subject}</span
          >${describeOutcome(context, mail)}
        </a>
      </li>`,
  );
  return html`<ul class="mails card">
    ${items}
  </ul>`;
}

function time(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

const OUTCOME_WORDS = {
  HardBounce: 'bounced',
  SoftBounce: 'soft bounce',
  SpamComplaint: 'spam complaint',
} as const;

function describeOutcome(context: ServerContext, mail: MessageSummary): Html {
  const [bounce] = context.bounces.ofMessage(mail.seq);
  if (bounce) return html`<span class="badge bad">${OUTCOME_WORDS[bounce.type]}</span>`;
  return html`<span class="badge">${mail.MessageStream}</span>`;
}

function listLinks(list: {
  readonly search: string;
  readonly first: boolean;
  readonly found: number;
  readonly mails: readonly MessageSummary[];
}): readonly Html[] {
  const to = list.search === '' ? '' : `&to=${encodeURIComponent(list.search)}`;
  const last = list.mails.at(-1);
  const newest = list.first ? html`<span></span>` : html`<a href="/?${to.slice(1)}">Newest</a>`;
  if (!last || list.found <= PAGE_SIZE) return [newest];
  return [newest, html`<a href="/?before=${last.seq}${to}" rel="next">Older →</a>`];
}

function envelope(mail: StoredMessage): readonly Html[] {
  const join = (list: StoredMessage['To']): string =>
    list.map(({ Email, Name }) => (Name === '' ? Email : `${Name} <${Email}>`)).join(', ');
  const lines: [string, string][] = [
    ['From', mail.From],
    ['To', join(mail.To)],
    ['Cc', join(mail.Cc)],
    ['Bcc', join(mail.Bcc)],
    ['Accepted', `${new Date(mail.at).toISOString().slice(0, 19).replace('T', ' ')} UTC`],
    ['Message ID', mail.MessageID],
    ['Stream', mail.MessageStream],
    ['Tag', mail.Tag],
    ['Attachments', mail.AttachmentNames.join(', ')],
  ];
  return lines.filter(([, value]) => value !== '').map(row);
}

function table(title: string, entries: readonly (readonly [string, string])[]): Html {
  if (entries.length === 0) return html``;
  return html`<h2>${title}</h2>
    <div class="card">
      <table>
        ${entries.map(row)}
      </table>
    </div>`;
}

function row([name, value]: readonly [string, string]): Html {
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${value}</td>
  </tr>`;
}

// HTML that cannot be broken by what is put into it: the `html` tag escapes every value that is not itself made by it.

import type { ServerResponse } from 'node:http';
import { sendText } from './http-answer.ts';

/** A piece of finished HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | readonly Html[];

/** Template tag; strings and numbers are escaped, for text and for quoted attributes alike. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(
    parts.reduce((text, part, index) => text + render(values[index - 1] ?? '') + part),
  );
}

function render(value: Value): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map((item) => item.text).join('');
  return escapeHtml(String(value));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#dcdcde, #3a3d42); --soft: light-dark(#646970, #a7aaad);
  --paper: light-dark(#fff, #1d2024); --desk: light-dark(#f6f7f7, #141619); --accent: light-dark(#3858e9, #8ea2ff);
  --ink: light-dark(#1e1e1e, #e6e7e8); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--desk); color: var(--ink);
  font: 15px/1.5 -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: end; margin-bottom: 1rem; }
h1 { font-size: 1.35rem; margin: 0; flex: 1 1 14rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p.note { color: var(--soft); margin: 0 0 1rem; }
a { color: var(--accent); }
form { display: flex; gap: .5rem; }
input, button { font: inherit; padding: .4rem .7rem; border: 1px solid var(--line); border-radius: 4px;
  background: var(--paper); color: inherit; min-width: 0; }
button { background: var(--accent); border-color: var(--accent); color: light-dark(#fff, #101217); cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.mails { list-style: none; margin: 0; padding: 0; }
.mails li + li { border-top: 1px solid var(--line); }
.mails a { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; padding: .6rem 1rem; color: inherit;
  text-decoration: none; }
.mails a:hover { background: var(--desk); }
.mails .to { font-weight: 600; overflow-wrap: anywhere; }
.mails time, .mails .from { color: var(--soft); font-size: .85rem; }
.mails .subject { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.badge { font-size: .75rem; border: 1px solid var(--line); border-radius: 99px; padding: 0 .5rem; color: var(--soft);
  white-space: nowrap; justify-self: end; }
.badge.bad { color: light-dark(#b32d2e, #ff9b9b); border-color: currentColor; }
.empty { padding: 3rem 1rem; text-align: center; color: var(--soft); }
nav { display: flex; justify-content: space-between; margin-top: 1rem; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .35rem 1rem; overflow-wrap: anywhere; }
tr + tr > * { border-top: 1px solid var(--line); }
th { width: 11rem; color: var(--soft); font-weight: 500; }
iframe { display: block; width: 100%; height: 34rem; border: 0; background: #fff; }
pre { margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; }
@media (max-width: 40rem) { th { width: 7rem; } .mails .to, .mails .subject { grid-column: 1 / -1; }
  .mails .subject { grid-row: 2; } }
`;

/** Sends a whole page. No script runs in it or in a mail it shows, and nothing is loaded from elsewhere. */
export function sendPage(
  response: ServerResponse,
  page: { readonly status: number; readonly title: string; readonly body: Html },
): void {
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cache-control', 'no-store');
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main>${page.body}</main>
      </body>
    </html> `;
  sendText(response, {
    status: page.status,
    type: 'text/html; charset=utf-8',
    body: document.text,
  });
}

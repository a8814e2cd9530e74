import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCoded } from '../coded-error.ts';
import { compileNotice, type FrozenFacts } from './compile-notice.ts';
import { parseTemplate } from './template.ts';

const FACTS: FrozenFacts = {
  shopName: 'Müller & Söhne',
  contactEmail: 'privacy+leak@shop.example',
  contactPhone: '+49 30 123456',
  incidentReference: 'INC-2026-0001',
  occurred: 'on 21 November 2026',
};
const HEAD = "title: T\nsituation: x\nsubject: 'For {{first_name}} of {{shop_name}}'\n";
const FIELD = 'fields:\n  - key: what\n    label: What happened\n';
const person = { firstName: 'Anna', fullName: 'Anna Müller', dataClasses: ['name', 'email'] };

function compile(body: string, values: Record<string, string> = {}, language = 'en') {
  const own = language === 'he' ? 'fallback_name: לקוח\n' : '';
  const head = `${HEAD}${own}${body.includes('value:what') ? FIELD : ''}`;
  const template = parseTemplate({ id: 'x', language, source: `---\n${head}---\n${body}` });
  return compileNotice({ template, values, facts: FACTS });
}
const bodyOf = (html: string) =>
  /<p class="from">.*?<\/p>\n([\s\S]*)<p class="foot">/.exec(html)?.[1] ?? '';

test('text and HTML say the same, each in its own form', () => {
  const { text, html, subject } = compile(
    '# Hello {{first_name}}\n\nOne\ntwo **three**.  \nFour.\n\n- a\n- b\n  1. c\n  2. d\n\n> quoted\n> more\n\n---\n\nSee [our page](https://shop.example/a?b=1&c=2) or <https://shop.example/x>, [{{contact_email}}](mailto:{{contact_email}}), [call](tel:{{contact_phone}}).\n',
  ).render(person);
  assert.equal(subject, 'For Anna of Müller & Söhne');
  assert.equal(
    text,
    [
      'Hello Anna',
      '==================',
      '',
      'One two three.',
      'Four.',
      '',
      '- a',
      '- b',
      '  1. c',
      '  2. d',
      '',
      '> quoted more',
      '',
      '----------',
      '',
      'See our page (https://shop.example/a?b=1&c=2) or https://shop.example/x, privacy+leak@shop.example, call (+49 30 123456).',
      '',
    ].join('\n'),
  );
  assert.match(html, /<h1>Hello <bdi>Anna<\/bdi><\/h1>/);
  assert.match(
    html,
    /<a href="mailto:privacy%2Bleak@shop\.example">privacy\+leak@shop\.example<\/a>/,
  );
  assert.match(html, /<a href="tel:\+4930123456">call<\/a>/);
  assert.match(html, /<title>For Anna of Müller &amp; Söhne<\/title>/);
});

test('what a preparer writes keeps its lines and is never Markdown or HTML', () => {
  const what =
    '# not a heading\r\n<b>x</b> & *y*\n\n\n\nhttps://a.example  \nend\u202E {{first_name}}';
  const { text, html } = compile('{{value:what}}\n\n- in a list: {{value:what}}\n', {
    what,
  }).render(person);
  assert.equal(
    text,
    '# not a heading\n<b>x</b> & *y*\n\nhttps://a.example\nend {{first_name}}\n\n- in a list: # not a heading\n  <b>x</b> & *y*\n  \n  https://a.example\n  end {{first_name}}\n',
  );
  assert.ok(
    bodyOf(html).startsWith(
      '<p># not a heading<br>\n&lt;b&gt;x&lt;/b&gt; &amp; *y*</p>\n<p>https://a.example<br>\nend {{first_name}}</p>\n',
    ),
  );
  assert.doesNotMatch(bodyOf(html), /<b>|<a /);
});

const HOSTILE = [
  '</title><script>alert(1)</script>',
  'Anna\r\nBcc: victim@example.com',
  '[x](https://evil.example)',
  '{{contact_email}}',
  '"><img src=x>',
];
for (const name of HOSTILE) {
  test(`a hostile name becomes the word for a customer: ${JSON.stringify(name)}`, () => {
    const rendered = compile('Hello {{full_name}}').render({
      ...person,
      firstName: name,
      fullName: name,
    });
    assert.equal(rendered.text, 'Hello Customer\n');
    assert.equal(rendered.subject, 'For Customer of Müller & Söhne');
    assert.doesNotMatch(rendered.html, /script|evil|img|Bcc/);
  });
}

test('a missing first name falls back to the full name, then to the word for a customer', () => {
  const { render } = compile('{{first_name}}|{{full_name}}');
  const text = (firstName: string, fullName: string) =>
    render({ firstName, fullName, dataClasses: [] }).text.trim();
  assert.equal(text('', 'Anna Müller'), 'Anna Müller|Anna Müller');
  assert.equal(text('Anna', ''), 'Anna|Anna');
  assert.equal(text('', ''), 'Customer|Customer');
  assert.equal(text('Seán', "Seán O'Brien & <3"), 'Seán|Seán');
});

test('data classes are said in the language of the notice', () => {
  const said = (language: string, dataClasses: string[]) =>
    compile('{{data_classes}}', {}, language)
      .render({ ...person, dataClasses })
      .text.trim();
  assert.equal(said('en', ['name', 'email', 'phone']), 'name, e-mail address and phone number');
  assert.equal(said('de', ['name', 'email']), 'Name und E-Mail-Adresse');
  assert.equal(said('fr-CA', ['email']), 'adresse e-mail');
  assert.equal(said('es', []), 'datos personales');
  assert.equal(
    said('en', ['of_a_later_version', 'email', 'email']),
    'of a later version and e-mail address',
  );
});

test('the page has language and direction and fetches nothing', () => {
  const { html } = compile('Hello', {}, 'en').render(person);
  assert.match(html, /^<!doctype html>\n<html lang="en" dir="ltr">/);
  assert.match(
    compile('Hello', {}, 'he').render(person).html,
    /<html lang="he" dir="rtl">[\s\S]*role="article" lang="he" dir="rtl"/,
  );
  assert.doesNotMatch(html, /src=|url\(|@import|<link|<script/i);
});

test('the same input gives the same bytes, and no person leaks into the next', () => {
  const a = compile('Hello {{full_name}}, {{data_classes}}');
  const first = a.render(person);
  a.render({ firstName: 'Bob', fullName: 'Bob Bo', dataClasses: ['phone'] });
  assert.deepEqual(a.render(person), first);
  assert.deepEqual(compile('Hello {{full_name}}, {{data_classes}}').render(person), first);
});

function refusal(body: string, values: Record<string, string>, facts: FrozenFacts = FACTS) {
  const template = parseTemplate({
    id: 'x',
    language: 'en',
    source: `---\n${HEAD}${FIELD}---\n{{value:what}} ${body}`,
  });
  try {
    compileNotice({ template, values, facts });
    return null;
  } catch (error) {
    assert.ok(isCoded(error));
    return [error.code, ...error.fields.map(({ pointer }) => pointer)];
  }
}

test('words that are missing, empty, invisible or not asked for are refused by field', () => {
  assert.deepEqual(refusal('', {}), ['notice.value_missing', '/values/what']);
  assert.deepEqual(refusal('', { what: ' \n\u200B ' }), ['notice.value_missing', '/values/what']);
  assert.deepEqual(refusal('', { what: 'x', other: 'y' }), [
    'notice.value_unknown',
    '/values/other',
  ]);
  assert.deepEqual(refusal('{{contact_phone}}', { what: 'x' }, { ...FACTS, contactPhone: '' }), [
    'notice.contact_missing',
  ]);
  assert.equal(refusal('', { what: 'x' }, { ...FACTS, contactPhone: '' }), null);
});

test('a draft shows the label of what is still to be written', () => {
  const template = parseTemplate({
    id: 'x',
    language: 'en',
    source: `---\n${HEAD}${FIELD}---\n{{value:what}}`,
  });
  assert.equal(
    compileNotice({ template, values: {}, facts: FACTS, draft: true }).render(person).text,
    '[What happened]\n',
  );
});

test('a hundred thousand people are rendered in seconds', () => {
  const { render } = compile('# Hello {{full_name}}\n\n{{data_classes}}\n\n'.repeat(10));
  const begun = performance.now();
  for (let i = 0; i < 10_000; i += 1)
    render({
      firstName: `Anna ${'abc'.repeat(i % 5)}`,
      fullName: 'Anna Müller',
      dataClasses: person.dataClasses,
    });
  const perPerson = (performance.now() - begun) / 10_000;
  assert.ok(perPerson < 0.2, `${perPerson} ms a person`);
});

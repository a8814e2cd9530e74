// The templates that come with the sidecar: all of them can be sent as they are.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { NoticeDraft } from '../../contract/notice.ts';
import { compileNotice } from './compile-notice.ts';
import { COVER_ITEMS } from './front-matter.ts';
import { renderSamples } from './sample-people.ts';
import { factsOf } from './stored-notice.ts';
import { parseTemplate, readTemplateName } from './template.ts';

const FOLDER = new URL('../../../templates/', import.meta.url);
const names = readdirSync(FOLDER).filter((name) => readTemplateName(name) !== null);
const SITUATIONS = ['password-leaked', 'payment-data-leaked', 'personal-data-leaked'];
const LANGUAGES = ['de', 'en', 'es', 'fr'];

test('every situation is there in every language', () => {
  assert.deepEqual(
    names.sort(),
    SITUATIONS.flatMap((id) => LANGUAGES.map((language) => `${id}.${language}.md`)),
  );
});

for (const name of names) {
  test(`${name} covers what the law asks for and renders for everybody`, () => {
    const parts = readTemplateName(name);
    assert.ok(parts !== null);
    const template = parseTemplate({
      ...parts,
      source: readFileSync(new URL(name, FOLDER), 'utf8'),
    });
    assert.equal(template.situation, parts.id);
    assert.deepEqual([...template.covers].sort(), [...COVER_ITEMS].sort());
    const values = Object.fromEntries(template.fields.map(({ key }) => [key, `Words for ${key}.`]));
    assert.ok(
      NoticeDraft.safeParse({ template_id: parts.id, language: parts.language, values }).success,
    );
    const facts = factsOf(
      parts.language,
      {
        name: 'Example Shop',
        contactEmail: 'privacy@shop.example',
        contactPhone: '',
        timeZone: 'Europe/Berlin',
      },
      {
        reference: 'INC-2026-0001',
        occurredFrom: '2026-11-20T23:30:00.000Z',
        occurredTo: '2026-11-22T10:00:00.000Z',
      },
    );
    for (const { subject, text, html } of renderSamples(
      compileNotice({ template, values, facts }),
      ['name', 'email', 'payment_card'],
    )) {
      assert.ok(subject.length <= 100 && subject.includes('Example Shop'), subject);
      assert.match(text, /INC-2026-0001/);
      assert.match(text, /privacy@shop\.example/);
      assert.match(text, /21\b.*2026[\s\S]*22\b/);
      for (const value of Object.values(values))
        assert.ok(text.includes(value) && html.includes(value));
      const page = html.slice(html.indexOf('</head>'));
      assert.doesNotMatch(text + page, /\{\{|\}\}|undefined|tocsinhole/);
      assert.doesNotMatch(subject + text, /!/);
    }
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCoded } from '../coded-error.ts';
import { parseTemplate, readTemplateName } from './template.ts';

const HEAD =
  "title: T\nsituation: x\nsubject: 'About {{shop_name}}'\nfields:\n  - key: what\n    label: What\n";
const file = (head: string, body: string, language = 'en') => ({
  id: 'x',
  language,
  source: `---\n${head}---\n${body}`,
});
const withBody = (body: string) => file(HEAD, `{{value:what}}\n${body}`);

/** HEAD has 6 lines, so the body begins on line 9 and what follows {{value:what}} on line 10. */
const REFUSED: [string, ReturnType<typeof file>, string, number][] = [
  ['no head', { id: 'x', language: 'en', source: 'Hello' }, 'notice.front_matter', 1],
  [
    'head without end',
    { id: 'x', language: 'en', source: '---\ntitle: T\n' },
    'notice.front_matter',
    1,
  ],
  ['head that is not YAML', file('title: [\n', 'x'), 'notice.front_matter', 3],
  [
    'colon in a plain subject',
    file('title: T\nsituation: x\nsubject: a: b\n', 'x'),
    'notice.front_matter',
    4,
  ],
  ['subject missing', file('title: T\nsituation: x\n', 'x'), 'notice.front_matter', 1],
  ['misspelled key', file(`${HEAD}cover: []\n`, '{{value:what}}'), 'notice.front_matter', 1],
  ['unknown cover', file(`${HEAD}covers: [nothing]\n`, '{{value:what}}'), 'notice.front_matter', 8],
  [
    'field twice',
    file(`${HEAD}  - key: what\n    label: Again\n`, '{{value:what}}'),
    'notice.front_matter',
    5,
  ],
  ['key twice', file(`${HEAD}title: U\n`, '{{value:what}}'), 'notice.front_matter', 8],
  [
    'billion laughs',
    file(`title: &a [x]\nsituation: *a\nsubject: *a\n`, 'x'),
    'notice.front_matter',
    2,
  ],
  ['unknown placeholder', withBody('\nHi {{frist_name}}'), 'notice.placeholder_unknown', 11],
  [
    'placeholder named like an object member',
    withBody('{{constructor}}'),
    'notice.placeholder_unknown',
    10,
  ],
  ['unclosed braces', withBody('Hi {{first_name'), 'notice.placeholder_unclosed', 10],
  ['braces over two lines', withBody('Hi {{first_name\n}}'), 'notice.placeholder_unclosed', 10],
  ['closing braces alone', withBody('Hi }} there'), 'notice.placeholder_unclosed', 10],
  ['three braces', withBody('Hi {{{first_name}}}'), 'notice.placeholder_unclosed', 10],
  ['undeclared field', withBody('{{value:other}}'), 'notice.field_undeclared', 10],
  ['unused field', file(HEAD, 'Hello'), 'notice.field_unused', 1],
  [
    'placeholder too long for a subject',
    file(HEAD.replace('shop_name', 'data_classes'), '{{value:what}}'),
    'notice.placeholder_misplaced',
    4,
  ],
  ['HTML inline', withBody('\nHi <b>you</b>'), 'notice.raw_html', 11],
  ['HTML block', withBody('\n<script>\nx\n</script>'), 'notice.raw_html', 11],
  ['HTML comment', withBody('\n<!-- x -->'), 'notice.raw_html', 11],
  ['remote image', withBody('\n![x](https://evil.example/x.png)'), 'notice.image', 11],
  [
    'image by reference',
    withBody('\n![x][y]\n\n[y]: https://evil.example/x.png'),
    'notice.image',
    11,
  ],
  ['script link', withBody('\n[x](javascript:alert(1))'), 'notice.link', 11],
  ['link without encryption', withBody('\n[x](http://shop.example)'), 'notice.link', 11],
  ['relative link', withBody('\n[x](/login)'), 'notice.link', 11],
  [
    'name inside a link address',
    withBody('\n[x](https://shop.example/?n={{first_name}})'),
    'notice.link',
    11,
  ],
  ['wrong contact in a mail link', withBody('\n[x](mailto:{{contact_phone}})'), 'notice.link', 11],
  ['link with a title', withBody('\n[x](https://shop.example "t")'), 'notice.link', 11],
  ['bidi override', withBody('abc \u202E def'), 'notice.control_character', 10],
  ['no text', file('title: T\nsituation: x\nsubject: S\n', '\n \n'), 'notice.empty', 6],
  [
    'words missing in a language',
    file(HEAD, '{{value:what}} {{occurred}}', 'pl'),
    'notice.language_without_words',
    1,
  ],
  [
    'name without a word for customer',
    file(HEAD, '{{value:what}} {{first_name}}', 'pl'),
    'notice.language_without_words',
    1,
  ],
];

for (const [name, given, code, line] of REFUSED) {
  test(`template refused: ${name}`, () => {
    assert.throws(
      () => parseTemplate(given),
      (error) => {
        assert.ok(isCoded(error), String(error));
        assert.equal(error.code, code);
        assert.equal(error.context['line'], line);
        assert.match(error.message, /x\.(en|pl)\.md, line \d+: /);
        assert.ok((error.detail ?? '').length > 10);
        return true;
      },
    );
  });
}

test('a template in another language brings its own word for a customer', () => {
  const template = parseTemplate(
    file(`${HEAD}fallback_name: Kliencie\n`, '{{value:what}} {{first_name}}', 'pl'),
  );
  assert.equal(template.fallbackName, 'Kliencie');
});

test('line ends of Windows and a byte order mark change nothing', () => {
  const given = withBody('Hello {{first_name}}');
  const windows = { ...given, source: `\uFEFF${given.source.replaceAll('\n', '\r\n')}` };
  assert.deepEqual(parseTemplate(windows).body, parseTemplate(given).body);
});

test('only files named id.language.md are templates', () => {
  assert.deepEqual(readTemplateName('payment-data-leaked.de-AT.md'), {
    id: 'payment-data-leaked',
    language: 'de-AT',
  });
  for (const name of [
    'README.md',
    'a.md',
    'a.english.md',
    'A.en.md',
    'a.en.md.bak',
    '../a.en.md',
    '.a.en.md',
  ]) {
    assert.equal(readTemplateName(name), null, name);
  }
});

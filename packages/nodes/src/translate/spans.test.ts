import fc from 'fast-check';
import { expect, test } from 'vitest';
import { icuMessages } from './icu.ts';
import { hasWords, protect } from './spans.ts';

const spans = (text: string): string[] => protect(text).spans.map((span) => span.text);

test.each([
  ['Hi {name}, {{user.first}} and {0} of {}', ['{name}', '{{user.first}}', '{0}', '{}']],
  ['\u0024{a} %{b} #{c} {n, number, percent}', ['\u0024{a}', '%{b}', '#{c}', '{n, number, percent}']],
  ['%s, %1$d, %.2f, %@, %(who)s', ['%s', '%1$d', '%.2f', '%@', '%(who)s']],
  ['a <b>bold</b> <a href="x?y=1">link</a><br/>', ['<b>', '</b>', '<a href="x?y=1">', '</a>', '<br/>']],
  ['run `npm i {x}` now', ['`npm i {x}`']],
  ['see https://example.com/a?b={c}. Or (http://x.example/y)!', ['https://example.com/a?b={c}', 'http://x.example/y']],
  ['网址https://example.cn/好，写信给a@b.example。', ['https://example.cn/好', 'a@b.example']],
  ['[EMAIL_1] and [PHONE] but [see below]', ['[EMAIL_1]', '[PHONE]']],
  ['100% sure, 5 % discount, 20%d, a < b and c > d', []],
])('protects in %j', (text, expected) => expect(spans(text)).toEqual(expected));

test('an ICU message is taken apart, and its inside is no span of the text', () => {
  const text = "{n, plural, offset:1 =0 {no one} one {# of {name}} other {# '{'and'}' {g, select, a {x} other {y}}}} left {n}";
  const { spans: found, messages } = protect(text);
  expect(found.map((span) => span.text)).toEqual(['{n}']);
  expect(messages).toHaveLength(1);
  expect([...(messages[0]?.branches ?? [])]).toEqual([
    ['=0', 'no one'],
    ['one', '# of {name}'],
    ['other', "# '{'and'}' {g, select, a {x} other {y}}"],
  ]);
});

test.each(['{n, plural, one {x}', '{n, plural}', '{n, plural, }', '{n, number}', '{n, plural, one {a} one {b}}', '{n, other, one {a}}'])(
  '%s is no message',
  (text) => expect(icuMessages(text)).toEqual([]),
);

test.each([
  ['{name}', false],
  ['<b>{n}</b> %s 12', false],
  ['`code` https://example.com', false],
  ['— 42 —', false],
  ['{n, plural, other {x}}', true],
  ['{name}さん', true],
])('%j has words: %j', (text, expected) => expect(hasWords(text)).toBe(expected));

test('spans stand where they say', () => {
  const part = fc.constantFrom(
    '{a}',
    '{{b}}',
    '%s',
    '<i>',
    '</i>',
    '`c`',
    'https://e.com/x',
    'm@e.com',
    ' word ',
    '{',
    '}',
    '%',
    "'",
    '{n, plural, one {',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      for (const span of protect(text).spans) expect(text.startsWith(span.text, span.start)).toBe(true);
    }),
  );
});

// Quadratic work on them would take minutes, so these hold by ending at all.
test.each(['{', '{{', '<', '<!--', '`', '``` ', '{a, plural, one {', '%1$', 'a@', 'https://', '[A_', "'{"])(
  'half a million characters of %j are read',
  (unit) => {
    expect(protect(unit.repeat(500_000 / unit.length))).toBeDefined();
  },
);

import type { Json } from '@patchbay/flow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liquidFault, parseLiquid } from './liquid.ts';

const render = (source: string, values: Record<string, Json> = {}): string => parseLiquid(source).render(values);
const failing = (source: string, values: Record<string, Json> = {}): unknown => {
  try {
    return render(source, values);
  } catch (error) {
    return error;
  }
};

test.each<[string, Record<string, Json>, string]>([
  ['Hi {{ name }}!', { name: 'Ada' }, 'Hi Ada!'],
  ['{{ a.b[0] }}', { a: { b: ['x'] } }, 'x'],
  ['{% for i in l %}{{ forloop.index }}:{{ i | upcase }} {% endfor %}', { l: ['a', 'b'] }, '1:A 2:B '],
  ['{% if n > 1 %}many{% else %}one{% endif %}', { n: 2 }, 'many'],
  ['{{ l | where: "ok" | map: "id" | join: "," }}', { l: [{ id: 1, ok: true }, { id: 2 }] }, '1'],
  ['{{ missing.x }}|{{ n }}', { n: null }, '|'],
  ['{{ d | date: "%Y-%m-%d" }}', { d: '2026-03-01T12:00:00Z' }, '2026-03-01'],
  ['{{ a }}', { a: { b: 1 } }, '{\n  "b": 1\n}'],
  ['{{ l }}', { l: ['a', 'b'] }, 'a\nb'],
  ['{{ yes }} {{ n }}', { yes: true, n: 1.5 }, 'true 1.5'],
  ['{{ "{{ a }}" }}', { a: 'x' }, '{{ a }}'],
])('%s', (source, values, expected) => expect(render(source, values)).toBe(expected));

test('values are put in and never read as a template again', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('{{', '}}', '{%', '%}', ' a ', '|', 'if', '\n', '$&')), (parts) => {
      const text = parts.join('');
      expect(render('<{{ a }}>', { a: text })).toBe(`<${text}>`);
    }),
  );
});

describe('nothing but the values can be reached', () => {
  test.each([
    '{{ a.constructor }}',
    '{{ a.constructor.constructor }}',
    '{{ a.__proto__ }}',
    '{{ a["__proto__"] }}',
    '{{ constructor }}',
    '{{ __proto__ }}',
    '{{ toString }}',
    '{{ process }}',
    '{{ globalThis }}',
    '{{ l.map }}',
    '{{ s.constructor }}',
    '{{ a | map: "constructor" }}',
  ])('%s is empty', (source) => expect(render(source, { a: { x: 1 }, l: [1], s: 'x' })).toBe(''));

  test.each(['include', 'render', 'layout'])('there is no %s', (tag) => {
    expect(failing(`{% ${tag} "/etc/passwd" %}`)).toMatchObject({ reason: 'bad_liquid', params: { problem: `tag "${tag}" not found` } });
  });
});

describe('what takes too much is stopped', () => {
  const items = Array.from({ length: 2_000 }, (_, index) => index);

  test.each<[string, string, Record<string, Json>]>([
    ['a loop of a hundred million', '{% for i in (1..100000000) %}x{% endfor %}', {}],
    ['loops in loops over a range', '{% for i in (1..10000) %}{% for j in (1..10000) %}x{% endfor %}{% endfor %}', {}],
    ['loops in loops over a list', '{% for i in l %}{% for j in l %}{% for k in l %}{% endfor %}{% endfor %}{% endfor %}', { l: items }],
    ['a text that doubles', '{% assign a = "xxxxxxxxxx" %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}', {}],
    ['a replacement that grows', '{{ s | replace: "", "yyyyyyyyyyyyyyyyyyyyyyyy" }}', { s: 'x'.repeat(3_000_000) }],
    ['a list that doubles', '{% assign a = l %}{% for i in (1..40) %}{% assign a = a | concat: a %}{% endfor %}', { l: items }],
  ])('%s', (_name, source, values) => {
    expect(failing(source, values)).toMatchObject({ errorClass: 'invalid_input', reason: 'liquid_too_much', params: { line: 1 } });
  });

  test('output over the limit is refused', () => {
    expect(failing('{{ s }}{{ s }}{{ s }}', { s: 'x'.repeat(4_000_000) })).toMatchObject({ reason: 'text_too_long' });
  });

  test.each(['%10000000d', `%${'Y'.repeat(200)}`])('a date in the form %s', (form) => {
    expect(failing(`{{ "2026-01-01" | date: "${form}" }}`)).toMatchObject({ reason: 'bad_liquid' });
  });

  test.each([
    ['{% if a %}'.repeat(9_000)],
    ['{{ a'.repeat(20_000)],
    ['{%'.repeat(40_000)],
    [`{{ ${'a['.repeat(20_000)} }}`],
    ['x'.repeat(100_001)],
  ])('sources that mean harm (%#)', (source) => expect(failing(source)).toMatchObject({ errorClass: 'invalid_input' }));
});

test('what cannot be read is told with its place', () => {
  expect(liquidFault('fine {{ a }}')).toBeUndefined();
  expect(liquidFault('a\n{% nope %}')).toMatchObject({
    problem: 'tag "nope" not found',
    'problem:zh-Hans': '没有名为“nope”的标签',
    line: 2,
    column: 1,
  });
  expect(liquidFault('{{ a | nosuch }}')).toMatchObject({ problem: 'undefined filter: nosuch', line: 1 });
  expect(liquidFault('{% for a in b %}')).toMatchObject({ problem: expect.stringContaining('not closed') });
  expect(liquidFault('{% if %}')).toMatchObject({ line: 1 });
});

test('no text makes it throw anything but a failure of the step', () => {
  const word = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    ' a ',
    ' for ',
    ' in ',
    '|',
    ' if ',
    ' endif ',
    '.',
    '"',
    ':',
    ' assign ',
    '=',
    '(1..3)',
    ' endfor ',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 15 }), fc.jsonValue(), (words, value) => {
      const result = failing(words.join(''), { a: value as Json });
      if (typeof result !== 'string') expect(result).toMatchObject({ errorClass: 'invalid_input' });
    }),
  );
});

import type { Json } from '@patchbay/flow';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { StepError } from './step-error.ts';
import { chipsOf, chipValue, parseTemplate, renderTemplate, templateOutputLimit, valueToText } from './template.ts';

const render = (text: string, values: Record<string, Json> = {}) => renderTemplate(parseTemplate(text), values);
const chips = (text: string) =>
  chipsOf(parseTemplate(text)).map(({ port, path, optional }) => [port, ...path, ...(optional ? ['?'] : [])].join(' '));

test('values are inserted where their chips stand', () => {
  expect(render('Hello {{name}}, {{ name }}!', { name: 'Ada' })).toBe('Hello Ada, Ada!');
  expect(render('{{a}}{{b}}', { a: 1, b: true })).toBe('1true');
  expect(
    render('{{ticket.customer.name}} bought {{ticket.items[1].sku}}', {
      ticket: { customer: { name: 'Ada' }, items: [{}, { sku: 'X7' }] },
    }),
  ).toBe('Ada bought X7');
  expect(render('你好，{{ticket.客户}}', { ticket: { 客户: '艾达' } })).toBe('你好，艾达');
});

test('chips are read with path and question mark', () => {
  expect(chips('{{a}} {{b.c[0].d-e}} {{f?}} {{ g.h? }}')).toEqual(['a', 'b c 0 d-e', 'f ?', 'g h ?']);
  expect(parseTemplate('x{{a}}y').parts[1]).toEqual({ port: 'a', path: [], optional: false, start: 1, end: 6 });
});

test.each([
  '{{}}',
  '{{A}}',
  '{{a b}}',
  '{{a.}}',
  '{{a[b]}}',
  '{{a',
  '{a}',
  '{% if a %}',
  '{{#a}}',
  '{{a|upper}}',
  '{{a()}}',
  '{{"a"}}',
  '{{ }}',
  '{{a??}}',
])('%s is text', (text) => {
  expect(chips(text)).toEqual([]);
  expect(render(text, { a: 'value' })).toBe(text);
});

test('a backslash makes braces literal', () => {
  expect(render('\\{{a}} is {{a}}', { a: 'x' })).toBe('{{a}} is x');
  expect(render('\\{{', {})).toBe('{{');
  expect(render('\\\\{{a}}', { a: 'x' })).toBe('\\{{a}}');
  expect(render('{{{a}}}', { a: 'x' })).toBe('{x}');
  expect(render('C:\\dir {{a}}', { a: 'x' })).toBe('C:\\dir x');
});

test('null reads as empty, structures as JSON, plain lists by lines', () => {
  expect(render('[{{a}}]', { a: null })).toBe('[]');
  expect(render('[{{a.b.c}}]', { a: null })).toBe('[]');
  expect(valueToText({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(valueToText(['a', 1, null, true])).toBe('a\n1\n\ntrue');
  expect(valueToText([{ a: 1 }])).toBe('[\n  {\n    "a": 1\n  }\n]');
  expect(valueToText([])).toBe('');
});

test('what is not there fails with the nearest key, unless the chip is optional', () => {
  const values = { ticket: { customer: 'Ada' } };
  let thrown: unknown;
  try {
    render('{{ticket.custmer}}', values);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(StepError);
  expect(thrown).toMatchObject({
    errorClass: 'invalid_input',
    reason: 'path_missing',
    params: { port: 'ticket', path: 'custmer', nearest: 'customer' },
  });
  expect(render('[{{ticket.custmer?}}]', values)).toBe('[]');
  expect(() => render('{{a.b}}', { a: 'text' })).toThrow('path_missing');
});

test('only own properties can be read', () => {
  for (const path of ['constructor', '__proto__', 'toString', 'constructor.constructor', 'length']) {
    expect(render(`[{{a.${path}?}}]`, { a: {} })).toBe('[]');
    expect(() => render(`{{a.${path}}}`, { a: {} })).toThrow('path_missing');
  }
  expect(render('[{{constructor?}}]')).toBe('[]');
  expect(
    chipValue({ port: 'a', path: ['constructor'], optional: false, start: 0, end: 0 }, { a: JSON.parse('{"constructor":"mine"}') }),
  ).toBe('mine');
});

test('inserted values are never read again', () => {
  const scraps = fc.constantFrom('{{a}}', '{{b}}', '{{', '}}', '\\{{', '{%', 'x', ' ', '$&', '$1');
  const text = fc.array(scraps, { maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(render('<{{a}}|{{b}}>', { a, b })).toBe(`<${a}|${b}>`);
    }),
  );
});

test('a text without chips is itself, and any text can be written so that it is', () => {
  const text = fc
    .array(fc.constantFrom('{', '}', '{{', '}}', 'a', '.', '[0]', '?', ' ', '\\', '{{a}}', '语'), { maxLength: 20 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (source) => {
      const template = parseTemplate(source);
      if (template.parts.every((part) => typeof part === 'string') && !source.includes('\\{{')) expect(render(source)).toBe(source);
      // Escaping every pair of braces makes any text without backslashes literal.
      const plain = source.replaceAll('\\', '/').replaceAll('{{{', '{ {{');
      expect(render(plain.replaceAll('{{', '\\{{'), { a: 'value' })).toBe(plain);
    }),
    { numRuns: 500 },
  );
});

test('parts and chips together are the source', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('{{a}}', '{{b.c?}}', 'text ', '{{no', '}}', '\n'), { maxLength: 12 }), (parts) => {
      const source = parts.join('');
      let rebuilt = '';
      for (const part of parseTemplate(source).parts) rebuilt += typeof part === 'string' ? part : source.slice(part.start, part.end);
      expect(rebuilt).toBe(source);
    }),
  );
});

test('a text that grows beyond the limit fails before it is made', () => {
  const big = 'x'.repeat(1024 * 1024);
  expect(render('{{a}}'.repeat(8), { a: big }).length).toBe(templateOutputLimit);
  expect(() => render('{{a}}'.repeat(9), { a: big })).toThrow('text_too_long');
});

test('hostile texts of a megabyte are read in one pass', () => {
  for (const piece of ['{{', '{{a', '{{ ', '{{a.b', '{{a[', '\\{{', '{{a.a.a.a.a.a']) {
    const source = piece.repeat(Math.floor(1_000_000 / piece.length));
    expect(parseTemplate(source).parts.length).toBe(1);
  }
  expect(chipsOf(parseTemplate(`{{a${'.b'.repeat(32)}}}`)).length).toBe(1);
  expect(chipsOf(parseTemplate(`{{a${'.b'.repeat(33)}}}`)).length).toBe(0);
});

import type { Json } from '@patchbay/flow';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { chipPorts, chipTexts, collectChips, configSchema, fillChips } from './chips.ts';
import { defineNode } from './definition.ts';
import { field } from './field.ts';

const title = { title: { en: 'x', 'zh-Hans': 'x' } };
const node = defineNode({
  type: 'everything',
  version: 1,
  category: 'text',
  icon: 'x',
  repeatable: true,
  examples: [],
  words: { title: { en: 'x', 'zh-Hans': 'x' }, summary: { en: 'x', 'zh-Hans': 'x' }, synonyms: [] },
  config: z.strictObject({
    line: field.text(title),
    name: field.plain(title),
    mode: field.choice(
      {
        ...title,
        options: [
          { value: 'a', title: title.title },
          { value: 'b', title: title.title },
        ],
      },
      'a',
    ),
    hidden: field.text({ ...title, showIf: { field: 'mode', in: ['b'] } }),
    address: field.text({ ...title, escape: 'url' }),
    header: field.text({ ...title, escape: 'header' }),
    body: field.json(title, null),
    rows: field.list(title, z.strictObject({ text: field.longText(title) }), []),
  }),
  ports: { inputs: [], outputs: [] },
  run: () => ({}),
});
const read = (config: Record<string, Json>) => collectChips(node, node.config.parse(config));
const fill = (config: Record<string, Json>, values: Record<string, Json>) => {
  const parsed = node.config.parse(config);
  return fillChips(parsed, collectChips(node, parsed), values);
};

test('chips are found in every text that takes them, and in no other', () => {
  const slots = read({
    line: '{{a}}',
    name: '{{b}}',
    body: { deep: ['x', '{{c}}'], '{{d}}': 1 },
    rows: [{ text: 'plain' }, { text: '{{e}}' }],
  });
  expect(slots.map((slot) => slot.path.join('/'))).toEqual(['line', 'body/deep/1', 'rows/1/text']);
  expect(chipTexts(node, node.config.parse({ body: { a: 'x' } })).map(({ path }) => path.join('/'))).toEqual([
    'line',
    'address',
    'header',
    'body/a',
  ]);
});

test('a hidden field asks for nothing', () => {
  expect(read({ hidden: '{{a}}' })).toEqual([]);
  expect(read({ hidden: '{{a}}', mode: 'b' }).length).toBe(1);
});

test('one port per name, required unless every chip of it is optional', () => {
  expect(chipPorts(read({ line: '{{a?}} {{b?}}', address: '{{b}}' }))).toEqual([
    { id: 'a', title: 'a', type: 'any', required: false, chip: true },
    { id: 'b', title: 'b', type: 'any', required: true, chip: true },
  ]);
});

test('a leaf of JSON that is exactly one chip keeps the type of its value', () => {
  const values = { a: { x: [1] }, b: 2 };
  expect(fill({ body: { whole: '{{a}}', number: '{{b}}', text: 'n={{b}}', inside: '{{a.x}}' } }, values)['body']).toEqual({
    whole: { x: [1] },
    number: 2,
    text: 'n=2',
    inside: [1],
  });
  expect(fill({ line: '{{b}}' }, values)['line']).toBe('2');
});

test('filling leaves the given config as it was and copies no more than it must', () => {
  const config = node.config.parse({ line: '{{a}}', body: { list: ['{{a}}', { b: '{{a}}' }], same: { x: 1 } } });
  const before = structuredClone(config);
  const filled = fillChips(config, collectChips(node, config), { a: 'A' });
  expect(config).toEqual(before);
  expect(filled).toEqual({ ...before, line: 'A', body: { list: ['A', { b: 'A' }], same: { x: 1 } } });
  expect((filled['body'] as Record<string, Json>)['same']).toBe((config['body'] as Record<string, Json>)['same']);
  expect(filled['rows']).toBe(config['rows']);
  expect(fillChips(config, [], { a: 'A' })).toBe(config);
});

test('values in an address are one part of it, a header takes no line break', () => {
  expect(fill({ address: 'https://x.test/{{a}}' }, { a: '../q?x=1&y=ä' })['address']).toBe('https://x.test/..%2Fq%3Fx%3D1%26y%3D%C3%A4');
  expect(fill({ address: '{{a}}' }, { a: 'lone \ud800' })['address']).toBe('lone%20%EF%BF%BD');
  expect(fill({ header: 'Bearer {{a}}' }, { a: 'abc' })['header']).toBe('Bearer abc');
  expect(() => fill({ header: '{{a}}' }, { a: 'x\r\nEvil: 1' })).toThrow('header_line_break');
});

test('a text with an escape alone is rendered once too', () => {
  expect(fill({ line: '\\{{a}}' }, {})['line']).toBe('{{a}}');
});

test('no prototype is written to or read', () => {
  const body = JSON.parse('{"__proto__": {"x": "{{a}}"}, "constructor": "{{a}}"}');
  const config = { ...node.config.parse({}), body };
  const slots = collectChips(node, config);
  expect(slots.map((slot) => slot.path.join('/'))).toEqual(['body/constructor']);
  fillChips(config, slots, { a: 'A' });
  expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
});

test('the schema carries how fields look', () => {
  expect(configSchema(node)).toMatchObject({
    type: 'object',
    properties: { line: { type: 'string', ui: { widget: 'text', chips: true } } },
  });
  expect(configSchema(node)).toBe(configSchema(node));
});

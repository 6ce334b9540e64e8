import { expect, test } from 'vitest';
import * as z from 'zod';
import type { ConfigSchema } from './chips.ts';
import { field, jsonField, optionalJsonField } from './field.ts';

const title = { en: 'Title', 'zh-Hans': '标题' };
const ui = { title };
const choices = [
  { value: 'a', title },
  { value: 'b', title },
] as const;

const config = z.strictObject({
  text: field.text(ui, 'hello'),
  longText: field.longText(ui),
  plain: field.plain(ui),
  number: field.number({ ...ui, min: 1, max: 5 }, 3),
  maybe: field.optionalNumber({ ...ui, min: 0 }),
  toggle: field.toggle(ui, true),
  choice: field.choice({ ...ui, options: [...choices] }, 'b'),
  model: field.model(ui),
  language: field.language(ui, 'en'),
  json: field.json(ui, { a: [1] }),
  list: field.list(ui, z.strictObject({ id: field.id(ui), name: field.plain(ui, 'x') }), [{ id: 'one' }]),
  anything: jsonField(ui),
  schema: optionalJsonField(ui),
});
const properties = (z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }) as ConfigSchema).properties ?? {};
const refused = (value: Record<string, unknown>) => !config.safeParse(value).success;

test('every config parses from nothing, with its defaults', () => {
  expect(config.parse({})).toEqual({
    text: 'hello',
    longText: '',
    plain: '',
    number: 3,
    toggle: true,
    choice: 'b',
    model: 'auto',
    language: 'en',
    json: { a: [1] },
    list: [{ id: 'one', name: 'x' }],
    anything: null,
  });
});

test('defaults are not shared between configs', () => {
  const [first, second] = [config.parse({}), config.parse({})];
  first.list.push({ id: 'two', name: '' });
  expect(second.list.length).toBe(1);
});

test('how a field looks travels in the JSON Schema', () => {
  const widgets = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, schema.ui?.widget]));
  expect(widgets).toEqual({
    text: 'text',
    longText: 'long-text',
    plain: 'text',
    number: 'number',
    maybe: 'number',
    toggle: 'toggle',
    choice: 'choice',
    model: 'model',
    language: 'language',
    json: 'json',
    list: 'list',
    anything: 'json',
    schema: 'json',
  });
  expect(properties['choice']).toMatchObject({ enum: ['a', 'b'], default: 'b' });
  expect(properties['number']).toMatchObject({ minimum: 1, maximum: 5, default: 3 });
  expect(properties['list']?.items?.properties?.['id']).toMatchObject({ type: 'string', ui: { widget: 'id' } });
});

test('chips stand in texts and JSON, not in names, models and schemas', () => {
  const withChips = Object.entries(properties)
    .filter(([, schema]) => schema.ui?.chips === true)
    .map(([name]) => name);
  expect(withChips).toEqual(['text', 'longText', 'json']);
  const off = z.toJSONSchema(z.object({ note: field.longText({ ...ui, chips: false }) }), { io: 'input' }) as ConfigSchema;
  expect(off.properties?.['note']?.ui?.chips).toBe(false);
});

test.each<[string, Record<string, unknown>]>([
  ['a number out of range', { number: 6 }],
  ['a number that is none', { number: Number.NaN }],
  ['an option that is none', { choice: 'c' }],
  ['an id with capitals', { list: [{ id: 'One' }] }],
  ['an id that is too long', { list: [{ id: 'x'.repeat(41) }] }],
  ['a field nobody knows', { colour: 'red' }],
  ['a value JSON cannot carry', { json: { at: new Date() } }],
  ['a line longer than any', { text: 'x'.repeat(100_001) }],
  ['a name longer than any', { plain: 'x'.repeat(20_001) }],
  ['a model longer than any', { model: 'x'.repeat(201) }],
  ['a list longer than any', { list: Array.from({ length: 1_001 }, () => ({ id: 'a' })) }],
])('refuses %s', (_, value) => {
  expect(refused(value)).toBe(true);
});

test('JSON may hold anything JSON can, constructor included', () => {
  const value = JSON.parse('{"constructor": {"deep": [null, true, 1.5, "x"]}}');
  expect(config.parse({ json: value, anything: value, schema: value })).toMatchObject({ json: value, anything: value, schema: value });
});

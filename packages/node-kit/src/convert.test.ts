import { expect, test } from 'vitest';
import { type Conversion, conversion, conversionWords, convert, edgeConversion, ruleFits } from './convert.ts';
import { baseTypes, isPortType, type PortType } from './port-type.ts';

const all = baseTypes.flatMap((type): PortType[] => [type, `${type}[]`]);
/** What may go into a type, by what is done to it. */
const into = (to: PortType) => all.flatMap((from) => (conversion(from, to) === null ? [] : [`${from} ${conversion(from, to)}`]));

test('the whole table of what may be wired to what', () => {
  expect(into('text')).toEqual([
    'text same',
    'text[] list-to-text',
    'number value-to-text',
    'number[] list-to-text',
    'boolean value-to-text',
    'boolean[] list-to-text',
    'choice value-to-text',
    'choice[] list-to-text',
    'data data-to-text',
    'data[] list-to-text',
    'any value-to-text',
    'any[] list-to-text',
  ]);
  expect(into('number')).toEqual(['number same', 'any same']);
  expect(into('boolean')).toEqual(['boolean same', 'any same']);
  expect(into('choice')).toEqual(['text same', 'choice same', 'any same']);
  expect(into('image')).toEqual(['image same', 'any same']);
  expect(into('chat')).toEqual(['text text-to-chat', 'chat same', 'any same']);
  expect(into('file')).toEqual(['image same', 'audio same', 'video same', 'file same', 'any same']);
  expect(into('data')).toContain('text text-to-data');
  expect(into('data').some((line) => /^(image|audio|video|file) /.test(line))).toBe(false);
  expect(into('any').every((line) => line.endsWith(' same'))).toBe(true);
  expect(into('number[]')).toEqual(['number wrap-list', 'number[] same', 'any same', 'any[] same']);
});

test('every type goes into itself and into anything', () => {
  for (const type of all) {
    expect(conversion(type, type)).toBe('same');
    expect(conversion(type, 'any')).toBe('same');
    expect(isPortType(type)).toBe(true);
  }
  expect(isPortType('text[][]')).toBe(false);
});

test('values become what the rule says; null stays null', () => {
  expect(convert('value-to-text', 3.5)).toBe('3.5');
  expect(convert('value-to-text', 'a text')).toBe('a text');
  expect(convert('list-to-text', ['a', 2])).toBe('a\n2');
  expect(convert('data-to-text', { a: 1 })).toBe('{\n  "a": 1\n}');
  expect(convert('text-to-data', '{"a":[1]}')).toEqual({ a: [1] });
  expect(convert('wrap-list', 'a')).toEqual(['a']);
  expect(convert('text-to-chat', 'Hi')).toEqual([{ role: 'user', content: 'Hi' }]);
  for (const rule of [...Object.keys(conversionWords), 'same'] as Conversion[]) expect(convert(rule, null)).toBeNull();
});

test('a text that is no JSON fails with its beginning', () => {
  expect(() => convert('text-to-data', 'not json')).toThrow('not_json');
  try {
    convert('text-to-data', 'x'.repeat(1_000));
  } catch (error) {
    expect(error).toMatchObject({ errorClass: 'invalid_input', params: { start: 'x'.repeat(80) } });
  }
});

test('rules for several edges judge each edge by itself', () => {
  expect(edgeConversion('number', 'text[]', 'list')).toBe('value-to-text');
  expect(edgeConversion('text[]', 'text[]', 'list')).toBe('list-to-text');
  expect(edgeConversion('image', 'text[]', 'list')).toBeNull();
  expect(edgeConversion('image', 'text', 'text')).toBeNull();
  expect(edgeConversion('number', 'text', 'first')).toBe('value-to-text');
  expect(edgeConversion('number', 'text', undefined)).toBe('value-to-text');
});

test('a rule fits a port when what it makes does', () => {
  expect(ruleFits('first', 'image')).toBe(true);
  expect(ruleFits('list', 'number[]')).toBe(true);
  expect(ruleFits('list', 'text')).toBe(true);
  expect(ruleFits('list', 'number')).toBe(false);
  expect(ruleFits('text', 'chat')).toBe(true);
  expect(ruleFits('text', 'number')).toBe(false);
});

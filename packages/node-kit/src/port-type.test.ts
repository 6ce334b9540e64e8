import { locales } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { labelParams, labelText, typeParams, typeWords } from './label.ts';
import { baseTypes, families, family, fieldTypeWords, isList, isPortType, itemType } from './port-type.ts';

test('a type and its list', () => {
  expect(isList('text')).toBe(false);
  expect(isList('text[]')).toBe(true);
  expect(itemType('image[]')).toBe('image');
  expect(itemType('image')).toBe('image');
});

test('every type belongs to one of six families', () => {
  expect(new Set(baseTypes.map((type) => family(type)))).toEqual(new Set(families));
  expect(family('video[]')).toBe('media');
  expect(['number', 'boolean', 'choice'].map((type) => isPortType(type) && family(type))).toEqual(['value', 'value', 'value']);
});

test.each(['', '[]', 'Text', 'text[][]', 'constructor', 'toString[]', 'text []'])('%j is no type', (text) => {
  expect(isPortType(text)).toBe(false);
});

test('every type has a name of its own in every language', () => {
  for (const locale of locales) {
    const names = baseTypes.flatMap((type) => [typeWords(type)[locale], typeWords(`${type}[]`)[locale]]);
    expect(new Set(names).size).toBe(2 * baseTypes.length);
  }
  expect(fieldTypeWords.boolean.en).toBe('yes/no');
});

test('labels and types go into problems in all languages at once', () => {
  expect(labelParams('port', 'reply', '回复')).toEqual({ port: 'reply', 'port:en': '回复', 'port:zh-Hans': '回复' });
  expect(typeParams('from', 'text[]')).toEqual({ from: 'text[]', 'from:en': 'list of text', 'from:zh-Hans': '文本列表' });
  expect(labelText('回复', 'en')).toBe('回复');
});

import { expect, test } from 'vitest';
import { canName, chipNames, chipsIn, chipToken, insideJsonString, rewriteChips, splice, triggerBefore } from './chip-text.ts';

test('a chip is written as it is read', () => {
  for (const [port, path, optional] of [
    ['ticket', [], false],
    ['ticket', ['customer', 'name'], false],
    ['rows', [0, '标题'], true],
  ] as const) {
    const [chip] = chipsIn(`a ${chipToken(port, path, optional)} b`);
    expect(chip).toMatchObject({ port, path, optional, start: 2 });
  }
  expect(chipNames('{{a}} {{b.c}} {{a?}} \\{{d}} {{ not one }}')).toEqual(new Set(['a', 'b']));
});

test('keys a chip cannot hold are known', () => {
  expect(['name', '名称', 'a-b', '_x', 0].every(canName)).toBe(true);
  expect(['a b', '1st', '', 'x.y', -1].some(canName)).toBe(false);
});

test('two braces or a slash at the caret ask for a value', () => {
  expect(triggerBefore('Translate {{', 12)).toEqual({ from: 10, queryFrom: 12, query: '' });
  expect(triggerBefore('Translate {{pro', 15)).toEqual({ from: 10, queryFrom: 12, query: 'pro' });
  expect(triggerBefore('Translate {{pro and more', 15)).toMatchObject({ query: 'pro' });
  expect(triggerBefore('/', 1)).toEqual({ from: 0, queryFrom: 1, query: '' });
  expect(triggerBefore('翻译/提示', 5)).toEqual({ from: 2, queryFrom: 3, query: '提示' });
  expect(triggerBefore('say: "/na', 9)).toEqual({ from: 6, queryFrom: 7, query: 'na' });
});

test('words, dates, addresses and finished chips ask for nothing', () => {
  for (const text of ['and/or', '24/7', 'https://', 'https://a.b/', '</', '\\{{', '{{done}}', '{ {', 'a / b', '**/', 'x{']) {
    expect(triggerBefore(text, text.length)).toBeNull();
  }
});

test('a piece goes in at its place and the caret stands after it', () => {
  expect(splice('Translate {{pro now', 10, 15, '{{prompt}}')).toEqual({ text: 'Translate {{prompt}} now', caret: 20 });
});

test('all chips of one name are written anew together', () => {
  const text = '{{a}} and {{b}} and {{a.c[0]}}, \\{{a}}';
  expect(rewriteChips(text, 'a', { optional: true })).toBe('{{a?}} and {{b}} and {{a.c[0]?}}, \\{{a}}');
  expect(rewriteChips(text, 'a', { port: 'z' })).toBe('{{z}} and {{b}} and {{z.c[0]}}, \\{{a}}');
  expect(rewriteChips('plain', 'a', { port: 'z' })).toBe('plain');
});

test('places inside and outside of JSON strings are told apart', () => {
  const text = '{"a\\"b": "x", "c": 1}';
  const inside = [...text].map((_, at) => insideJsonString(text, at));
  expect(inside.indexOf(true)).toBe(2);
  expect(insideJsonString(text, text.indexOf(': "x"'))).toBe(false);
  expect(insideJsonString(text, text.indexOf('x'))).toBe(true);
  expect(insideJsonString(text, text.indexOf('1'))).toBe(false);
});

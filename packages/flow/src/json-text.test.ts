import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addPlaces, readJsonText } from './json-text.ts';
import type { Problem } from './problem.ts';
import { arbitraryJson } from './testing/arbitrary-flow.ts';

const limits = { bytes: 1_000_000, depth: 100, keys: 1_000, values: 2_000 };
const read = (text: string) => readJsonText(text, limits);
const codes = (text: string) => read(text).problems.map((problem) => problem.code);

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(arbitraryJson, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
      expect(read(JSON.stringify(value, null, indent))).toEqual({ value, problems: [] });
    }),
  );
});

test('refuses what JSON.parse refuses, on any text', () => {
  const scraps = fc.array(
    fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b\\n"', '1', '-', '0.5e3', 'true', 'null', ' ', '\\', "'", 'NaN'),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(scraps, (parts) => {
      const text = parts.join('');
      const ours = read(text);
      let theirs: { value?: unknown } = {};
      try {
        theirs = { value: JSON.parse(text) };
      } catch {
        expect(ours.problems.at(-1)?.code).toBe('not_json');
        return;
      }
      if (ours.problems.length === 0) expect(ours.value).toEqual(theirs.value);
      else for (const { code } of ours.problems) expect(['duplicate_key', 'number_too_large']).toContain(code);
    }),
    { numRuns: 2_000 },
  );
});

test('escapes, surrogates and a byte order mark are read', () => {
  expect(read('\ufeff"\\u00e9\\ud83d\\ude00\\/\\t"').value).toBe('é😀/\t');
  expect(read('-0').value).toBe(0);
  expect(read('1e-400').value).toBe(0);
});

test('names the line and column of a fault, from 1', () => {
  expect(read('{\n  "a": 1,\n  "b": tru\n}').problems).toEqual([
    { code: 'not_json', severity: 'error', pointer: '/b', params: { line: 3, column: 8 } },
  ]);
  expect(read('{"a": 1} x').problems[0]?.params).toEqual({ line: 1, column: 10 });
  expect(read('').problems[0]?.params).toEqual({ line: 1, column: 1 });
});

test.each([
  '{',
  '[1,]',
  '{"a":1,}',
  '{"a" 1}',
  '{a:1}',
  '"a',
  '"\n"',
  '"\\x"',
  '01',
  '1.',
  '.5',
  '+1',
  "'a'",
  'NaN',
  'undefined',
  '[1 2]',
  '{"a":}',
  '"\\',
])('refuses %s', (text) => {
  expect(codes(text)).toEqual(['not_json']);
  expect(read(text).value).toBeUndefined();
});

test('sees every duplicate key, keeps the first, and goes on', () => {
  const { value, problems } = read('{"a": 1,\n "b": {"x": 1, "x": 2},\n "a": 3}');
  expect(value).toEqual({ a: 1, b: { x: 1 } });
  expect(problems.map(({ code, pointer, params }) => [code, pointer, params])).toEqual([
    ['duplicate_key', '/b/x', { key: 'x', line: 2, column: 16 }],
    ['duplicate_key', '/a', { key: 'a', line: 3, column: 2 }],
  ]);
});

test('constructor is a key like any other, __proto__ is not', () => {
  const { value, problems } = read('{"constructor": 1, "__proto__": {"polluted": true}}');
  expect(value).toEqual({ constructor: 1 });
  expect(problems.map((problem) => problem.code)).toEqual(['forbidden_key']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(codes('{"constructor":1,"constructor":2}')).toEqual(['duplicate_key']);
});

test('a number beyond what a computer holds is named', () => {
  expect(read('[1e999, -1e999]').problems).toMatchObject([
    { code: 'number_too_large', pointer: '/0', params: { number: '1e999' } },
    { code: 'number_too_large', pointer: '/1' },
  ]);
});

test('depth, size, keys and the length of a key are bounded', () => {
  expect(codes('['.repeat(100) + ']'.repeat(100))).toEqual([]);
  expect(codes('['.repeat(101) + ']'.repeat(101))).toEqual(['too_deep']);
  expect(codes('['.repeat(900_000))).toEqual(['too_deep']);
  expect(codes(`"${'x'.repeat(1_000_000)}"`)).toEqual(['too_large']);
  // Bytes count, not characters.
  expect(codes(`"${'码'.repeat(333_333)}"`)).toEqual(['too_large']);
  expect(codes(`"${'码'.repeat(333_332)}"`)).toEqual([]);
  expect(codes(`{${Array.from({ length: 1_001 }, (_, index) => `"k${index}":0`).join(',')}}`)).toEqual(['too_many_keys']);
  expect(codes(`{"${'k'.repeat(1_001)}":0}`)).toEqual(['key_too_long']);
  expect(codes(`[${'0,'.repeat(1_998)}0]`)).toEqual([]);
  expect(codes(`[${'0,'.repeat(1_999)}0]`)).toEqual(['too_many_values']);
});

test('a million faults are not a million problems', () => {
  const text = `{${'"a":1,'.repeat(900)}"b":2}`;
  expect(read(text).problems.length).toBe(100);
});

test('finds the places of values by pointer, or of what is around them', () => {
  const text = '{\n  "a/b": [10,\n    {"c": true}],\n  "d": {}\n}';
  const problem = (pointer: string): Problem => ({ code: 'x', severity: 'error', pointer, params: {} });
  const problems = ['', '/a~1b/1/c', '/d/missing/deep', '/a~1b/0'].map(problem);
  addPlaces(text, limits, problems);
  expect(problems.map((item) => [item.params['line'], item.params['column']])).toEqual([
    [1, 1],
    [3, 11],
    [4, 8],
    [2, 11],
  ]);
});

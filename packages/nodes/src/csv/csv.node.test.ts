import type { Json } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvNode } from './csv.node.ts';
import { guessSeparator, readRows } from './read-csv.ts';
import { writeRows } from './write-csv.ts';

const read = async (text: string, config: Record<string, Json> = {}) => (await runNode(csvNode, { config, inputs: { text } })).outputs;
const write = async (list: Json, config: Record<string, Json> = {}) =>
  (await runNode(csvNode, { config: { operation: 'write', ...config }, inputs: { list } })).outputs['text'];

describe('rows', () => {
  test.each<[string, string[][]]>([
    ['', []],
    ['a', [['a']]],
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\rb', [['a'], ['b']]],
    [
      'a,\n,b',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['a,', [['a', '']]],
    [',', [['', '']]],
    ['"a,""b""\n c"', [['a,"b"\n c']]],
    ['""', [['']]],
    ['"",x', [['', 'x']]],
    ['a\n\n\nb\n', [['a'], ['b']]],
    ['\uFEFFa,b', [['a', 'b']]],
    [' a , "b"', [[' a ', ' "b"']]],
    ['a"b,c', [['a"b', 'c']]],
  ])('%j', (text, rows) => expect(readRows(text, ',')).toEqual(rows));

  test('a quote without an end, and text after one, are told with their row', () => {
    expect(() => readRows('a\n"b\nc', ',')).toThrow(expect.objectContaining({ reason: 'csv_open_quote', params: { row: 2 } }));
    expect(() => readRows('"a"b,c', ',')).toThrow(expect.objectContaining({ reason: 'csv_after_quote', params: { row: 1, text: 'b,c' } }));
  });

  test('a table of too many cells ends early', () => {
    expect(() => readRows(','.repeat(2_000_001), ',')).toThrow(expect.objectContaining({ reason: 'csv_too_many' }));
  });

  test('a million quotes are read once', () => expect(readRows(`"${'""'.repeat(500_000)}"`, ',')[0]?.[0]).toHaveLength(500_000));
});

test.each([
  ['a,b;c,d', ','],
  ['a;b;c,d', ';'],
  ['a\tb', '\t'],
  ['a|b|c', '|'],
  ['"a;b;c",d', ','],
  ['abc', ','],
  ['a;b\n,,,,,', ';'],
])('%j is separated by %j', (text, separator) => expect(guessSeparator(text)).toBe(separator));

test('rows become records by the names of the first', async () => {
  expect(await read('name;city\nAda;\nGrace;Bern;x\n')).toEqual({
    list: [
      { name: 'Ada', city: '' },
      { name: 'Grace', city: 'Bern', column_3: 'x' },
    ],
    columns: ['name', 'city'],
  });
  expect(await read('a,b\n1')).toEqual({ list: [{ a: '1', b: null }], columns: ['a', 'b'] });
  expect(await read('a, a ,\n1,2,3')).toEqual({ list: [{ a: '1', a_2: '2', column_3: '3' }], columns: ['a', 'a_2', 'column_3'] });
  expect(await read('a,b', { header: false })).toEqual({ list: [['a', 'b']], columns: [] });
  expect(await read('')).toEqual({ list: [], columns: [] });
});

test('numbers are numbers where asked for, and codes stay texts', async () => {
  expect(await read('n\n1\n-2.5\n007\n1e3\n1.\n12345678901234567', { numbers: true })).toMatchObject({
    list: [1, -2.5, '007', '1e3', '1.', '12345678901234567'].map((n) => ({ n })),
  });
  expect(await read('n\n1')).toMatchObject({ list: [{ n: '1' }] });
});

test('a column called __proto__ is a column like others', async () => {
  const { list } = await read('__proto__,b\nx,1');
  expect(Object.getPrototypeOf((list as object[])[0])).toBe(Object.prototype);
  expect(JSON.stringify(list)).toBe('[{"__proto__":"x","b":"1"}]');
});

test('writes records, lists and single values', async () => {
  expect(await write([{ a: 1 }, { b: true }, { a: null, b: { c: 1 } }])).toBe('a,b\r\n1,\r\n,true\r\n,"{\n  ""c"": 1\n}"\r\n');
  expect(await write([['x', 'y;z'], [1]], { separator: 'semicolon' })).toBe('x;"y;z"\r\n1\r\n');
  expect(await write([1, null])).toBe('1\r\n""\r\n');
  expect(await write([{ a: 1 }], { header: false })).toBe('1\r\n');
  expect(await write([])).toBe('');
  await expect(write({ a: 1 })).rejects.toMatchObject({ reason: 'not_a_list' });
});

test('formulas are disarmed where asked for', async () => {
  const list = [{ a: '=1+1', b: '-x', c: -5, d: 'x' }];
  expect(await write(list, { guard: true, header: false })).toBe("'=1+1,'-x,-5,x\r\n");
  expect(await write(list, { header: false })).toBe('=1+1,-x,-5,x\r\n');
});

test('what is written is read the same', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', ' ', '\uFEFF', '\t') }),
  );
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t'), (rows, separator) => {
      expect(readRows(writeRows(rows, { separator, header: false, guard: false }), separator)).toEqual(rows);
    }),
  );
});

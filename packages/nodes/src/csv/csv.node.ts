import { defineNode, field, type InputPort, type Json, type OutputPort, type Outputs, valueToText } from '@patchbay/node-kit';
import * as z from 'zod';
import { numberIn } from '../conditions/number-in.ts';
import { readList } from '../read-list.ts';
import { guessSeparator, readRows } from './read-csv.ts';
import { writeRows } from './write-csv.ts';

const config = z.strictObject({
  operation: field.choice(
    {
      title: { en: 'What to do', 'zh-Hans': '操作' },
      options: [
        { value: 'read', title: { en: 'Read a table', 'zh-Hans': '读取表格' } },
        { value: 'write', title: { en: 'Write a table', 'zh-Hans': '写出表格' } },
      ],
    },
    'read',
  ),
  separator: field.choice(
    {
      title: { en: 'Between the values', 'zh-Hans': '分隔符' },
      options: [
        { value: 'auto', title: { en: 'find out (writes commas)', 'zh-Hans': '自动（写出时用逗号）' } },
        { value: 'comma', title: { en: 'comma', 'zh-Hans': '逗号' } },
        { value: 'semicolon', title: { en: 'semicolon', 'zh-Hans': '分号' } },
        { value: 'tab', title: { en: 'tab', 'zh-Hans': '制表符' } },
      ],
    },
    'auto',
  ),
  header: field.toggle({ title: { en: 'The first row names the columns', 'zh-Hans': '首行是列名' } }, true),
  numbers: field.toggle(
    {
      title: { en: 'Read numbers as numbers', 'zh-Hans': '把数字读作数字' },
      help: { en: 'Numbers with a leading zero stay text.', 'zh-Hans': '以 0 开头的编号仍为文本。' },
      showIf: { field: 'operation', in: ['read'] },
    },
    false,
  ),
  guard: field.toggle(
    {
      title: { en: 'Disarm formulas', 'zh-Hans': '防止被当作公式' },
      help: {
        en: 'Puts an apostrophe before texts that a spreadsheet would run as a formula.',
        'zh-Hans': '在会被电子表格当作公式执行的文本前加撇号。',
      },
      showIf: { field: 'operation', in: ['write'] },
      advanced: true,
    },
    false,
  ),
});
type Config = z.output<typeof config>;

const signs: Record<Exclude<Config['separator'], 'auto'>, string> = { comma: ',', semicolon: ';', tab: '\t' };

const textIn: InputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true };
const listIn: InputPort = { id: 'list', title: { en: 'List', 'zh-Hans': '列表' }, type: 'data', required: true };
const listOut: OutputPort = { id: 'list', title: { en: 'List', 'zh-Hans': '列表' }, type: 'data[]' };
const columnsOut: OutputPort = { id: 'columns', title: { en: 'Columns', 'zh-Hans': '列名' }, type: 'text[]' };
const textOut: OutputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' };

export const csvNode = defineNode({
  type: 'csv',
  version: 1,
  category: 'data',
  icon: 'table',
  words: {
    title: { en: 'Table (CSV)', 'zh-Hans': '表格（CSV）' },
    summary: { en: 'Reads a table from text, or writes a list as one.', 'zh-Hans': '从文本读取表格，或把列表写成表格。' },
    synonyms: ['CSV', 'TSV', 'spreadsheet', 'Excel', 'rows', 'columns', 'export', '电子表格', '行', '列', '导出', '逗号分隔'],
  },
  config,
  ports: ({ operation }) =>
    operation === 'read' ? { inputs: [textIn], outputs: [listOut, columnsOut] } : { inputs: [listIn], outputs: [textOut] },
  essence: ({ separator }) => (separator === 'auto' ? '' : separator === 'tab' ? '⇥' : signs[separator]),
  repeatable: true,
  examples: [
    {
      name: { en: 'Read a table', 'zh-Hans': '读取表格' },
      config: { numbers: true },
      inputs: { text: 'name,age\nAda,36\n"Hopper, Grace",85\n' },
      outputs: {
        list: [
          { name: 'Ada', age: 36 },
          { name: 'Hopper, Grace', age: 85 },
        ],
        columns: ['name', 'age'],
      },
    },
    {
      name: { en: 'Write a table', 'zh-Hans': '写出表格' },
      config: { operation: 'write' },
      inputs: { list: [{ name: 'Ada' }, { name: 'Grace "Amazing" Hopper', age: 85 }] },
      outputs: { text: 'name,age\r\nAda,\r\n"Grace ""Amazing"" Hopper",85\r\n' },
    },
  ],
  run({ config: { operation, separator, header, numbers, guard }, inputs }): Outputs {
    if (operation === 'write') {
      const options = { separator: separator === 'auto' ? ',' : signs[separator], header, guard };
      return { text: writeRows(readList(inputs['list'], 'list'), options) };
    }
    const text = valueToText(inputs['text'] as Json);
    const rows = readRows(text, separator === 'auto' ? guessSeparator(text) : signs[separator]);
    const values = numbers ? (header ? rows.slice(1) : rows).map((row) => row.map(withNumber)) : header ? rows.slice(1) : rows;
    if (!header) return { list: values, columns: [] };
    const columns = nameColumns(rows[0] ?? []);
    return { list: values.map((row) => recordOf(columns, row)), columns };
  },
});

/** Columns without a name are counted; a name that comes twice is told apart by a number. */
function nameColumns(row: readonly string[]): string[] {
  const taken = new Set<string>();
  return row.map((cell, index) => {
    const wanted = cell.trim() === '' ? `column_${index + 1}` : cell.trim();
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  });
}

/** Values beyond the last column are named as columns without a name are; what a short row lacks is nothing. */
function recordOf(columns: readonly string[], row: readonly Json[]): Json {
  const length = Math.max(columns.length, row.length);
  const named = Array.from({ length }, (_, index): [string, Json] => [columns[index] ?? `column_${index + 1}`, row[index] ?? null]);
  return Object.fromEntries(named);
}

const withNumber = (cell: string): Json => (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(cell) ? (numberIn(cell) ?? cell) : cell);

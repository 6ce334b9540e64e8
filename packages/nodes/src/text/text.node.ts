import { defineNode, field, type InputPort, type Json, type OutputPort, valueToText } from '@patchbay/node-kit';
import * as z from 'zod';

const operations = [
  { value: 'template', title: { en: 'Template', 'zh-Hans': '模板' } },
  { value: 'join', title: { en: 'Join', 'zh-Hans': '合并' } },
  { value: 'split', title: { en: 'Split', 'zh-Hans': '拆分' } },
  { value: 'replace', title: { en: 'Replace', 'zh-Hans': '替换' } },
  { value: 'trim', title: { en: 'Trim', 'zh-Hans': '去除首尾空白' } },
  { value: 'upper', title: { en: 'Upper case', 'zh-Hans': '转为大写' } },
  { value: 'lower', title: { en: 'Lower case', 'zh-Hans': '转为小写' } },
  { value: 'shorten', title: { en: 'Shorten', 'zh-Hans': '截短' } },
] as const;
type Operation = (typeof operations)[number]['value'];

const config = z.strictObject({
  operation: field.choice({ title: { en: 'What to do', 'zh-Hans': '操作' }, options: operations.map((item) => ({ ...item })) }, 'template'),
  template: field.longText({
    title: { en: 'Text', 'zh-Hans': '文本' },
    placeholder: { en: 'Write a text. Type {{ to insert a value.', 'zh-Hans': '写一段文本。输入 {{ 插入变量。' },
    showIf: { field: 'operation', in: ['template'] },
  }),
  separator: field.choice(
    {
      title: { en: 'Between the parts', 'zh-Hans': '分隔符' },
      options: [
        { value: 'paragraph', title: { en: 'a blank line', 'zh-Hans': '空行' } },
        { value: 'line', title: { en: 'a new line', 'zh-Hans': '换行' } },
        { value: 'comma', title: { en: 'a comma', 'zh-Hans': '逗号' } },
        { value: 'space', title: { en: 'a space', 'zh-Hans': '空格' } },
        { value: 'nothing', title: { en: 'nothing', 'zh-Hans': '无' } },
      ],
      showIf: { field: 'operation', in: ['join', 'split'] },
    },
    'paragraph',
  ),
  find: field.text({ title: { en: 'Find', 'zh-Hans': '查找' }, showIf: { field: 'operation', in: ['replace'] } }),
  replacement: field.text({ title: { en: 'Replace with', 'zh-Hans': '替换为' }, showIf: { field: 'operation', in: ['replace'] } }),
  length: field.number(
    {
      title: { en: 'Longest, in characters', 'zh-Hans': '最长字符数' },
      min: 1,
      max: 1_000_000,
      showIf: { field: 'operation', in: ['shorten'] },
    },
    500,
  ),
});
type Config = z.output<typeof config>;

const separators: Record<Config['separator'], string> = { paragraph: '\n\n', line: '\n', comma: ', ', space: ' ', nothing: '' };

/** One text in, one text out; `template`, `join` and `split` have other ports and stand in `run`. */
const change: Record<Exclude<Operation, 'template' | 'join' | 'split'>, (text: string, settings: Config) => string> = {
  replace: (text, { find, replacement }) => (find === '' ? text : text.replaceAll(find, () => replacement)),
  trim: (text) => text.trim(),
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  shorten: (text, { length }) => shorten(text, length),
};

const onePort: InputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true };
const manyPort: InputPort = { id: 'texts', title: { en: 'Texts', 'zh-Hans': '多段文本' }, type: 'text[]', required: true, fanIn: 'list' };
const textOut: OutputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' };
const listOut: OutputPort = { id: 'texts', title: { en: 'Parts', 'zh-Hans': '各部分' }, type: 'text[]' };

export const textNode = defineNode({
  type: 'text',
  version: 1,
  category: 'text',
  icon: 'type',
  words: {
    title: { en: 'Text', 'zh-Hans': '文本' },
    summary: { en: 'Writes, joins, splits or tidies text.', 'zh-Hans': '撰写、合并、拆分或整理文本。' },
    synonyms: ['join', 'concatenate', 'template', 'replace', 'trim', 'split', 'format', '拼接', '模板', '替换', '拆分', '格式'],
  },
  config,
  ports: ({ operation }) => ({
    inputs: operation === 'template' ? [] : operation === 'join' ? [manyPort] : [onePort],
    outputs: [operation === 'split' ? listOut : textOut],
  }),
  essence: ({ operation, template, find, replacement }) =>
    operation === 'template' ? (template.split('\n', 1)[0] ?? '') : operation === 'replace' ? `${find} → ${replacement}` : operation,
  repeatable: true,
  examples: [
    {
      name: { en: 'A template', 'zh-Hans': '模板' },
      config: { template: 'Dear {{name}}, your order {{order.id}} is on its way.' },
      inputs: { name: 'Ada', order: { id: 'A-7' } },
      outputs: { text: 'Dear Ada, your order A-7 is on its way.' },
    },
    {
      name: { en: 'Join', 'zh-Hans': '合并' },
      config: { operation: 'join', separator: 'line' },
      inputs: { texts: ['First', 'Second'] },
      outputs: { text: 'First\nSecond' },
    },
    {
      name: { en: 'Split', 'zh-Hans': '拆分' },
      config: { operation: 'split', separator: 'comma' },
      inputs: { text: 'red, green,blue' },
      outputs: { texts: ['red', 'green', 'blue'] },
    },
    {
      name: { en: 'Replace', 'zh-Hans': '替换' },
      config: { operation: 'replace', find: 'cat', replacement: 'dog' },
      inputs: { text: 'cat and cat' },
      outputs: { text: 'dog and dog' },
    },
    {
      name: { en: 'Shorten', 'zh-Hans': '截短' },
      config: { operation: 'shorten', length: 10 },
      inputs: { text: 'A rather long sentence' },
      outputs: { text: 'A rather…' },
    },
  ],
  run({ config: settings, inputs }) {
    const { operation } = settings;
    if (operation === 'template') return { text: settings.template };
    if (operation === 'join') return { text: texts(inputs['texts'] as Json).join(separators[settings.separator]) };
    const text = valueToText(inputs['text'] as Json);
    if (operation === 'split') return { texts: split(text, settings.separator) };
    return { text: change[operation](text, settings) };
  },
});

const texts = (value: Json): string[] => (Array.isArray(value) ? value.map(valueToText) : [valueToText(value)]);

/** Parts without the white space around them; empty parts are no parts. */
function split(text: string, separator: Config['separator']): string[] {
  const parts =
    separator === 'nothing'
      ? [...text]
      : separator === 'paragraph'
        ? text.split(/\n[^\S\n]*\n/)
        : separator === 'comma'
          ? text.split(/[,，、]/)
          : text.split(separator === 'line' ? '\n' : /\s+/);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Cuts between whole characters as a person sees them, and says so with an ellipsis. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept: string[] = [];
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length === length) return `${kept.slice(0, -1).join('').trimEnd()}…`;
    kept.push(segment);
  }
  return text;
}

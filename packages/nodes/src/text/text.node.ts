import { defineNode, type InputPort, type Json, type OutputPort, type Outputs, valueToText } from '@patchbay/node-kit';
import { findAll, replaceByPattern, splitByPattern } from './by-pattern.ts';
import { change, countText, separators, split, texts } from './operations.ts';
import { type TextConfig, textConfig } from './text-config.ts';

const onePort: InputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text', required: true };
const manyPort: InputPort = { id: 'texts', title: { en: 'Texts', 'zh-Hans': '多段文本' }, type: 'text[]', required: true, fanIn: 'list' };
const textOut: OutputPort = { id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' };
const listOut: OutputPort = { id: 'texts', title: { en: 'Parts', 'zh-Hans': '各部分' }, type: 'text[]' };

const matchesOut: OutputPort = { id: 'matches', title: { en: 'Matches', 'zh-Hans': '匹配项' }, type: 'data[]' };
const countsOut: OutputPort[] = [
  { id: 'characters', title: { en: 'Characters', 'zh-Hans': '字符数' }, type: 'number' },
  { id: 'words', title: { en: 'Words', 'zh-Hans': '词数' }, type: 'number' },
  { id: 'lines', title: { en: 'Lines', 'zh-Hans': '行数' }, type: 'number' },
];
/** Where the outputs are not one text. */
const outputs: Partial<Record<TextConfig['operation'], OutputPort[]>> = {
  split: [listOut],
  split_pattern: [listOut],
  find_all: [listOut, matchesOut],
  count: countsOut,
};

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
  config: textConfig,
  ports: ({ operation }) => ({
    inputs: operation === 'template' ? [] : operation === 'join' ? [manyPort] : [onePort],
    outputs: outputs[operation] ?? [textOut],
  }),
  essence: ({ operation, template, find, replacement, pattern }) => {
    if (operation === 'template') return template.split('\n', 1)[0] ?? '';
    if (operation === 'replace') return `${find} → ${replacement}`;
    return operation === 'replace_pattern'
      ? `${pattern} → ${replacement}`
      : operation.endsWith('pattern') || operation === 'find_all'
        ? pattern
        : operation;
  },
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
    {
      name: { en: 'Order numbers in a mail', 'zh-Hans': '邮件中的订单号' },
      config: { operation: 'find_all', pattern: '(?P<kind>[A-Z])-(\\d+)' },
      inputs: { text: 'Where are A-7 and B-12?' },
      outputs: {
        texts: ['A-7', 'B-12'],
        matches: [
          { text: 'A-7', at: 10, groups: ['A', '7'], named: { kind: 'A' } },
          { text: 'B-12', at: 18, groups: ['B', '12'], named: { kind: 'B' } },
        ],
      },
    },
    {
      name: { en: 'Turn dates around', 'zh-Hans': '调换日期写法' },
      config: { operation: 'replace_pattern', pattern: '(\\d{2})\\.(\\d{2})\\.(\\d{4})', replacement: '$3-$2-$1' },
      inputs: { text: 'From 01.02.2026 on' },
      outputs: { text: 'From 2026-02-01 on' },
    },
  ],
  run({ config: settings, inputs }, ctx): Outputs | Promise<Outputs> {
    const { operation } = settings;
    if (operation === 'template') return { text: settings.template };
    if (operation === 'join') return { text: texts(inputs['texts'] as Json).join(separators[settings.separator]) };
    const text = valueToText(inputs['text'] as Json);
    switch (operation) {
      case 'split':
        return { texts: split(text, settings.separator) };
      case 'split_pattern':
        return splitByPattern(text, settings, ctx.signal);
      case 'replace_pattern':
        return replaceByPattern(text, settings, ctx.signal);
      case 'find_all':
        return findAll(text, settings, ctx.signal);
      case 'count':
        return countText(text);
      default:
        return { text: change[operation](text, settings) };
    }
  },
});

import { defineNode, field } from '@patchbay/node-kit';
import * as z from 'zod';
import { refuseTakenIds } from '../named.ts';
import { givenValues, portsOfValues, valuesField } from '../named-values.ts';

const config = z
  .strictObject({
    values: valuesField,
    source: field.code(
      {
        title: { en: 'JavaScript', 'zh-Hans': 'JavaScript' },
        help: {
          en: 'What it returns is the result. Each value is a variable. There is no network, no files and no timers.',
          'zh-Hans': 'return 的内容即为结果，每个变量可直接使用。没有网络、文件和定时器。',
        },
        placeholder: { en: 'return value.length;', 'zh-Hans': 'return value.length;' },
      },
      '',
    ),
    seconds: field.number(
      { title: { en: 'Longest time, in seconds', 'zh-Hans': '最长运行时间（秒）' }, min: 1, max: 30, advanced: true },
      2,
    ),
  })
  .superRefine(({ values }, issues) => refuseTakenIds('values', values, [], issues));

export const codeNode = defineNode({
  type: 'code',
  version: 1,
  category: 'web',
  icon: 'code-xml',
  words: {
    title: { en: 'Code', 'zh-Hans': '代码' },
    summary: {
      en: 'Runs a few lines of JavaScript, shut off from everything but its values.',
      'zh-Hans': '在隔离环境中运行几行 JavaScript。',
    },
    synonyms: ['JavaScript', 'script', 'function', 'program', 'JS', '脚本', '函数', '编程', '程序'],
  },
  config,
  ports: ({ values }) => ({
    inputs: portsOfValues(values),
    outputs: [
      { id: 'result', title: { en: 'Result', 'zh-Hans': '结果' }, type: 'any' },
      { id: 'log', title: { en: 'Console', 'zh-Hans': '控制台' }, type: 'text[]' },
    ],
  }),
  check: ({ source }) => (source.trim() === '' ? [{ code: 'text_missing', path: ['source'] }] : []),
  essence: ({ source }) => (source.trim().split('\n', 1)[0] ?? '').slice(0, 120),
  repeatable: true,
  examples: [
    {
      name: { en: 'Count words', 'zh-Hans': '统计单词' },
      config: {
        values: [{ id: 'text', title: 'Text' }],
        source:
          "const words = text.split(' ');\nconsole.log(words.length, 'words');\nreturn { words: words.length, longest: words.reduce((a, b) => (b.length > a.length ? b : a)) };",
      },
      inputs: { text: 'shut off from everything' },
      outputs: { result: { words: 4, longest: 'everything' }, log: ['4 words'] },
    },
  ],
  async run({ config: { values, source, seconds }, inputs }, ctx) {
    const { value, log } = await ctx.code.run({ source, inputs: givenValues(values, inputs), timeoutMs: seconds * 1_000 });
    return { result: value, log };
  },
});

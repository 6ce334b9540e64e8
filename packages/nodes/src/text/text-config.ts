import { field } from '@patchbay/node-kit';
import * as z from 'zod';
import { isPattern } from '../conditions/matches-pattern.ts';

const operations = [
  { value: 'template', title: { en: 'Template', 'zh-Hans': '模板' } },
  { value: 'join', title: { en: 'Join', 'zh-Hans': '合并' } },
  { value: 'split', title: { en: 'Split', 'zh-Hans': '拆分' } },
  { value: 'replace', title: { en: 'Replace', 'zh-Hans': '替换' } },
  { value: 'find_all', title: { en: 'Find all matches', 'zh-Hans': '查找全部匹配' } },
  { value: 'replace_pattern', title: { en: 'Replace by pattern', 'zh-Hans': '按正则替换' } },
  { value: 'split_pattern', title: { en: 'Split by pattern', 'zh-Hans': '按正则拆分' } },
  { value: 'slice', title: { en: 'Take a part', 'zh-Hans': '截取' } },
  { value: 'trim', title: { en: 'Trim', 'zh-Hans': '去除首尾空白' } },
  { value: 'upper', title: { en: 'Upper case', 'zh-Hans': '转为大写' } },
  { value: 'lower', title: { en: 'Lower case', 'zh-Hans': '转为小写' } },
  { value: 'title', title: { en: 'Title Case', 'zh-Hans': '单词首字母大写' } },
  { value: 'count', title: { en: 'Count', 'zh-Hans': '统计字数' } },
  { value: 'shorten', title: { en: 'Shorten', 'zh-Hans': '截短' } },
] as const;
export type Operation = (typeof operations)[number]['value'];

/** Operations of a regular expression. */
const byPattern: Operation[] = ['find_all', 'replace_pattern', 'split_pattern'];

export const textConfig = z
  .strictObject({
    operation: field.choice(
      { title: { en: 'What to do', 'zh-Hans': '操作' }, options: operations.map((item) => ({ ...item })) },
      'template',
    ),
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
    replacement: field.text({
      title: { en: 'Replace with', 'zh-Hans': '替换为' },
      showIf: { field: 'operation', in: ['replace', 'replace_pattern'] },
    }),
    length: field.number(
      {
        title: { en: 'Longest, in characters', 'zh-Hans': '最长字符数' },
        min: 1,
        max: 1_000_000,
        showIf: { field: 'operation', in: ['shorten'] },
      },
      500,
    ),
    pattern: field.plain({
      title: { en: 'Pattern', 'zh-Hans': '正则' },
      help: {
        en: 'A regular expression. (…) catches a group, (?P<name>…) one with a name; a replacement inserts them as $1 or $<name>.',
        'zh-Hans': '正则表达式。(…) 捕获分组，(?P<名称>…) 捕获命名分组；替换中用 $1 或 $<名称> 插入。',
      },
      placeholder: { en: '[A-Z]{2}-\\d+', 'zh-Hans': '[A-Z]{2}-\\d+' },
      showIf: { field: 'operation', in: byPattern },
    }),
    matchCase: field.toggle(
      {
        title: { en: 'Tell upper from lower case', 'zh-Hans': '区分大小写' },
        advanced: true,
        showIf: { field: 'operation', in: byPattern },
      },
      true,
    ),
    from: field.number(
      {
        title: { en: 'Leave out the first, in characters', 'zh-Hans': '跳过前几个字符' },
        min: 0,
        max: 10_000_000,
        showIf: { field: 'operation', in: ['slice'] },
      },
      0,
    ),
    count: field.number(
      {
        title: { en: 'How many characters', 'zh-Hans': '字符数' },
        min: 0,
        max: 10_000_000,
        showIf: { field: 'operation', in: ['slice'] },
      },
      100,
    ),
  })
  .superRefine(({ operation, pattern }, issues) => {
    if (!byPattern.includes(operation) || isPattern(pattern)) return;
    issues.addIssue({ code: 'custom', message: 'This is no pattern', path: ['pattern'], params: { code: 'bad_format' } });
  });
export type TextConfig = z.output<typeof textConfig>;

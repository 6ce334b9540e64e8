import { type FieldUi, field } from '@patchbay/node-kit';
import * as z from 'zod';
import { isPattern } from './matches-pattern.ts';

/** Comparisons a person can choose, in the form's order. */
export const operators = [
  { value: 'contains', title: { en: 'contains', 'zh-Hans': '包含' } },
  { value: 'not_contains', title: { en: 'does not contain', 'zh-Hans': '不包含' } },
  { value: 'is', title: { en: 'is', 'zh-Hans': '等于' } },
  { value: 'is_not', title: { en: 'is not', 'zh-Hans': '不等于' } },
  { value: 'starts_with', title: { en: 'starts with', 'zh-Hans': '开头是' } },
  { value: 'ends_with', title: { en: 'ends with', 'zh-Hans': '结尾是' } },
  { value: 'matches', title: { en: 'matches the pattern', 'zh-Hans': '匹配正则' } },
  { value: 'empty', title: { en: 'is empty', 'zh-Hans': '为空' } },
  { value: 'not_empty', title: { en: 'is not empty', 'zh-Hans': '不为空' } },
  { value: 'equal', title: { en: '= number', 'zh-Hans': '= 数字' } },
  { value: 'not_equal', title: { en: '≠ number', 'zh-Hans': '≠ 数字' } },
  { value: 'greater', title: { en: '> number', 'zh-Hans': '> 数字' } },
  { value: 'at_least', title: { en: '≥ number', 'zh-Hans': '≥ 数字' } },
  { value: 'less', title: { en: '< number', 'zh-Hans': '< 数字' } },
  { value: 'at_most', title: { en: '≤ number', 'zh-Hans': '≤ 数字' } },
  { value: 'between', title: { en: 'is between', 'zh-Hans': '介于' } },
  { value: 'yes', title: { en: 'is yes', 'zh-Hans': '为“是”' } },
  { value: 'no', title: { en: 'is no', 'zh-Hans': '为“否”' } },
  { value: 'includes', title: { en: 'list includes', 'zh-Hans': '列表包含' } },
  { value: 'not_includes', title: { en: 'list does not include', 'zh-Hans': '列表不包含' } },
  { value: 'count_equal', title: { en: 'number of items is', 'zh-Hans': '项数等于' } },
  { value: 'count_more', title: { en: 'has more items than', 'zh-Hans': '项数多于' } },
  { value: 'count_fewer', title: { en: 'has fewer items than', 'zh-Hans': '项数少于' } },
] as const;
export type Operator = (typeof operators)[number]['value'];

/** Operators that compare with nothing. */
export const alone: readonly Operator[] = ['empty', 'not_empty', 'yes', 'no'];
const compared = operators.map((item) => item.value).filter((item) => !alone.includes(item));
const onTexts: Operator[] = ['contains', 'not_contains', 'is', 'is_not', 'starts_with', 'ends_with', 'matches', 'includes', 'not_includes'];

export const condition = z
  .strictObject({
    path: field.plain({
      title: { en: 'Look at', 'zh-Hans': '查看' },
      help: {
        en: 'A place inside the value, such as customer.age. Empty: the value itself.',
        'zh-Hans': '值中的位置，例如 customer.age。留空表示值本身。',
      },
      placeholder: { en: 'the value itself', 'zh-Hans': '值本身' },
      advanced: true,
    }),
    op: field.choice({ title: { en: 'Comparison', 'zh-Hans': '比较' }, options: operators.map((item) => ({ ...item })) }, 'contains'),
    value: field.text({ title: { en: 'With', 'zh-Hans': '比较值' }, showIf: { field: 'op', in: compared } }),
    to: field.text({ title: { en: 'Up to', 'zh-Hans': '至' }, showIf: { field: 'op', in: ['between'] } }),
    matchCase: field.toggle(
      { title: { en: 'Tell upper from lower case', 'zh-Hans': '区分大小写' }, showIf: { field: 'op', in: onTexts }, advanced: true },
      false,
    ),
  })
  .superRefine(({ op, value }, issues) => {
    if (op === 'matches' && !value.includes('{{') && !isPattern(value)) {
      issues.addIssue({ code: 'custom', message: 'This is no pattern', path: ['value'] });
    }
  });
export type Condition = z.output<typeof condition>;

/** `showIf` where conditions are in force for some settings of a node only. */
type When = Pick<FieldUi, 'showIf'>;

export const matchFieldFor = (when: When = {}) =>
  field.choice(
    {
      title: { en: 'Match', 'zh-Hans': '匹配方式' },
      options: [
        { value: 'all', title: { en: 'all conditions', 'zh-Hans': '满足全部条件' } },
        { value: 'any', title: { en: 'any condition', 'zh-Hans': '满足任一条件' } },
      ],
      ...when,
    },
    'all',
  );
export const matchField = matchFieldFor();

export const conditionsFieldFor = (when: When = {}) =>
  field.list(
    { title: { en: 'Conditions', 'zh-Hans': '条件' }, add: { en: 'Add a condition', 'zh-Hans': '添加条件' }, ...when },
    condition,
    [{}],
  );
export const conditionsField = conditionsFieldFor();

/** A condition in one line for the card. Signs and the person's own words read the same in every language. */
export function conditionLine({ path, op, value, to }: Condition): string {
  const subject = path === '' ? '' : `${path} `;
  if (op === 'between') return `${subject}${value} … ${to}`;
  return `${subject}${signs[op]}${alone.includes(op) ? '' : ` ${value}`}`.trim();
}

const signs: Record<Operator, string> = {
  contains: '∋',
  not_contains: '∌',
  is: '=',
  is_not: '≠',
  starts_with: '^',
  ends_with: '$',
  matches: '~',
  empty: '= ∅',
  not_empty: '≠ ∅',
  equal: '=',
  not_equal: '≠',
  greater: '>',
  at_least: '≥',
  less: '<',
  at_most: '≤',
  between: '…',
  yes: '= ✓',
  no: '= ✗',
  includes: '∋',
  not_includes: '∌',
  count_equal: '# =',
  count_more: '# >',
  count_fewer: '# <',
};

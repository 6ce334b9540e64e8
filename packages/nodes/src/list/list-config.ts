import { field } from '@patchbay/node-kit';
import * as z from 'zod';
import { conditionsFieldFor, matchFieldFor } from '../conditions/condition.ts';

const operations = [
  { value: 'filter', title: { en: 'Keep what fits', 'zh-Hans': '筛选' } },
  { value: 'sort', title: { en: 'Sort', 'zh-Hans': '排序' } },
  { value: 'first', title: { en: 'Take the first', 'zh-Hans': '取开头几项' } },
  { value: 'last', title: { en: 'Take the last', 'zh-Hans': '取末尾几项' } },
  { value: 'slice', title: { en: 'Take a part', 'zh-Hans': '取一段' } },
  { value: 'unique', title: { en: 'Drop repeats', 'zh-Hans': '去重' } },
  { value: 'reverse', title: { en: 'Turn around', 'zh-Hans': '反转顺序' } },
  { value: 'pick', title: { en: 'Take one place of each', 'zh-Hans': '取每项的一处' } },
  { value: 'flatten', title: { en: 'Flatten lists of lists', 'zh-Hans': '展开嵌套列表' } },
  { value: 'group', title: { en: 'Group', 'zh-Hans': '分组' } },
  { value: 'append', title: { en: 'Put two lists together', 'zh-Hans': '连接两个列表' } },
  { value: 'zip', title: { en: 'Pair two lists by place', 'zh-Hans': '按位置配对' } },
  { value: 'match', title: { en: 'Pair two lists by a key', 'zh-Hans': '按键配对' } },
  { value: 'count', title: { en: 'Count', 'zh-Hans': '计数' } },
  { value: 'sum', title: { en: 'Sum', 'zh-Hans': '求和' } },
  { value: 'average', title: { en: 'Average', 'zh-Hans': '平均值' } },
  { value: 'smallest', title: { en: 'Smallest', 'zh-Hans': '最小值' } },
  { value: 'largest', title: { en: 'Largest', 'zh-Hans': '最大值' } },
] as const;
type Operation = (typeof operations)[number]['value'];

/** Operations that answer with one number. */
const figures = ['count', 'sum', 'average', 'smallest', 'largest'] as const;
export type Figure = (typeof figures)[number];
export const isFigure = (operation: Operation): operation is Figure => (figures as readonly Operation[]).includes(operation);

/** Operations of two lists. */
const ofTwo = ['append', 'zip', 'match'] as const;
export type OfTwo = (typeof ofTwo)[number];
export const isOfTwo = (operation: Operation): operation is OfTwo => (ofTwo as readonly Operation[]).includes(operation);

export type OfOne = Exclude<Operation, Figure | OfTwo>;

const withPath: Operation[] = ['sort', 'unique', 'pick', 'group', 'match', 'sum', 'average', 'smallest', 'largest'];

export const listConfig = z.strictObject({
  operation: field.choice({ title: { en: 'What to do', 'zh-Hans': '操作' }, options: operations.map((item) => ({ ...item })) }, 'filter'),
  match: matchFieldFor({ showIf: { field: 'operation', in: ['filter'] } }),
  conditions: conditionsFieldFor({ showIf: { field: 'operation', in: ['filter'] } }),
  path: field.plain({
    title: { en: 'Look at', 'zh-Hans': '查看' },
    help: {
      en: 'A place inside each item, such as customer.age. Empty: the item itself.',
      'zh-Hans': '每一项中的位置，例如 customer.age。留空表示该项本身。',
    },
    placeholder: { en: 'the item itself', 'zh-Hans': '该项本身' },
    showIf: { field: 'operation', in: withPath },
  }),
  otherPath: field.plain({
    title: { en: 'The same in the second list', 'zh-Hans': '在第二个列表中对应' },
    help: { en: 'Empty: the same place as in the first.', 'zh-Hans': '留空表示与第一个列表相同的位置。' },
    showIf: { field: 'operation', in: ['match'] },
  }),
  order: field.choice(
    {
      title: { en: 'Order', 'zh-Hans': '顺序' },
      options: [
        { value: 'up', title: { en: 'small to large', 'zh-Hans': '从小到大' } },
        { value: 'down', title: { en: 'large to small', 'zh-Hans': '从大到小' } },
      ],
      showIf: { field: 'operation', in: ['sort'] },
    },
    'up',
  ),
  language: field.language(
    {
      title: { en: 'Sort texts as in', 'zh-Hans': '按此语言排序文本' },
      help: { en: 'Automatic: by the order that fits all languages.', 'zh-Hans': '自动：采用通用的排序规则。' },
      advanced: true,
      showIf: { field: 'operation', in: ['sort'] },
    },
    'auto',
  ),
  from: field.number(
    {
      title: { en: 'Leave out the first', 'zh-Hans': '跳过前几项' },
      min: 0,
      max: 1_000_000,
      showIf: { field: 'operation', in: ['slice'] },
    },
    0,
  ),
  count: field.number(
    {
      title: { en: 'How many', 'zh-Hans': '数量' },
      min: 0,
      max: 1_000_000,
      showIf: { field: 'operation', in: ['first', 'last', 'slice'] },
    },
    1,
  ),
  result: field.choice(
    {
      title: { en: 'A pair becomes', 'zh-Hans': '配对结果' },
      options: [
        { value: 'merged', title: { en: 'one record with the fields of both', 'zh-Hans': '合并双方字段的一条记录' } },
        { value: 'pair', title: { en: '“first” and “second”', 'zh-Hans': '“first”和“second”' } },
      ],
      showIf: { field: 'operation', in: ['zip', 'match'] },
    },
    'merged',
  ),
  alone: field.toggle(
    {
      title: { en: 'Keep items without a partner', 'zh-Hans': '保留没有配对的项' },
      showIf: { field: 'operation', in: ['zip', 'match'] },
    },
    false,
  ),
});
export type ListConfig = z.output<typeof listConfig>;

import { defineNode, type InputPort, type OutputPort, type Outputs } from '@patchbay/node-kit';
import { checkConditions } from '../conditions/check-conditions.ts';
import { conditionLine } from '../conditions/condition.ts';
import { readList } from '../read-list.ts';
import { figureOf } from './figures.ts';
import { isFigure, isOfTwo, type ListConfig, listConfig } from './list-config.ts';
import { change, filter } from './one-list.ts';
import { combine } from './two-lists.ts';

const listIn: InputPort = { id: 'list', title: { en: 'List', 'zh-Hans': '列表' }, type: 'data', required: true };
const otherIn: InputPort = { id: 'other', title: { en: 'Second list', 'zh-Hans': '第二个列表' }, type: 'data', required: true };
const itemsOut: OutputPort = { id: 'items', title: { en: 'List', 'zh-Hans': '列表' }, type: 'any[]' };
const othersOut: OutputPort = { id: 'others', title: { en: 'What does not fit', 'zh-Hans': '不符合的项' }, type: 'any[]' };
const itemOut: OutputPort = { id: 'item', title: { en: 'The item alone', 'zh-Hans': '单独一项' }, type: 'any' };
const numberOut: OutputPort = { id: 'number', title: { en: 'Number', 'zh-Hans': '数字' }, type: 'number' };

function outputsOf({ operation }: ListConfig): OutputPort[] {
  if (isFigure(operation)) return [numberOut];
  if (operation === 'filter') return [itemsOut, othersOut];
  return operation === 'first' || operation === 'last' ? [itemsOut, itemOut] : [itemsOut];
}

export const listNode = defineNode({
  type: 'list',
  version: 1,
  category: 'data',
  icon: 'list',
  words: {
    title: { en: 'List', 'zh-Hans': '列表' },
    summary: { en: 'Sorts, filters, groups, pairs or sums up the items of a list.', 'zh-Hans': '对列表进行排序、筛选、分组、配对或汇总。' },
    synonyms: [
      'array',
      'sort',
      'filter',
      'slice',
      'group',
      'join',
      'zip',
      'sum',
      'count',
      'average',
      '数组',
      '排序',
      '筛选',
      '分组',
      '求和',
      '去重',
    ],
  },
  config: listConfig,
  ports: (config) => ({ inputs: isOfTwo(config.operation) ? [listIn, otherIn] : [listIn], outputs: outputsOf(config) }),
  check: ({ operation, conditions }) => (operation === 'filter' ? checkConditions(conditions) : []),
  essence: ({ operation, conditions, path, order, count }) => {
    if (operation === 'filter') return conditions.map(conditionLine).join(', ');
    if (operation === 'sort') return `${path} ${order === 'up' ? '↑' : '↓'}`.trim();
    return operation === 'first' || operation === 'last' || operation === 'slice' ? String(count) : path;
  },
  repeatable: true,
  examples: [
    {
      name: { en: 'Keep large orders', 'zh-Hans': '保留大额订单' },
      config: { conditions: [{ path: 'total', op: 'greater', value: '100' }] },
      inputs: {
        list: [
          { id: 1, total: 250 },
          { id: 2, total: 20 },
        ],
      },
      outputs: { items: [{ id: 1, total: 250 }], others: [{ id: 2, total: 20 }] },
    },
    {
      name: { en: 'Sort by age, oldest first', 'zh-Hans': '按年龄从大到小排序' },
      config: { operation: 'sort', path: 'age', order: 'down' },
      inputs: {
        list: [
          { name: 'Ada', age: 36 },
          { name: 'Grace', age: 85 },
        ],
      },
      outputs: {
        items: [
          { name: 'Grace', age: 85 },
          { name: 'Ada', age: 36 },
        ],
      },
    },
    {
      name: { en: 'The first item', 'zh-Hans': '第一项' },
      config: { operation: 'first' },
      inputs: { list: ['a', 'b'] },
      outputs: { items: ['a'], item: 'a' },
    },
    {
      name: { en: 'Group by city', 'zh-Hans': '按城市分组' },
      config: { operation: 'group', path: 'city' },
      inputs: {
        list: [
          { id: 1, city: 'Bern' },
          { id: 2, city: 'Oslo' },
          { id: 3, city: 'Bern' },
        ],
      },
      outputs: {
        items: [
          {
            key: 'Bern',
            count: 2,
            items: [
              { id: 1, city: 'Bern' },
              { id: 3, city: 'Bern' },
            ],
          },
          { key: 'Oslo', count: 1, items: [{ id: 2, city: 'Oslo' }] },
        ],
      },
    },
    {
      name: { en: 'Orders with their customers', 'zh-Hans': '订单与客户配对' },
      config: { operation: 'match', path: 'customer', otherPath: 'id' },
      inputs: { list: [{ order: 7, customer: 'c1' }], other: [{ id: 'c1', name: 'Ada' }] },
      outputs: { items: [{ id: 'c1', name: 'Ada', order: 7, customer: 'c1' }] },
    },
    {
      name: { en: 'The sum of all totals', 'zh-Hans': '合计金额' },
      config: { operation: 'sum', path: 'total' },
      inputs: { list: [{ total: 0.1 }, { total: '0.2' }, { total: null }] },
      outputs: { number: 0.3 },
    },
  ],
  run({ config, inputs }): Outputs {
    const { operation } = config;
    const items = readList(inputs['list'], 'list');
    if (isFigure(operation)) return { number: figureOf(operation, items, config) };
    if (isOfTwo(operation)) return { items: combine[operation](items, readList(inputs['other'], 'other'), config) };
    if (operation === 'filter') return filter(items, config);
    const changed = change[operation](items, config);
    if (operation === 'first') return { items: changed, item: changed[0] ?? null };
    return operation === 'last' ? { items: changed, item: changed.at(-1) ?? null } : { items: changed };
  },
});

import { defineNode, field, type Json } from '@patchbay/node-kit';
import * as z from 'zod';
import { checkConditions } from '../conditions/check-conditions.ts';
import { conditionLine, conditionsField, matchField } from '../conditions/condition.ts';
import { hold } from '../conditions/holds.ts';
import { labelOf, refuseTakenIds } from '../named.ts';

const way = z.strictObject({
  id: field.id({ title: { en: 'Name in the flow', 'zh-Hans': '流程中的名称' } }),
  title: field.plain({ title: { en: 'Title', 'zh-Hans': '标题' } }),
  match: matchField,
  conditions: conditionsField,
});

const otherwise = { en: 'Otherwise', 'zh-Hans': '否则' };
const yes = { en: 'Yes', 'zh-Hans': '是' };

export const branchNode = defineNode({
  type: 'branch',
  version: 1,
  category: 'logic',
  icon: 'split',
  words: {
    title: { en: 'Branch', 'zh-Hans': '分支' },
    summary: { en: 'Sends the value along the first way whose conditions hold.', 'zh-Hans': '把值送往第一个满足条件的分支。' },
    synonyms: ['if', 'else', 'switch', 'condition', 'route', 'decide', 'case', '如果', '否则', '条件', '判断', '路由'],
  },
  config: z
    .strictObject({
      ways: field.list({ title: { en: 'Ways', 'zh-Hans': '分支' }, add: { en: 'Add a way', 'zh-Hans': '添加分支' } }, way, [{ id: 'yes' }]),
    })
    .superRefine(({ ways }, issues) => refuseTakenIds('ways', ways, ['otherwise', 'choice', 'error'], issues)),
  ports: ({ ways }) => ({
    inputs: [{ id: 'value', title: { en: 'Value', 'zh-Hans': '值' }, type: 'any', required: true }],
    outputs: [
      ...ways.map((item) => ({
        id: item.id,
        title: labelOf(item, item.id === 'yes' ? yes : item.id),
        type: 'any' as const,
        way: 'one' as const,
      })),
      { id: 'otherwise', title: otherwise, type: 'any', way: 'one' as const },
      { id: 'choice', title: { en: 'Way chosen', 'zh-Hans': '所选分支' }, type: 'choice' },
    ],
  }),
  check: ({ ways }) => ways.flatMap(({ conditions }, index) => checkConditions(conditions, ['ways', index])),
  essence: ({ ways }) => ways.map(({ conditions }) => conditions.map(conditionLine).join(', ')).join(' | '),
  repeatable: true,
  examples: [
    {
      name: { en: 'A large order', 'zh-Hans': '大额订单' },
      config: { ways: [{ id: 'large', title: 'Large', conditions: [{ path: 'total', op: 'greater', value: '100' }] }] },
      inputs: { value: { total: 250 } },
      outputs: { large: { total: 250 }, choice: 'large' },
    },
    {
      name: { en: 'Neither of the words', 'zh-Hans': '都不包含' },
      config: {
        ways: [
          { id: 'money', title: 'Money', match: 'any', conditions: [{ value: 'refund' }, { value: 'invoice' }] },
          { id: 'fault', title: 'Fault', conditions: [{ value: 'crash' }] },
        ],
      },
      inputs: { value: 'Where is your office?' },
      outputs: { otherwise: 'Where is your office?', choice: 'otherwise' },
    },
  ],
  run({ config, inputs }) {
    const value = inputs['value'] as Json;
    const chosen = config.ways.find((item) => hold(value, item.match, item.conditions))?.id ?? 'otherwise';
    return { [chosen]: value, choice: chosen };
  },
});

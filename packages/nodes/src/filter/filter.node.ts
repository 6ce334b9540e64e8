import { defineNode, type Json } from '@patchbay/node-kit';
import * as z from 'zod';
import { checkConditions } from '../conditions/check-conditions.ts';
import { conditionLine, conditionsField, matchField } from '../conditions/condition.ts';
import { hold } from '../conditions/holds.ts';

export const filterNode = defineNode({
  type: 'filter',
  version: 1,
  category: 'logic',
  icon: 'filter',
  words: {
    title: { en: 'Filter', 'zh-Hans': '过滤' },
    summary: {
      en: 'Lets the value pass when the conditions hold; otherwise what follows is skipped.',
      'zh-Hans': '满足条件时放行，否则跳过后续步骤。',
    },
    synonyms: ['keep', 'stop', 'only if', 'gate', 'condition', '筛选', '条件', '拦截', '放行'],
  },
  config: z.strictObject({ match: matchField, conditions: conditionsField }),
  ports: {
    inputs: [{ id: 'value', title: { en: 'Value', 'zh-Hans': '值' }, type: 'any', required: true }],
    outputs: [{ id: 'kept', title: { en: 'Kept', 'zh-Hans': '保留' }, type: 'any', way: 'one' }],
  },
  check: ({ conditions }) => checkConditions(conditions),
  essence: ({ conditions }) => conditions.map(conditionLine).join(', '),
  repeatable: true,
  examples: [
    {
      name: { en: 'Urgent mail passes', 'zh-Hans': '放行紧急邮件' },
      config: { conditions: [{ op: 'contains', value: 'urgent' }] },
      inputs: { value: 'URGENT: the site is down' },
      outputs: { kept: 'URGENT: the site is down' },
    },
    {
      name: { en: 'Small orders stop', 'zh-Hans': '拦下小额订单' },
      config: { conditions: [{ path: 'total', op: 'at_least', value: '100' }] },
      inputs: { value: { total: 20 } },
      outputs: {},
    },
  ],
  run({ config, inputs }) {
    const value = inputs['value'] as Json;
    return hold(value, config.match, config.conditions) ? { kept: value } : {};
  },
});

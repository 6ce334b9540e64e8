import { defineNode, failureError, field, type Json } from '@patchbay/node-kit';
import * as z from 'zod';
import { checkConditions } from '../conditions/check-conditions.ts';
import { conditionLine, conditionsField, matchField } from '../conditions/condition.ts';
import { hold } from '../conditions/holds.ts';

const mostTurns = 1_000;

export const repeatNode = defineNode({
  type: 'repeat',
  version: 1,
  category: 'logic',
  icon: 'refresh-cw',
  role: 'container',
  words: {
    title: { en: 'Repeat until', 'zh-Hans': '重复直到' },
    summary: {
      en: 'Runs the steps inside it again and again, each time with what came out before, until the conditions hold.',
      'zh-Hans': '反复运行内部步骤，每次使用上一次的结果，直到满足条件。',
    },
    synonyms: ['loop', 'while', 'until', 'iterate', 'refine', 'again', '循环', '直到', '重复', '迭代', '改进'],
  },
  config: z.strictObject({
    match: matchField,
    conditions: conditionsField,
    most: field.number(
      {
        title: { en: 'At most so many times', 'zh-Hans': '最多次数' },
        help: { en: 'After so many turns it ends, whether the conditions hold or not.', 'zh-Hans': '达到此次数即结束，无论条件是否满足。' },
        min: 1,
        max: mostTurns,
      },
      10,
    ),
  }),
  ports: {
    inputs: [
      { id: 'start', title: { en: 'Start with', 'zh-Hans': '起始值' }, type: 'any', required: false },
      { id: 'next', title: { en: 'Result of a turn', 'zh-Hans': '本次结果' }, type: 'any', required: true, inner: true },
    ],
    outputs: [
      { id: 'value', title: { en: 'Last result', 'zh-Hans': '最后结果' }, type: 'any' },
      { id: 'count', title: { en: 'Number of turns', 'zh-Hans': '运行次数' }, type: 'number' },
      { id: 'held', title: { en: 'The conditions held', 'zh-Hans': '条件已满足' }, type: 'boolean' },
      { id: 'previous', title: { en: 'Result before', 'zh-Hans': '上次结果' }, type: 'any', inner: true },
      { id: 'index', title: { en: 'Turn, from 0', 'zh-Hans': '次数（从 0 开始）' }, type: 'number', inner: true },
    ],
  },
  check: ({ conditions }) => checkConditions(conditions),
  essence: ({ conditions, most }) => `${conditions.map(conditionLine).join(', ')} (≤ ${most})`,
  repeatable: true,
  examples: [
    {
      name: { en: 'It holds after the first turn', 'zh-Hans': '第一次后即满足' },
      config: { conditions: [{ op: 'at_least', value: '3' }] },
      inputs: { start: 5 },
      outputs: { value: 5, count: 1, held: true },
    },
    {
      name: { en: 'It never holds', 'zh-Hans': '始终不满足' },
      config: { conditions: [{ op: 'at_least', value: '9' }], most: 4 },
      inputs: { start: 5 },
      outputs: { value: 5, count: 4, held: false },
    },
  ],
  async run({ config, inputs }, { inside }) {
    const most = Math.floor(config.most);
    let value = inputs['start'] as Json;
    for (let index = 0; index < most; index += 1) {
      const { outputs, error } = await inside.run(index, { previous: value, index });
      if (error !== undefined) throw failureError(error);
      const next = Object.hasOwn(outputs, 'next') ? outputs['next'] : undefined;
      // A turn whose result was skipped has nothing to go on with: the loop ends with what it had.
      if (next === undefined) return { value, count: index, held: false };
      value = next;
      if (hold(value, config.match, config.conditions)) return { value, count: index + 1, held: true };
    }
    return { value, count: most, held: false };
  },
});

import { defineNode, field, type Json } from '@patchbay/node-kit';
import * as z from 'zod';
import { fieldId, fieldTitle, fieldType } from '../flow-fields.ts';
import { refuseTakenIds } from '../named.ts';

export const outputNode = defineNode({
  type: 'output',
  version: 1,
  category: 'start',
  icon: 'log-out',
  role: 'flow-output',
  words: {
    title: { en: 'Output', 'zh-Hans': '输出' },
    summary: { en: 'What the flow answers.', 'zh-Hans': '流程给出的结果。' },
    synonyms: ['end', 'answer', 'result', 'return', '结束', '结果', '返回'],
  },
  config: z
    .strictObject({
      fields: field.list(
        { title: { en: 'Fields', 'zh-Hans': '字段' }, add: { en: 'Add a field', 'zh-Hans': '添加字段' } },
        z.strictObject({ id: fieldId, title: fieldTitle, type: fieldType }),
        [{ id: 'result', title: 'Result', type: 'text' }],
      ),
    })
    .superRefine(({ fields }, issues) => refuseTakenIds('fields', fields, ['error'], issues)),
  ports: (config) => ({
    // Optional, so that one closed output does not close the others; the engine knows the difference from null.
    inputs: config.fields.map(({ id, title, type }) => ({ id, title: title === '' ? id : title, type, required: false, stream: true })),
    outputs: [],
  }),
  essence: (config) => config.fields.map((item) => (item.title === '' ? item.id : item.title)).join(', '),
  repeatable: true,
  examples: [
    {
      name: { en: 'One result', 'zh-Hans': '一个结果' },
      config: { fields: [{ id: 'result', title: 'Result', type: 'text' }] },
      inputs: { result: 'Done' },
      outputs: { result: 'Done' },
    },
  ],
  run: ({ inputs }) => inputs as Record<string, Json>,
});

import { defineNode, field, type Json, jsonField } from '@patchbay/node-kit';
import * as z from 'zod';
import { fieldId, fieldTitle, fieldType } from '../flow-fields.ts';
import { refuseTakenIds } from '../named.ts';

/** One input of a flow: the Run form, the API's input schema and the ports come from it. */
const inputField = z.strictObject({
  id: fieldId,
  title: fieldTitle,
  type: fieldType,
  required: field.toggle({ title: { en: 'Required', 'zh-Hans': '必填' } }, true),
  help: field.plain({ title: { en: 'Help', 'zh-Hans': '说明' }, advanced: true }),
  default: jsonField({ title: { en: 'Default', 'zh-Hans': '默认值' }, advanced: true }),
  example: jsonField({ title: { en: 'Example', 'zh-Hans': '示例' } }),
  options: field.list(
    { title: { en: 'Choices', 'zh-Hans': '选项' }, showIf: { field: 'type', in: ['choice', 'choice[]'] } },
    z.string().meta({ ui: { title: { en: 'Choice', 'zh-Hans': '选项' }, widget: 'text' } }),
    [],
  ),
});
export const inputNode = defineNode({
  type: 'input',
  version: 1,
  category: 'start',
  icon: 'log-in',
  role: 'flow-input',
  words: {
    title: { en: 'Input', 'zh-Hans': '输入' },
    summary: { en: 'What the flow is given: the fields of its form and of its API.', 'zh-Hans': '流程接收的内容：表单和 API 的字段。' },
    synonyms: ['start', 'form', 'question', 'parameter', '开始', '表单', '参数'],
  },
  config: z
    .strictObject({
      fields: field.list({ title: { en: 'Fields', 'zh-Hans': '字段' }, add: { en: 'Add a field', 'zh-Hans': '添加字段' } }, inputField, [
        { id: 'text', title: 'Text', type: 'text', required: true },
      ]),
    })
    .superRefine(({ fields }, issues) => refuseTakenIds('fields', fields, ['error'], issues)),
  ports: (config) => ({
    inputs: [],
    outputs: config.fields.map(({ id, title, type }) => ({ id, title: title === '' ? id : title, type })),
  }),
  essence: (config) => config.fields.map((item) => (item.title === '' ? item.id : item.title)).join(', '),
  repeatable: true,
  examples: [
    {
      name: { en: 'A message', 'zh-Hans': '一条消息' },
      config: { fields: [{ id: 'text', title: 'Message', type: 'text' }] },
      inputs: { text: 'Hello' },
      outputs: { text: 'Hello' },
    },
  ],
  // The engine hands the run's checked inputs to the node that has the role flow-input.
  run: ({ inputs }) => inputs as Record<string, Json>,
});

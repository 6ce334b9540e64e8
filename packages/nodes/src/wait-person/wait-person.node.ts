import { defineNode, field } from '@patchbay/node-kit';
import * as z from 'zod';
import { fieldId, fieldTitle, fieldType } from '../flow-fields.ts';
import { labelOf, refuseTakenIds } from '../named.ts';

const hourMs = 3_600_000;

/** One field of the form: its answer comes out of a port of the same name. */
const formField = z.strictObject({
  id: fieldId,
  title: fieldTitle,
  type: fieldType,
  required: field.toggle({ title: { en: 'Required', 'zh-Hans': '必填' } }, true),
  options: field.list(
    { title: { en: 'Choices', 'zh-Hans': '选项' }, showIf: { field: 'type', in: ['choice', 'choice[]'] } },
    z.string().meta({ ui: { title: { en: 'Choice', 'zh-Hans': '选项' }, widget: 'text' } }),
    [],
  ),
});

export const waitPersonNode = defineNode({
  type: 'wait_person',
  version: 1,
  category: 'logic',
  icon: 'user-check',
  waits: true,
  words: {
    title: { en: 'Ask a person', 'zh-Hans': '询问人员' },
    summary: {
      en: 'Puts the run aside until a person has filled in a form, for days if need be.',
      'zh-Hans': '暂停运行，直到有人填写表单；可等待数天。',
    },
    synonyms: ['approval', 'approve', 'human', 'review', 'form', 'confirm', '审批', '人工', '确认', '审核', '表单'],
  },
  config: z
    .strictObject({
      message: field.longText({
        title: { en: 'What the person is asked', 'zh-Hans': '向人员提出的问题' },
        placeholder: { en: 'May this be sent? {{text}}', 'zh-Hans': '可以发送吗？{{text}}' },
      }),
      fields: field.list({ title: { en: 'Form', 'zh-Hans': '表单' }, add: { en: 'Add a field', 'zh-Hans': '添加字段' } }, formField, [
        { id: 'approved', title: 'Approved', type: 'boolean', required: true },
      ]),
      hours: field.number(
        {
          title: { en: 'Longest wait, in hours', 'zh-Hans': '最长等待（小时）' },
          help: { en: '0 waits for ever.', 'zh-Hans': '0 表示一直等待。' },
          min: 0,
          max: 8_760,
        },
        72,
      ),
    })
    .superRefine(({ fields }, issues) => refuseTakenIds('fields', fields, ['error', 'late'], issues)),
  ports: ({ fields }) => ({
    inputs: [],
    outputs: [
      ...fields.map((item) => ({ id: item.id, title: labelOf(item), type: item.type })),
      { id: 'late', title: { en: 'Nobody answered', 'zh-Hans': '无人答复' }, type: 'boolean' as const },
    ],
  }),
  essence: ({ fields }) => fields.map(({ id, title }) => (title === '' ? id : title)).join(', '),
  repeatable: true,
  examples: [
    {
      name: { en: 'An approval', 'zh-Hans': '一次审批' },
      config: { message: 'May this be sent? {{text}}', fields: [{ id: 'approved', title: 'Approved', type: 'boolean' }] },
      inputs: { text: 'Dear customer' },
      outputs: { approved: true },
    },
  ],
  async run({ config: { message, fields, hours } }, ctx) {
    const answer = await ctx.wait({
      kind: 'person',
      message,
      fields: fields.map(({ id, title, type, required, options }) => ({ id, title: title === '' ? id : title, type, required, options })),
      until: hours === 0 ? null : ctx.now() + hours * hourMs,
    });
    return answer.kind === 'answered' ? answer.values : { late: true };
  },
});

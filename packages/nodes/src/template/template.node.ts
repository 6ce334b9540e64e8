import { defineNode, field, liquidFault, parseLiquid } from '@patchbay/node-kit';
import * as z from 'zod';
import { refuseTakenIds } from '../named.ts';
import { givenValues, portsOfValues, valuesField } from '../named-values.ts';

const config = z
  .strictObject({
    values: valuesField,
    template: field.code({
      title: { en: 'Template', 'zh-Hans': '模板' },
      help: {
        en: 'In Liquid, with loops, conditions and filters: {% for item in value %}{{ item.name | upcase }}{% endfor %}',
        'zh-Hans': '使用 Liquid，支持循环、条件和过滤器：{% for item in value %}{{ item.name | upcase }}{% endfor %}',
      },
      placeholder: { en: 'Dear {{ value.name }},', 'zh-Hans': '{{ value.name }}，您好：' },
    }),
  })
  .superRefine(({ values }, issues) => refuseTakenIds('values', values, [], issues));

export const templateNode = defineNode({
  type: 'template',
  version: 1,
  category: 'text',
  icon: 'file-code',
  words: {
    title: { en: 'Template (Liquid)', 'zh-Hans': '模板（Liquid）' },
    summary: { en: 'Writes a text with loops, conditions and filters.', 'zh-Hans': '用循环、条件和过滤器撰写文本。' },
    synonyms: ['Liquid', 'Jinja', 'Handlebars', 'loop', 'report', 'letter', 'mail merge', '循环', '报告', '信函', '邮件合并'],
  },
  config,
  ports: ({ values }) => ({
    inputs: portsOfValues(values),
    outputs: [{ id: 'text', title: { en: 'Text', 'zh-Hans': '文本' }, type: 'text' }],
  }),
  check: ({ template }) => {
    if (template.trim() === '') return [{ code: 'text_missing', path: ['template'] }];
    const fault = liquidFault(template);
    return fault === undefined ? [] : [{ code: 'template_bad', path: ['template'], params: { ...fault } }];
  },
  essence: ({ template }) => (template.trim().split('\n', 1)[0] ?? '').slice(0, 120),
  repeatable: true,
  examples: [
    {
      name: { en: 'A list of orders', 'zh-Hans': '订单清单' },
      config: {
        values: [{ id: 'name' }, { id: 'orders' }],
        template: 'Dear {{ name }},\n{% for order in orders %}- {{ order.title }}{% if order.late %} (late){% endif %}\n{% endfor %}',
      },
      inputs: {
        name: 'Ada',
        orders: [
          { title: 'Lamp', late: false },
          { title: 'Desk', late: true },
        ],
      },
      outputs: { text: 'Dear Ada,\n- Lamp\n- Desk (late)\n' },
    },
  ],
  run({ config: { values, template }, inputs }) {
    return { text: parseLiquid(template).render(givenValues(values, inputs)) };
  },
});

import { compileExpression, defineNode, expressionFault, field } from '@patchbay/node-kit';
import * as z from 'zod';
import { refuseTakenIds } from '../named.ts';
import { givenValues, type NamedValue, portsOfValues, valuesField } from '../named-values.ts';

const config = z
  .strictObject({
    values: valuesField,
    expression: field.code({
      title: { en: 'Expression', 'zh-Hans': '表达式' },
      help: {
        en: 'In CEL: value.total > 100 && value.city == "Bern", items.map(x, x.price * 2), has(value.name) ? value.name : "none".',
        'zh-Hans': '使用 CEL：value.total > 100 && value.city == "北京"，items.map(x, x.price * 2)，has(value.name) ? value.name : "无"。',
      },
      placeholder: { en: 'value.total * 1.2', 'zh-Hans': 'value.total * 1.2' },
    }),
  })
  .superRefine(({ values }, issues) => refuseTakenIds('values', values, [], issues));

const namesOf = (values: readonly NamedValue[]): string[] => values.map(({ id }) => id);

export const expressionNode = defineNode({
  type: 'expression',
  version: 1,
  category: 'data',
  icon: 'square-function',
  words: {
    title: { en: 'Expression', 'zh-Hans': '表达式' },
    summary: { en: 'Works out one value from others by a formula.', 'zh-Hans': '用一个公式由其他值计算出结果。' },
    synonyms: ['formula', 'CEL', 'calculate', 'compute', 'condition', 'map', '公式', '计算', '条件', '运算'],
  },
  config,
  ports: ({ values }) => ({
    inputs: portsOfValues(values),
    outputs: [{ id: 'result', title: { en: 'Result', 'zh-Hans': '结果' }, type: 'any' }],
  }),
  check: ({ values, expression }) => {
    if (expression.trim() === '') return [{ code: 'text_missing', path: ['expression'] }];
    const fault = expressionFault(expression, namesOf(values));
    return fault === undefined ? [] : [{ code: 'expression_bad', path: ['expression'], params: { ...fault } }];
  },
  essence: ({ expression }) => expression.trim().replaceAll(/\s+/g, ' ').slice(0, 120),
  repeatable: true,
  examples: [
    {
      name: { en: 'A price with tax', 'zh-Hans': '含税价格' },
      config: { values: [{ id: 'order' }], expression: 'order.total * 1.5 + (order.express ? 10 : 0)' },
      inputs: { order: { total: 100, express: true } },
      outputs: { result: 160 },
    },
    {
      name: { en: 'Names of the large ones', 'zh-Hans': '大额订单的名称' },
      config: { values: [{ id: 'orders' }, { id: 'least' }], expression: 'orders.filter(o, o.total >= least).map(o, o.name)' },
      inputs: {
        orders: [
          { name: 'Lamp', total: 20 },
          { name: 'Desk', total: 300 },
        ],
        least: 100,
      },
      outputs: { result: ['Desk'] },
    },
  ],
  run({ config: { values, expression }, inputs }) {
    return { result: compileExpression(expression, namesOf(values)).evaluate(givenValues(values, inputs)) };
  },
});

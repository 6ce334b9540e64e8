import { defineNode, field, type InputPort, type Json, StepError } from '@patchbay/node-kit';
import * as z from 'zod';
import { readPath } from '../read-path.ts';

const config = z.strictObject({
  operation: field.choice(
    {
      title: { en: 'What to do', 'zh-Hans': '操作' },
      options: [
        { value: 'pick', title: { en: 'Pick one place', 'zh-Hans': '取出一处' } },
        { value: 'shape', title: { en: 'Build new data', 'zh-Hans': '构造新数据' } },
      ],
    },
    'pick',
  ),
  path: field.plain({
    title: { en: 'Place', 'zh-Hans': '位置' },
    help: {
      en: 'Names with dots, numbers in brackets: customer.orders[0].total',
      'zh-Hans': '用点分隔名称，方括号写序号：customer.orders[0].total',
    },
    placeholder: { en: 'customer.orders[0].total', 'zh-Hans': 'customer.orders[0].total' },
    showIf: { field: 'operation', in: ['pick'] },
  }),
  missing: field.choice(
    {
      title: { en: 'When it is not there', 'zh-Hans': '不存在时' },
      options: [
        { value: 'empty', title: { en: 'go on with nothing', 'zh-Hans': '以空值继续' } },
        { value: 'fail', title: { en: 'fail', 'zh-Hans': '失败' } },
      ],
      showIf: { field: 'operation', in: ['pick'] },
    },
    'empty',
  ),
  shape: field.json(
    {
      title: { en: 'Data', 'zh-Hans': '数据' },
      help: {
        en: 'JSON. A text that is one value alone, such as "{{order.total}}", keeps its type.',
        'zh-Hans': 'JSON。只含一个变量的文本（如 "{{order.total}}"）保持其类型。',
      },
      showIf: { field: 'operation', in: ['shape'] },
    },
    {},
  ),
});

const dataPort: InputPort = { id: 'data', title: { en: 'Data', 'zh-Hans': '数据' }, type: 'data', required: true };

export const dataNode = defineNode({
  type: 'data',
  version: 1,
  category: 'data',
  icon: 'braces',
  words: {
    title: { en: 'Data', 'zh-Hans': '数据' },
    summary: { en: 'Picks a place from data, or builds new data from values.', 'zh-Hans': '从数据中取值，或用变量构造新的数据。' },
    synonyms: ['JSON', 'object', 'pick', 'map', 'reshape', 'path', 'get', '字段', '取值', '对象', '映射'],
  },
  config,
  ports: ({ operation }) => ({
    inputs: operation === 'pick' ? [dataPort] : [],
    outputs: [{ id: 'data', title: { en: 'Data', 'zh-Hans': '数据' }, type: operation === 'pick' ? 'any' : 'data' }],
  }),
  essence: ({ operation, path, shape }) => (operation === 'pick' ? path : JSON.stringify(shape).slice(0, 120)),
  repeatable: true,
  examples: [
    {
      name: { en: 'Pick the first item', 'zh-Hans': '取第一项' },
      config: { path: 'items[0].name' },
      inputs: { data: { items: [{ name: 'Lamp' }, { name: 'Chair' }] } },
      outputs: { data: 'Lamp' },
    },
    {
      name: { en: 'Build a ticket', 'zh-Hans': '构造工单' },
      config: { operation: 'shape', shape: { title: 'From {{person.name}}', person: '{{person}}', open: true } },
      inputs: { person: { name: 'Ada', age: 36 } },
      outputs: { data: { title: 'From Ada', person: { name: 'Ada', age: 36 }, open: true } },
    },
  ],
  run({ config: settings, inputs }) {
    if (settings.operation === 'shape') return { data: settings.shape };
    const value = readPath(inputs['data'] as Json, settings.path);
    if (value === undefined && settings.missing === 'fail') throw new StepError('invalid_input', 'place_missing', { path: settings.path });
    return { data: value ?? null };
  },
});

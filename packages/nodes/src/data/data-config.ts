import { field, optionalJsonField } from '@patchbay/node-kit';
import * as z from 'zod';

export const dataConfig = z.strictObject({
  operation: field.choice(
    {
      title: { en: 'What to do', 'zh-Hans': '操作' },
      options: [
        { value: 'pick', title: { en: 'Pick one place', 'zh-Hans': '取出一处' } },
        { value: 'shape', title: { en: 'Build new data', 'zh-Hans': '构造新数据' } },
        { value: 'merge', title: { en: 'Put the fields of two together', 'zh-Hans': '合并两份数据的字段' } },
        { value: 'check', title: { en: 'Check against a schema', 'zh-Hans': '按结构检查' } },
        { value: 'read', title: { en: 'Find JSON in a text', 'zh-Hans': '从文本中提取 JSON' } },
        { value: 'write', title: { en: 'Write as JSON', 'zh-Hans': '写为 JSON 文本' } },
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
  schema: optionalJsonField({
    title: { en: 'Schema', 'zh-Hans': '结构定义' },
    help: {
      en: 'A JSON Schema, such as {"type": "object", "required": ["id"]}.',
      'zh-Hans': 'JSON Schema，例如 {"type": "object", "required": ["id"]}。',
    },
    showIf: { field: 'operation', in: ['check'] },
  }),
  lines: field.toggle({ title: { en: 'Over several lines', 'zh-Hans': '分行缩进' }, showIf: { field: 'operation', in: ['write'] } }, true),
});
export type DataConfig = z.output<typeof dataConfig>;

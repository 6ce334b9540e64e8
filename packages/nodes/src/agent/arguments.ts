import { field, type Json } from '@patchbay/node-kit';
import * as z from 'zod';

/** One value that the model fills in. */
const argument = z.strictObject({
  id: field.id({
    title: { en: 'Name', 'zh-Hans': '名称' },
    help: { en: 'What the model knows the value by.', 'zh-Hans': '模型用它来识别该变量。' },
  }),
  description: field.plain({
    title: { en: 'What it is', 'zh-Hans': '说明' },
    placeholder: { en: 'Number of the order', 'zh-Hans': '订单号' },
  }),
  type: field.choice(
    {
      title: { en: 'Type', 'zh-Hans': '类型' },
      options: [
        { value: 'text', title: { en: 'text', 'zh-Hans': '文本' } },
        { value: 'number', title: { en: 'number', 'zh-Hans': '数字' } },
        { value: 'boolean', title: { en: 'yes or no', 'zh-Hans': '是/否' } },
        { value: 'data', title: { en: 'any data', 'zh-Hans': '任意数据' } },
      ],
    },
    'text',
  ),
  required: field.toggle({ title: { en: 'Required', 'zh-Hans': '必填' } }, true),
});
export type Argument = z.output<typeof argument>;

/** What the model gives a tool of the author's own making. */
export const argumentsField = (kinds: string[]) =>
  field.list(
    {
      title: { en: 'What the model fills in', 'zh-Hans': '由模型填写的内容' },
      add: { en: 'Add a value', 'zh-Hans': '添加变量' },
      showIf: { field: 'kind', in: kinds },
    },
    argument,
    [],
  );

const types: Record<Argument['type'], Record<string, Json>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  data: {},
};

/** JSON Schema of the arguments. */
export const schemaOfArguments = (list: readonly Argument[]): Record<string, Json> => ({
  type: 'object',
  properties: Object.fromEntries(
    list.map(({ id, type, description }) => [id, description === '' ? types[type] : { ...types[type], description }]),
  ),
  required: list.filter(({ required }) => required).map(({ id }) => id),
  additionalProperties: false,
});

/** The arguments as values of a step's own; one the model left out is null. */
export const valuesOfArguments = (list: readonly Argument[], args: Readonly<Record<string, Json>>): Record<string, Json> =>
  Object.fromEntries(list.map(({ id }): [string, Json] => [id, Object.hasOwn(args, id) ? (args[id] ?? null) : null]));

import { field, type InputPort, type Inputs, type Json } from '@patchbay/node-kit';
import * as z from 'zod';
import { labelOf } from './named.ts';

const namedValue = z.strictObject({
  id: field.id({ title: { en: 'Name', 'zh-Hans': '名称' } }),
  title: field.plain({ title: { en: 'Title', 'zh-Hans': '标题' } }),
  optional: field.toggle({ title: { en: 'May be missing', 'zh-Hans': '可以缺失' }, advanced: true }, false),
});
export type NamedValue = z.output<typeof namedValue>;

/** The values that a text of the author's, be it code, an expression or a template, may name. Each is an input port. */
export const valuesField = field.list(
  {
    title: { en: 'Values', 'zh-Hans': '变量' },
    help: { en: 'Each is an input, and is used by its name.', 'zh-Hans': '每个变量都是一个输入，按名称使用。' },
    add: { en: 'Add a value', 'zh-Hans': '添加变量' },
  },
  namedValue,
  [{ id: 'value' }],
);

export const portsOfValues = (values: readonly NamedValue[]): InputPort[] =>
  values.map((item) => ({ id: item.id, title: labelOf(item), type: 'any', required: !item.optional }));

/** The values by name; an optional one that is missing is null. */
export const givenValues = (values: readonly NamedValue[], inputs: Inputs): Record<string, Json> =>
  Object.fromEntries(values.map(({ id }): [string, Json] => [id, (inputs[id] ?? null) as Json]));

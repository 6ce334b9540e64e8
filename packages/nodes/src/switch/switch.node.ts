import { type ConfigFault, defineNode, field, type Json } from '@patchbay/node-kit';
import * as z from 'zod';
import { hold } from '../conditions/holds.ts';
import { numberIn } from '../conditions/number-in.ts';
import { labelOf, refuseTakenIds } from '../named.ts';
import { readPath } from '../read-path.ts';

const oneCase = z.strictObject({
  id: field.id({ title: { en: 'Name in the flow', 'zh-Hans': '流程中的名称' } }),
  title: field.plain({ title: { en: 'Title', 'zh-Hans': '标题' } }),
  values: field.list(
    { title: { en: 'When the value is', 'zh-Hans': '当值为' }, add: { en: 'Add a value', 'zh-Hans': '添加值' } },
    field.text({ title: { en: 'Value', 'zh-Hans': '值' } }),
    [''],
  ),
});
type Case = z.output<typeof oneCase>;

const config = z
  .strictObject({
    path: field.plain({
      title: { en: 'Look at', 'zh-Hans': '查看' },
      help: {
        en: 'A place inside the value, such as customer.country. Empty: the value itself.',
        'zh-Hans': '值中的位置，例如 customer.country。留空表示值本身。',
      },
      placeholder: { en: 'the value itself', 'zh-Hans': '值本身' },
    }),
    cases: field.list({ title: { en: 'Cases', 'zh-Hans': '情形' }, add: { en: 'Add a case', 'zh-Hans': '添加情形' } }, oneCase, [
      { id: 'case_1' },
    ]),
    matchCase: field.toggle({ title: { en: 'Tell upper from lower case', 'zh-Hans': '区分大小写' }, advanced: true }, false),
  })
  .superRefine(({ cases }, issues) => refuseTakenIds('cases', cases, ['otherwise', 'choice', 'error'], issues));

export const switchNode = defineNode({
  type: 'switch',
  version: 1,
  category: 'logic',
  icon: 'signpost',
  words: {
    title: { en: 'Switch', 'zh-Hans': '按值分流' },
    summary: { en: 'Sends what comes in along the case its value belongs to.', 'zh-Hans': '根据值所属的情形，把内容送往对应的分支。' },
    synonyms: ['case', 'select', 'route', 'one of', 'value', 'lookup', '情形', '选择', '路由', '分流'],
  },
  config,
  ports: ({ cases }) => ({
    inputs: [{ id: 'value', title: { en: 'Value', 'zh-Hans': '值' }, type: 'any', required: true }],
    outputs: [
      ...cases.map((item) => ({ id: item.id, title: labelOf(item), type: 'any' as const, way: 'one' as const })),
      { id: 'otherwise', title: { en: 'Otherwise', 'zh-Hans': '否则' }, type: 'any', way: 'one' },
      { id: 'choice', title: { en: 'Case chosen', 'zh-Hans': '所选情形' }, type: 'choice' },
    ],
  }),
  check: ({ cases }) => cases.flatMap(({ values }, index) => emptyValues(values, index)),
  essence: ({ path, cases }) => [path, cases.map(({ values }) => values.join(', ')).join(' | ')].filter((part) => part !== '').join(': '),
  repeatable: true,
  examples: [
    {
      name: { en: 'By country', 'zh-Hans': '按国家' },
      config: {
        path: 'country',
        cases: [
          { id: 'near', title: 'Nearby', values: ['CH', 'AT', 'DE'] },
          { id: 'far', title: 'Overseas', values: ['US'] },
        ],
      },
      inputs: { value: { order: 7, country: 'at' } },
      outputs: { near: { order: 7, country: 'at' }, choice: 'near' },
    },
    {
      name: { en: 'None of the cases', 'zh-Hans': '都不符合' },
      config: { cases: [{ id: 'zero', title: 'Zero', values: ['0'] }] },
      inputs: { value: 5 },
      outputs: { otherwise: 5, choice: 'otherwise' },
    },
  ],
  run({ config: { path, cases, matchCase }, inputs }) {
    const value = inputs['value'] as Json;
    const at = readPath(value, path) ?? null;
    const chosen = cases.find(({ values }) => values.some((wanted) => isValue(at, wanted, matchCase)))?.id ?? 'otherwise';
    return { [chosen]: value, choice: chosen };
  },
});

/** A number is compared as one, so that 5 is “5.0”; a text as a text, so that “01” is not “1”. */
function isValue(value: Json, wanted: string, matchCase: boolean): boolean {
  const op = typeof value === 'number' && numberIn(wanted) !== undefined ? 'equal' : 'is';
  return hold(value, 'all', [{ path: '', op, value: wanted, to: '', matchCase }]);
}

/** A case of nothing would take what is empty, unnoticed. */
function emptyValues(values: Case['values'], index: number): ConfigFault[] {
  if (values.length === 0) return [{ code: 'case_empty', path: ['cases', index, 'values'] }];
  return values.flatMap((value, at): ConfigFault[] =>
    value.trim() === '' ? [{ code: 'case_empty', path: ['cases', index, 'values', at] }] : [],
  );
}

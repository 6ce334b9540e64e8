import {
  defineNode,
  describeFailure,
  type Failure,
  failureError,
  field,
  type Json,
  type NodeContext,
  parseJsonText,
  StepError,
} from '@patchbay/node-kit';
import * as z from 'zod';

const longest = 1_000;
const widest = 50;

export const forEachNode = defineNode({
  type: 'for_each',
  version: 1,
  category: 'logic',
  icon: 'repeat-2',
  role: 'container',
  words: {
    title: { en: 'For each', 'zh-Hans': '逐项处理' },
    summary: {
      en: 'Runs the steps inside it once for every item of a list, and gives the results as a list in the same order.',
      'zh-Hans': '对列表中的每一项运行一次内部步骤，并按原顺序以列表形式给出结果。',
    },
    synonyms: ['loop', 'map', 'iterate', 'batch', 'every item', 'list', '循环', '遍历', '批量', '每一项', '列表'],
  },
  config: z.strictObject({
    concurrency: field.number(
      {
        title: { en: 'At the same time', 'zh-Hans': '同时处理' },
        help: { en: 'How many items are worked on at once.', 'zh-Hans': '同时处理的项数。' },
        min: 1,
        max: widest,
      },
      5,
    ),
    onFailure: field.choice(
      {
        title: { en: 'When an item fails', 'zh-Hans': '某项失败时' },
        options: [
          { value: 'stop', title: { en: 'stop everything', 'zh-Hans': '全部停止' } },
          { value: 'skip', title: { en: 'leave it out', 'zh-Hans': '略去此项' } },
          { value: 'mark', title: { en: 'put the error in its place', 'zh-Hans': '在其位置放入错误' } },
        ],
      },
      'stop',
    ),
    most: field.number(
      {
        title: { en: 'Most items', 'zh-Hans': '最多项数' },
        help: { en: 'A longer list is refused before anything runs.', 'zh-Hans': '更长的列表会在运行前被拒绝。' },
        min: 1,
        max: longest,
        advanced: true,
      },
      longest,
    ),
  }),
  ports: {
    inputs: [
      { id: 'list', title: { en: 'List', 'zh-Hans': '列表' }, type: 'any', required: true },
      { id: 'result', title: { en: 'Result of an item', 'zh-Hans': '单项结果' }, type: 'any', required: true, inner: true },
      { id: 'stop', title: { en: 'Stop after this item', 'zh-Hans': '在此项后停止' }, type: 'any', required: false, inner: true },
    ],
    outputs: [
      { id: 'results', title: { en: 'Results', 'zh-Hans': '结果列表' }, type: 'any[]' },
      { id: 'item', title: { en: 'Item', 'zh-Hans': '当前项' }, type: 'any', inner: true },
      { id: 'index', title: { en: 'Place in the list, from 0', 'zh-Hans': '序号（从 0 开始）' }, type: 'number', inner: true },
    ],
  },
  essence: ({ concurrency }) => `× ${concurrency}`,
  repeatable: true,
  examples: [
    {
      name: { en: 'Three names, nothing done inside', 'zh-Hans': '三个名字，内部不做处理' },
      config: {},
      inputs: { list: ['Ada', 'Grace', 'Edsger'] },
      outputs: { results: ['Ada', 'Grace', 'Edsger'] },
    },
    { name: { en: 'An empty list', 'zh-Hans': '空列表' }, config: {}, inputs: { list: [] }, outputs: { results: [] } },
  ],
  async run({ config, inputs }, ctx) {
    const list = listOf(inputs['list'] as Json, config.most);
    return { results: await inTurns(list, config, ctx) };
  },
});

interface Rules {
  concurrency: number;
  onFailure: 'stop' | 'skip' | 'mark';
}

/** A text that is a JSON list is read as one, since models write lists so; anything else that is no list is one item. */
function listOf(value: Json, most: number): Json[] {
  const read = typeof value === 'string' && value.trimStart().startsWith('[') ? parseList(value) : value;
  const list = Array.isArray(read) ? read : [value];
  if (list.length > most) throw new StepError('invalid_input', 'list_too_long', { count: list.length, limit: most });
  return list;
}

function parseList(text: string): Json {
  try {
    return parseJsonText(text);
  } catch {
    return text;
  }
}

/** Results by place; a place without one had nothing to give. Items after one that says stop are not worked on, and not kept. */
async function inTurns(list: readonly Json[], { concurrency, onFailure }: Rules, ctx: NodeContext): Promise<Json[]> {
  const results = new Map<number, Json>();
  let next = 0;
  let last = list.length - 1;

  async function work(): Promise<void> {
    while (next <= last) {
      const index = next;
      next += 1;
      const { outputs, error } = await ctx.inside.run(index, { item: list[index] ?? null, index });
      if (error === undefined) {
        if (Object.hasOwn(outputs, 'result')) results.set(index, outputs['result'] ?? null);
        if (isYes(outputs['stop'])) last = Math.min(last, index);
      } else if (onFailure === 'stop') throw failureError(error);
      else if (onFailure === 'mark') results.set(index, marked(error, index, ctx));
    }
  }

  await Promise.all(Array.from({ length: Math.min(concurrency, list.length) }, work));
  return [...results]
    .flatMap(([index, value]) => (index <= last ? [{ index, value }] : []))
    .sort((a, b) => a.index - b.index)
    .map(({ value }) => value);
}

/** Anything that is there and does not say no. */
const isYes = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== false && value !== '' && value !== 'false';

const marked = (failure: Failure, index: number, { locale }: NodeContext): Json => ({
  error: { class: failure.class, message: describeFailure(failure, locale).message, node: failure.node ?? '' },
  index,
});

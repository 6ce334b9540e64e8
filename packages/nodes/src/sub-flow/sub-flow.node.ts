import { defineNode, type FlowAnswer, failureError, field, type Json, StepError } from '@patchbay/node-kit';
import * as z from 'zod';
import { fieldTitle, fieldType } from '../flow-fields.ts';
import { createLane } from '../lane.ts';
import { refuseTakenIds } from '../named.ts';

const fieldName = field.id({ title: { en: 'Name in that flow', 'zh-Hans': '在该流程中的名称' } });
const inputField = z.strictObject({
  id: fieldName,
  title: fieldTitle,
  type: fieldType,
  required: field.toggle({ title: { en: 'Required', 'zh-Hans': '必填' } }, true),
});
const outputField = z.strictObject({ id: fieldName, title: fieldTitle, type: fieldType });

export const subFlowNode = defineNode({
  type: 'sub_flow',
  version: 1,
  category: 'logic',
  icon: 'workflow',
  words: {
    title: { en: 'Run another flow', 'zh-Hans': '运行其他流程' },
    summary: {
      en: 'Runs a published flow of the same workspace as one step, with its inputs and outputs as ports.',
      'zh-Hans': '将同一工作区中已发布的流程作为一个步骤运行，其输入和输出即为端口。',
    },
    synonyms: ['sub-flow', 'subflow', 'call', 'reuse', 'function', 'nested', '子流程', '调用', '复用', '嵌套'],
  },
  config: z
    .strictObject({
      flow: field.plain({
        title: { en: 'Flow', 'zh-Hans': '流程' },
        help: { en: 'The address under which it is published.', 'zh-Hans': '其发布地址。' },
        placeholder: { en: 'support-triage', 'zh-Hans': 'support-triage' },
      }),
      version: field.choice(
        {
          title: { en: 'Version', 'zh-Hans': '版本' },
          options: [
            { value: 'newest', title: { en: 'the newest', 'zh-Hans': '最新版本' } },
            { value: 'number', title: { en: 'this one:', 'zh-Hans': '指定版本：' } },
            { value: 'draft', title: { en: 'the draft, in test runs', 'zh-Hans': '草稿（仅测试运行）' } },
          ],
        },
        'newest',
      ),
      number: field.number({ title: { en: 'Number', 'zh-Hans': '版本号' }, min: 1, showIf: { field: 'version', in: ['number'] } }, 1),
      inputs: field.list(
        { title: { en: 'What it takes', 'zh-Hans': '它的输入' }, add: { en: 'Add an input', 'zh-Hans': '添加输入' } },
        inputField,
        [],
      ),
      outputs: field.list(
        { title: { en: 'What it gives', 'zh-Hans': '它的输出' }, add: { en: 'Add an output', 'zh-Hans': '添加输出' } },
        outputField,
        [{ id: 'result', title: 'Result' }],
      ),
    })
    .superRefine(({ inputs, outputs }, issues) => {
      refuseTakenIds('inputs', inputs, [], issues);
      refuseTakenIds('outputs', outputs, ['error'], issues);
    }),
  ports: ({ inputs, outputs }) => ({
    inputs: inputs.map(({ id, title, type, required }) => ({ id, title: title === '' ? id : title, type, required })),
    outputs: outputs.map(({ id, title, type }) => ({ id, title: title === '' ? id : title, type, stream: type === 'text' })),
  }),
  essence: ({ flow, version, number }) => (version === 'number' ? `${flow}@${number}` : flow),
  // Steps inside it that are not are noted by themselves; what has ended there answers from the journal.
  repeatable: true,
  examples: [
    {
      name: { en: 'A flow that gives its input back', 'zh-Hans': '原样返回输入的流程' },
      config: { flow: 'echo', inputs: [{ id: 'text' }], outputs: [{ id: 'text' }] },
      inputs: { text: 'Hello' },
      outputs: { text: 'Hello' },
    },
  ],
  async *run({ config, inputs }, ctx) {
    const { flow, outputs } = config;
    if (flow.trim() === '') throw new StepError('invalid_input', 'flow_missing');
    const version = config.version === 'number' ? Math.floor(config.number) : config.version === 'draft' ? 'draft' : null;
    const streamed = new Set<string>();
    const texts = new Set(outputs.flatMap(({ id, type }) => (type === 'text' ? [id] : [])));
    const lane = createLane();
    const call = { flow: flow.trim(), version, inputs: inputs as Record<string, Json>, onText: lane.put } as const;
    const answered = ctx.flows.run(call).finally(lane.close);
    answered.catch(() => undefined);
    for await (const chunk of lane.chunks()) {
      if (!texts.has(chunk.port)) continue;
      streamed.add(chunk.port);
      yield chunk;
    }
    return valuesOf(await answered, outputs, streamed);
  },
});

/** The outputs that are ports here; one the flow left empty is closed. */
function valuesOf(answer: FlowAnswer, ports: readonly { id: string }[], streamed: ReadonlySet<string>): Record<string, Json> {
  if (answer.error !== undefined) throw failureError(answer.error);
  const values: Record<string, Json> = {};
  for (const { id } of ports) {
    const value = Object.hasOwn(answer.outputs, id) ? answer.outputs[id] : undefined;
    if (value !== undefined) values[id] = value;
    // What was passed on as a text that arrives cannot be taken back as if nothing had come.
    else if (streamed.has(id)) throw new StepError('bad_output', 'flow_output_broken', { output: id });
  }
  return values;
}

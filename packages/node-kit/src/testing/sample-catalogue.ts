import { emptyFlow, type FlowDocument, type FlowNode } from '@patchbay/flow';
import * as z from 'zod';
import { createCatalogue, defineNode, type NodeDefinition, type NodeWords } from '../definition.ts';
import { field, jsonField } from '../field.ts';
import { isPortType, type PortType } from '../port-type.ts';
import type { InputPort, OutputPort } from '../ports.ts';

const words = (en: string): NodeWords => ({
  title: { en, 'zh-Hans': `${en}（中）` },
  summary: { en: `${en}.`, 'zh-Hans': `${en}。` },
  synonyms: [],
});
const title = (en: string) => ({ title: { en, 'zh-Hans': `${en}（中）` } });
const common = { version: 1, category: 'text' as const, icon: 'x', repeatable: true, examples: [], run: () => ({}) };

const named = z.strictObject({ id: field.id(title('Id')), title: field.plain(title('Title')) });
const typed = z.strictObject({
  id: field.id(title('Id')),
  title: field.plain(title('Title')),
  type: z
    .string()
    .refine(isPortType)
    .default('text')
    .meta({ ui: { ...title('Type'), widget: 'port-type' } }),
  required: field.toggle(title('Required'), true),
  default: jsonField(title('Default')),
  example: jsonField(title('Example')),
  options: field.list(title('Options'), z.string(), []),
});
const port = (id: string, type: PortType, more: Partial<InputPort> = {}): InputPort => ({ id, title: id, type, required: true, ...more });

const input = defineNode({
  ...common,
  type: 'input',
  role: 'flow-input',
  words: words('Input'),
  config: z.strictObject({ fields: field.list(title('Fields'), typed, [{ id: 'text' }]) }),
  ports: ({ fields }) => ({ inputs: [], outputs: fields.map(({ id, type }): OutputPort => ({ id, title: id, type: type as PortType })) }),
});

const output = defineNode({
  ...common,
  type: 'output',
  role: 'flow-output',
  words: words('Output'),
  config: z.strictObject({ fields: field.list(title('Fields'), typed, [{ id: 'result' }]) }),
  ports: ({ fields }) => ({
    inputs: fields.map(({ id, type }) => port(id, type as PortType, { required: false, stream: true })),
    outputs: [],
  }),
});

const prompt = defineNode({
  ...common,
  type: 'prompt',
  words: words('Prompt'),
  config: z.strictObject({ template: field.longText(title('Prompt')), data: field.json(title('Data'), null) }),
  ports: { inputs: [], outputs: [{ id: 'text', title: 'Text', type: 'text' }] },
  run: ({ config }) => ({ text: config.template }),
});

const model = defineNode({
  ...common,
  type: 'model',
  version: 3,
  words: words('Model'),
  config: z.strictObject({
    model: field.model(title('Model')),
    temperature: field.optionalNumber({ ...title('Temperature'), min: 0, max: 2 }),
  }),
  ports: {
    inputs: [port('prompt', 'text', { title: { en: 'Prompt', 'zh-Hans': '提示词' } })],
    outputs: [{ id: 'text', title: 'Text', type: 'text', stream: true }],
  },
  migrate: (config, from) => ({ ...config, temperature: from }),
});

const branch = defineNode({
  ...common,
  type: 'branch',
  words: words('Branch'),
  config: z.strictObject({
    ways: field.list(title('Ways'), named, [
      { id: 'yes', title: 'Yes' },
      { id: 'no', title: 'No' },
    ]),
  }),
  ports: ({ ways }) => ({
    inputs: [port('value', 'any')],
    outputs: [
      ...ways.map((way) => ({ id: way.id, title: way.title, type: 'any' as const, way: 'one' as const })),
      { id: 'choice', title: 'Choice', type: 'choice' },
    ],
  }),
});

const filter = defineNode({
  ...common,
  type: 'filter',
  words: words('Filter'),
  config: z.strictObject({}),
  ports: { inputs: [port('value', 'any')], outputs: [{ id: 'kept', title: 'Kept', type: 'any', way: 'one' }] },
});

/** Takes any number of two ways, or a third where it takes none. */
const sort = defineNode({
  ...common,
  type: 'sort',
  words: words('Sort'),
  config: z.strictObject({}),
  ports: {
    inputs: [port('value', 'any')],
    outputs: [
      { id: 'a', title: 'A', type: 'any', way: 'some' },
      { id: 'b', title: 'B', type: 'any', way: 'some' },
      { id: 'rest', title: 'Rest', type: 'any', way: 'rest' },
    ],
  },
});

const sum = defineNode({
  ...common,
  type: 'sum',
  words: words('Sum'),
  config: z.strictObject({}),
  ports: {
    inputs: [
      port('number', 'number'),
      port('list', 'text[]', { required: false, fanIn: 'list' }),
      port('image', 'image', { required: false }),
    ],
    outputs: [{ id: 'total', title: 'Total', type: 'number' }],
  },
});

const send = defineNode({
  ...common,
  type: 'send',
  repeatable: false,
  words: words('Send'),
  config: z.strictObject({ url: field.text(title('Address')) }),
  ports: { inputs: [], outputs: [{ id: 'data', title: 'Data', type: 'data' }] },
});
const note = defineNode({
  ...common,
  type: 'note',
  role: 'annotation',
  words: words('Note'),
  config: z.strictObject({}),
  ports: { inputs: [], outputs: [] },
});
const loop = defineNode({
  ...common,
  type: 'loop',
  role: 'container',
  words: words('Loop'),
  config: z.strictObject({}),
  ports: { inputs: [port('items', 'any[]', { required: false })], outputs: [] },
});

const each = defineNode({
  ...common,
  type: 'each',
  role: 'container',
  words: words('Each'),
  config: z.strictObject({}),
  ports: {
    inputs: [port('list', 'any'), port('result', 'any', { inner: true })],
    outputs: [
      { id: 'results', title: 'Results', type: 'any[]' },
      { id: 'item', title: 'Item', type: 'any', inner: true },
    ],
  },
});

/** Node types enough to say everything a check can say. */
export const sampleNodes: Record<string, NodeDefinition> = {
  input,
  output,
  prompt,
  model,
  branch,
  filter,
  sort,
  sum,
  send,
  note,
  loop,
  each,
};
export const sampleCatalogue = createCatalogue(Object.values(sampleNodes));

/** A flow of the given nodes and wires (`a.text > b.prompt`), each node by its type or whole. */
export function flowOf(nodes: Record<string, string | Partial<FlowNode>>, ...wires: string[]): FlowDocument {
  const flow = emptyFlow('Test');
  for (const [id, node] of Object.entries(nodes)) {
    const given = typeof node === 'string' ? { type: node } : node;
    flow.nodes[id] = { type: id, config: {}, ...given };
  }
  flow.edges = wires.map((wire) => {
    const [from = '', to = ''] = wire.split(' > ');
    return { from, to };
  });
  return flow;
}

import type { FlowDocument } from '@patchbay/flow';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { commands } from '../store/commands.ts';
import { testStore } from '../store/testing.ts';
import type { EditorStore, RunState } from '../store/types.ts';
import { isOptional, type LostWires, placeChip, setOptional, writeText } from './chip-commands.ts';
import { chipSources, lastValue } from './chip-sources.ts';
import { chipView } from './chip-views.ts';
import { shortText } from './short-text.ts';

const flow = (): FlowDocument => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Chips',
  nodes: {
    ticket: { type: 'input', config: { fields: [{ id: 'text', title: 'Message', type: 'text', example: 'Hello?' }] } },
    prompt: { type: 'prompt', config: { template: 'About {{ticket}}' } },
    reply: { type: 'model', config: {} },
    after: { type: 'prompt', title: 'Later', config: { template: '{{reply}}' } },
    apart: { type: 'prompt', title: 'Apart', config: { template: 'x' } },
  },
  edges: [
    { from: 'ticket.text', to: 'prompt.ticket' },
    { from: 'prompt.text', to: 'reply.prompt' },
    { from: 'reply.text', to: 'after.reply' },
  ],
  layout: {},
});
const idle: RunState = { phase: 'idle', steps: {}, outputs: {} };
const place = (node: string) => ({ node, path: ['template'] });
const template = (store: EditorStore, node: string) => store.getState().flow.nodes[node]?.config['template'];
const wires = (store: EditorStore) => store.getState().flow.edges.map((edge) => `${edge.from}>${edge.to}`);

test('the list offers what may come before, nearest first, and nothing that closes a circle', () => {
  const sources = chipSources({ flow: flow(), run: idle, catalogue, locale: 'en' }, 'reply');
  expect(sources.map(({ label, group }) => `${group}: ${label}`)).toEqual([
    'before: Prompt · Text',
    'inputs: Input · Message',
    'other: Apart · Text',
  ]);
  const chinese = chipSources({ flow: flow(), run: idle, catalogue, locale: 'zh-Hans' }, 'reply');
  expect(chinese.map(({ label }) => label)).toEqual(['提示词 · 文本', '输入 · Message', 'Apart · 文本']);
});

test('values are those of the last run, with the places inside them; before one, the example of an input', () => {
  const run: RunState = {
    ...idle,
    steps: {
      prompt: { status: 'streaming', text: { text: 'Ab' } },
      reply: {
        status: 'succeeded',
        text: {},
        outputs: { text: JSON.parse('{"customer": {"name": "Ada", "a b": 1}, "rows": [{"id": 7}], "__proto__": 1}') },
      },
    },
  };
  const reader = { flow: flow(), run, catalogue };
  expect(lastValue(reader, 'prompt', 'text')).toBe('Ab');
  expect(lastValue(reader, 'ticket', 'text')).toBe('Hello?');
  expect(lastValue(reader, 'apart', 'text')).toBeUndefined();
  expect(lastValue(reader, 'constructor', 'text')).toBeUndefined();
  const labels = chipSources({ ...reader, locale: 'en' }, 'after')
    .filter(({ end }) => end === 'reply.text')
    .map(({ label }) => label);
  expect(labels).toEqual([
    'Model · Text',
    'Model · Text.customer',
    'Model · Text.customer.name',
    'Model · Text.rows',
    'Model · Text.rows[0]',
    'Model · Text.rows[0].id',
    'Model · Text.__proto__',
  ]);
});

test('a chip is called by the current titles, and says when it has no value', () => {
  const doc = flow();
  expect(chipView(doc, catalogue, 'en', 'after', 'reply')).toMatchObject({ state: 'wired', label: 'Model · Text', type: 'text' });
  const renamed: FlowDocument = { ...doc, nodes: { ...doc.nodes, reply: { type: 'model', title: 'Answer', config: {} } } };
  expect(chipView(renamed, catalogue, 'en', 'after', 'reply').label).toBe('Answer · Text');
  expect(chipView({ ...doc, edges: [] }, catalogue, 'en', 'after', 'reply')).toMatchObject({ state: 'loose', label: 'reply' });
  const filled: FlowDocument = {
    ...doc,
    edges: [],
    nodes: { ...doc.nodes, after: { type: 'prompt', config: {}, values: { reply: 'hi' } } },
  };
  expect(chipView(filled, catalogue, 'en', 'after', 'reply')).toMatchObject({ state: 'literal', literal: 'hi' });
});

test('a chip, its port and its wire come in one step, and undo leaves no braces behind', () => {
  const store = testStore(flow());
  writeText(store, place('apart'), 'Translate {{', new Map());
  placeChip(store, place('apart'), { value: 'Translate {{prompt}}', clean: 'Translate ', port: 'prompt', from: 'prompt.text' });
  expect(wires(store)).toContain('prompt.text>apart.prompt');
  store.undo();
  expect(template(store, 'apart')).toBe('Translate ');
  expect(wires(store)).toEqual(wires(testStore(flow())));
  store.redo();
  expect(template(store, 'apart')).toBe('Translate {{prompt}}');
  expect(wires(store)).toContain('prompt.text>apart.prompt');
  commands.rename(store, 'prompt', 'Renamed');
  expect(template(store, 'apart')).toBe('Translate {{prompt}}');
});

test('the last chip of a name takes port and wire along; cut and pasted it finds its value again', () => {
  const store = testStore(flow());
  const lost: LostWires = new Map();
  writeText(store, place('prompt'), 'About ', lost);
  expect(wires(store)).not.toContain('ticket.text>prompt.ticket');
  store.seal();
  writeText(store, place('prompt'), '{{ticket}} first', lost);
  expect(wires(store)).toContain('ticket.text>prompt.ticket');
  store.undo();
  expect(template(store, 'prompt')).toBe('About ');
  store.undo();
  expect(wires(store)).toContain('ticket.text>prompt.ticket');
});

test('a chip that comes back is not wired where that would close a circle or the step is gone', () => {
  const store = testStore(flow());
  writeText(
    store,
    place('prompt'),
    '{{late}} {{gone}}',
    new Map([
      ['late', 'after.text'],
      ['gone', 'nowhere.text'],
    ]),
  );
  expect(wires(store).filter((wire) => wire.includes('>prompt.'))).toEqual([]);
});

test('all chips of a name are made optional together, in every text of the step', () => {
  const store = testStore({
    ...flow(),
    nodes: {
      ...flow().nodes,
      web: { type: 'http', config: { url: 'https://a.b/{{id}}', headers: [{ name: 'X', value: '{{id.x}} {{other}}' }] } },
    },
  });
  expect(isOptional(store.getState().flow, store, 'web', 'id')).toBe(false);
  setOptional(store, 'web', 'id', true);
  expect(store.getState().flow.nodes['web']?.config).toEqual({
    url: 'https://a.b/{{id?}}',
    headers: [{ name: 'X', value: '{{id.x?}} {{other}}' }],
  });
  expect(isOptional(store.getState().flow, store, 'web', 'id')).toBe(true);
  setOptional(store, 'web', 'id', false);
  expect(store.getState().flow.nodes['web']?.config['url']).toBe('https://a.b/{{id}}');
});

test('values are shown in one short line', () => {
  expect(shortText('a\n  b', 10)).toBe('a b');
  expect(shortText({ a: [1, 2] }, 40)).toBe('{"a":[1,2]}');
  expect(shortText('x'.repeat(500), 10)).toBe(`${'x'.repeat(9)}…`);
  expect(shortText(null, 10)).toBe('null');
});

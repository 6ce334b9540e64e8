import type { FlowDocument } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { commands } from '../commands.ts';
import { testStore } from '../testing.ts';
import { renamePort } from './rename-port.ts';
import { setSetting } from './setting.ts';

const flow = (): FlowDocument => ({
  format: 'patchbay/flow',
  version: 1,
  name: 'Settings',
  nodes: {
    ask: { type: 'input', config: {} },
    sort: { type: 'classify', config: {} },
    pick: { type: 'branch', config: { ways: [{ id: 'yes', title: 'Yes' }] } },
    done: { type: 'output', config: {}, fanIn: { result: 'first' } },
  },
  edges: [
    { from: 'ask.text', to: 'sort.text' },
    { from: 'sort.question', to: 'done.result' },
    { from: 'sort.complaint', to: 'done.result' },
  ],
  layout: {},
  examples: [{ name: 'One', inputs: { text: 'Hi' }, outputs: { result: 'Ho' } }],
});

test('a list that stands there by default is written out before one entry of it changes', () => {
  const store = testStore(flow());
  store.command({ key: 'x' }, (draft) => setSetting(draft, store.catalogue, 'sort', ['labels', 0, 'title'], 'A question'));
  expect(store.getState().flow.nodes['sort']?.config['labels']).toMatchObject([
    { id: 'question', title: 'A question' },
    { id: 'complaint', title: 'Complaint' },
  ]);
  expect(store.getState().flow.edges).toHaveLength(3);
});

test('so it is inside an entry, and a plain field writes nothing but itself', () => {
  const store = testStore(flow());
  store.command({ key: 'x' }, (draft) => setSetting(draft, store.catalogue, 'pick', ['ways', 0, 'conditions', 0, 'value'], 'refund'));
  expect(store.getState().flow.nodes['pick']?.config).toMatchObject({ ways: [{ id: 'yes', conditions: [{ value: 'refund' }] }] });
  commands.setConfig(store, 'sort', ['other'], true);
  expect(store.getState().flow.nodes['sort']?.config).toEqual({ other: true });
});

test('an id that changes takes its wires, rules and examples along', () => {
  const store = testStore(flow());
  store.command({ key: 'x' }, (draft) => {
    renamePort(draft, store.catalogue, { node: 'ask', path: ['fields', 0, 'id'] }, 'text', 'message');
    renamePort(draft, store.catalogue, { node: 'done', path: ['fields', 0, 'id'] }, 'result', 'label');
  });
  const { edges, examples, nodes } = store.getState().flow;
  expect(edges.map((edge) => `${edge.from}>${edge.to}`)).toEqual([
    'ask.message>sort.text',
    'sort.question>done.label',
    'sort.complaint>done.label',
  ]);
  expect(examples).toEqual([{ name: 'One', inputs: { message: 'Hi' }, outputs: { label: 'Ho' } }]);
  expect(nodes['done']?.fanIn).toEqual({ label: 'first' });
  store.undo();
  expect(store.getState().flow).toEqual(flow());
});

test('a chip becomes a question to the caller, beside those there by default, or in a new input step', () => {
  const asked: FlowDocument = { ...flow(), nodes: { ...flow().nodes, write: { type: 'prompt', config: { template: '{{topic}}' } } } };
  const store = testStore(asked);
  commands.promoteToInput(store, 'write', 'topic');
  expect(store.getState().flow.nodes['ask']?.config['fields']).toMatchObject([
    { id: 'text' },
    { id: 'topic', type: 'text', required: true },
  ]);
  expect(store.getState().flow.edges).toContainEqual({ from: 'ask.topic', to: 'write.topic' });
  expect(store.getState().flow.edges).toContainEqual({ from: 'ask.text', to: 'sort.text' });

  const bare = testStore({
    ...flow(),
    nodes: { write: { type: 'prompt', config: { template: '{{topic}}' } } },
    edges: [],
    layout: { write: { x: 0, y: 0 } },
  });
  commands.promoteToInput(bare, 'write', 'topic');
  expect(bare.getState().flow.edges).toEqual([{ from: 'input.topic', to: 'write.topic' }]);
  expect(bare.getState().flow.layout['input']?.x).toBeLessThan(0);
  bare.undo();
  expect(Object.keys(bare.getState().flow.nodes)).toEqual(['write']);
});

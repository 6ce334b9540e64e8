import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { commands } from './commands.ts';
import { sampleFlow, testStore } from './testing.ts';
import type { EditorStore } from './types.ts';

const opened: EditorStore[] = [];
const open = (...args: Parameters<typeof testStore>) => {
  const store = testStore(...args);
  opened.push(store);
  return store;
};
afterEach(() => {
  for (const store of opened.splice(0)) store.dispose();
});
const text = (store: EditorStore) => JSON.stringify(store.getState().flow);

test('an edit is one named undo step, and untouched records stay the same objects', () => {
  const store = open();
  const before = store.getState().flow;
  commands.rename(store, 'draft', 'Write');
  const after = store.getState().flow;
  expect(after.nodes['draft']?.title).toBe('Write');
  expect(after.nodes['reply']).toBe(before.nodes['reply']);
  expect(after.edges).toBe(before.edges);
  expect(after.layout).toBe(before.layout);
  expect(store.getState().undoStack).toHaveLength(1);
  expect(store.getState().undoStack[0]?.name.key).toBe('canvas:commands.rename');
  store.undo();
  expect(store.getState().flow).toEqual(before);
  expect(store.getState().flow.nodes['draft']).toBe(before.nodes['draft']);
  store.redo();
  expect(store.getState().flow).toEqual(after);
});

test('an edit that changes nothing leaves no step and no new document', () => {
  const store = open();
  const before = store.getState().flow;
  commands.rename(store, 'draft', 'Draft answer');
  expect(store.getState().flow).toBe(before);
  expect(store.getState().undoStack).toHaveLength(0);
});

test('typing in one field within a second is one step; a pause, a seal or another field begins a new one', () => {
  let now = 0;
  const store = open(sampleFlow(), { now: () => now });
  const type = (node: string, value: string) => commands.setConfig(store, node, ['system'], value);
  for (const value of ['a', 'ab', 'abc']) {
    now += 300;
    type('reply', value);
  }
  expect(store.getState().undoStack).toHaveLength(1);
  now += 1_500;
  type('reply', 'abcd');
  expect(store.getState().undoStack).toHaveLength(2);
  store.seal();
  type('reply', 'abcde');
  expect(store.getState().undoStack).toHaveLength(3);
  store.undo();
  store.undo();
  store.undo();
  expect(store.getState().flow).toEqual(sampleFlow());
});

test('typing and taking it back within the second leaves no step', () => {
  const store = open(sampleFlow(), { now: () => 0 });
  commands.setConfig(store, 'reply', ['system'], 'x');
  commands.setConfig(store, 'reply', ['system'], undefined);
  expect(store.getState().undoStack).toHaveLength(0);
});

test('undo keeps 500 steps', () => {
  const store = open();
  for (let count = 0; count < 520; count += 1) commands.rename(store, 'draft', `Title ${count}`);
  expect(store.getState().undoStack).toHaveLength(500);
});

test('deleting a step takes its wires, leaves the chip, and one undo brings all back in order', () => {
  const store = open();
  const before = text(store);
  store.select({ nodes: ['ticket'] });
  commands.removeSelected(store);
  const { flow, selection } = store.getState();
  expect(Object.keys(flow.nodes)).toEqual(['draft', 'reply', 'answer']);
  expect(flow.edges).toHaveLength(2);
  expect(flow.layout['ticket']).toBeUndefined();
  expect(flow.nodes['draft']?.config['template']).toBe('Answer: {{ticket}}');
  expect(selection.nodes).toEqual([]);
  store.undo();
  expect(text(store)).toBe(before);
});

test('removing the last chip removes its port and wire in the same step', () => {
  const store = open();
  const before = text(store);
  commands.setConfig(store, 'draft', ['template'], 'Answer politely');
  expect(store.getState().flow.edges.map((edge) => edge.to)).toEqual(['reply.prompt', 'answer.reply']);
  expect(store.getState().undoStack).toHaveLength(1);
  store.undo();
  expect(text(store)).toBe(before);
});

test('half-typed settings that do not parse cost no wire', () => {
  const store = open();
  commands.setConfig(store, 'answer', ['fields', 0, 'id'], 'Not a name');
  expect(store.getState().flow.edges).toHaveLength(3);
});

test('inserting a chip sets the text, makes the port and wires it; undo and redo take all three', () => {
  const store = open();
  const before = text(store);
  commands.insertChip(store, { node: 'reply', path: ['system'], text: 'About {{draft}}', port: 'draft', from: 'draft.text' });
  const after = text(store);
  expect(store.getState().flow.edges).toContainEqual({ from: 'draft.text', to: 'reply.draft' });
  store.undo();
  expect(text(store)).toBe(before);
  store.redo();
  expect(text(store)).toBe(after);
});

const ids = (store: EditorStore) => Object.keys(store.getState().flow.nodes);
type Act = (store: EditorStore, seed: number) => void;
const pick = (list: string[], seed: number) => list[seed % Math.max(1, list.length)] ?? '';
const acts: Act[] = [
  (store, seed) => commands.addNode(store, { type: pick([...store.catalogue.keys()], seed), after: pick(ids(store), seed >> 3) }),
  (store, seed) => commands.nudge(store, [pick(ids(store), seed)], { x: 8, y: (seed % 3) * 8 }),
  (store, seed) => commands.connectToNode(store, `${pick(ids(store), seed)}.text`, pick(ids(store), seed >> 4)),
  (store, seed) => commands.setConfig(store, pick(ids(store), seed), ['template'], `Write about {{topic}} ${seed % 7}`),
  (store, seed) => commands.rename(store, pick(ids(store), seed), seed % 2 === 0 ? `Step ${seed % 9}` : ''),
  (store, seed) => commands.toggleBypass(store, [pick(ids(store), seed)]),
  (store, seed) => commands.duplicate(store, ids(store).slice(seed % 3, (seed % 3) + 2)),
  (store, seed) => {
    store.select({ nodes: [pick(ids(store), seed)] });
    const copied = commands.copyText(store);
    if (copied !== null) commands.pasteText(store, copied);
  },
  (store, seed) => {
    if (ids(store).length < 3) return;
    store.select({ nodes: [pick(ids(store), seed)] });
    commands.removeSelected(store);
  },
  (store, seed) => {
    const edge = store.getState().flow.edges[seed % 5];
    if (edge) commands.insertOnEdge(store, edge, 'prompt');
  },
  (store, seed) => {
    const edge = store.getState().flow.edges[seed % 5];
    if (edge) commands.disconnect(store, [edge]);
  },
];

test('undo storm: random edits, as many undos, as many redos give the same text at both ends', { timeout: 120_000 }, () => {
  const storm = fc.array(fc.tuple(fc.nat(acts.length - 1), fc.nat(1_000_000)), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(storm, (steps) => {
      let now = 0;
      const store = testStore(sampleFlow(), { now: () => now });
      const start = text(store);
      const texts = [start];
      for (const [act, seed] of steps) {
        now += 400;
        acts[act]?.(store, seed);
        const { flow, undoStack } = store.getState();
        texts.length = undoStack.length + 1;
        texts[undoStack.length] = text(store);
        for (const edge of flow.edges) {
          expect(Object.hasOwn(flow.nodes, edge.from.split('.')[0] ?? '')).toBe(true);
          expect(Object.hasOwn(flow.nodes, edge.to.split('.')[0] ?? '')).toBe(true);
        }
      }
      const steps_ = store.getState().undoStack.length;
      for (let left = steps_; left > 0; left -= 1) {
        expect(text(store)).toBe(texts[left]);
        store.undo();
      }
      expect(text(store)).toBe(start);
      for (let count = 0; count < steps_; count += 1) store.redo();
      expect(text(store)).toBe(texts[steps_]);
      store.dispose();
    }),
    { numRuns: 40 },
  );
});

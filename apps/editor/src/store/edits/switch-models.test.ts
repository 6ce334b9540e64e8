import { expect, test } from 'vitest';
import { commands } from '../commands.ts';
import { sampleFlow, testStore } from '../testing.ts';
import { demoSteps } from './switch-models.ts';

const withModels = () => {
  const flow = sampleFlow();
  const ask = (model: string) => ({ type: 'model', config: { model } });
  Object.assign(flow.nodes, { a: ask('demo/auto'), b: ask('demo'), c: ask('demonic/x'), d: ask('openai/x') });
  return testStore(flow);
};

test('steps that ask the demo model by name switch together, as one undo step; others stay', () => {
  const store = withModels();
  const model = (id: string) => store.getState().flow.nodes[id]?.config['model'];
  expect(demoSteps(store.getState().flow.nodes)).toEqual(['a', 'b']);
  commands.switchFromDemo(store, 'openai/gpt');
  expect(['a', 'b', 'c', 'd', 'reply'].map(model)).toEqual(['openai/gpt', 'openai/gpt', 'demonic/x', 'openai/x', 'auto']);
  expect(store.getState().undoStack.at(-1)?.name).toMatchObject({ params: { count: 2 } });
  store.undo();
  expect(['a', 'b'].map(model)).toEqual(['demo/auto', 'demo']);
});

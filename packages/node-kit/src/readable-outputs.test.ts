import type { FlowNode } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { readableOutputs } from './readable-outputs.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';

const ways = [
  { id: 'high', title: '紧急' },
  { id: 'constructor', title: 'Built' },
];
const nodes: Record<string, Partial<FlowNode>> = {
  input: { type: 'input' },
  pick: { type: 'branch', config: { ways } },
  output: { type: 'output', config: { fields: [{ id: 'priority', type: 'choice' }, { id: 'text' }] } },
};
const edges = [
  { from: 'input.text', to: 'pick.value' },
  { from: 'pick.choice', to: 'output.priority' },
  { from: 'input.text', to: 'output.text' },
];
const show = readableOutputs({ ...flowOf(nodes), edges }, sampleCatalogue, 'zh-Hans');

test('a choice reads as the title of its way, whatever its id', () => {
  expect(show('priority', 'high')).toBe('紧急');
  expect(show('priority', 'constructor')).toBe('Built');
});

test('what is no choice, or no way of this flow any more, stays as it is', () => {
  expect(show('text', 'high')).toBe('high');
  expect(show('priority', 'gone')).toBe('gone');
  expect(show('priority', 'toString')).toBe('toString');
  expect(show('nothing', 'high')).toBe('high');
  for (const value of [null, 3, ['high'], { high: 1 }]) expect(show('priority', value)).toEqual(value);
});

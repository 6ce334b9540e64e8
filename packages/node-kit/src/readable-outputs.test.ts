import type { FlowNode } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { columnTitles, readableOutputs } from './readable-outputs.ts';
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

test('fields of records are called by their titles, callers’ ids aside', () => {
  expect(show.columns('text')).toEqual(new Map());
  expect(show.columns('nothing')).toEqual(new Map());
  const columns = [
    { id: 'name', title: '姓名' },
    { id: 'mail', title: { en: 'E-mail', 'zh-Hans': '邮箱' } },
  ];
  expect([...columnTitles({ columns }, 'zh-Hans')]).toEqual([
    ['name', '姓名'],
    ['mail', '邮箱'],
  ]);
  expect(columnTitles({}, 'en').size).toBe(0);
});

import type { FlowNode, Json } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { declaredFields, flowFace, outputsSchema } from './face.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';

const input = (...fields: Json[]): Partial<FlowNode> => ({ type: 'input', config: { fields } });
const output = (...fields: Json[]): Partial<FlowNode> => ({ type: 'output', config: { fields } });
const face = (nodes: Record<string, Partial<FlowNode>>) => flowFace(flowOf(nodes), sampleCatalogue);

test('a flow without ends has no face', () => {
  expect(face({ model: { type: 'model' } })).toEqual({ inputs: [], outputs: [] });
  expect(face({})).toEqual({ inputs: [], outputs: [] });
});

test('fields say all that their node says, with what was left out filled in', () => {
  expect(face({ a: input({ id: 'text' }) }).inputs).toEqual([
    { id: 'text', title: 'text', help: '', type: 'text', required: true, default: null, example: null, options: [], node: 'a' },
  ]);
  const full = { id: 'kind', title: '种类', type: 'choice', required: false, default: 'x', example: 'y', options: ['x', 'y'] };
  expect(face({ a: input(full) }).inputs).toEqual([{ ...full, help: '', node: 'a' }]);
});

test('inputs and outputs of one name are two things', () => {
  const { inputs, outputs } = face({ a: input({ id: 'text' }), b: output({ id: 'text', title: 'Reply' }) });
  expect([inputs.length, outputs.length]).toEqual([1, 1]);
  expect(outputs[0]).toMatchObject({ title: 'Reply', required: false, node: 'b' });
});

test('a name in several nodes is one field: required if one needs it, of any type if they differ', () => {
  const { inputs } = face({
    a: input({ id: 'text', title: 'First', required: false }, { id: 'same', required: false }),
    b: input({ id: 'text', title: 'Second', type: 'number' }, { id: 'same', required: false }),
  });
  expect(inputs).toMatchObject([
    { id: 'text', title: 'First', type: 'any', required: true, node: 'a' },
    { id: 'same', type: 'text', required: false, node: 'a' },
  ]);
});

test('fields stand in document order', () => {
  const { outputs } = face({ b: output({ id: 'z' }, { id: 'a' }), a: output({ id: 'm' }) });
  expect(outputs.map((field) => field.id)).toEqual(['z', 'a', 'm']);
});

test('a config that does not parse is read as far as it goes', () => {
  expect(
    declaredFields('a', { fields: [{ id: 'ok' }, { title: 'no id' }, null, 'x', { id: 3 }] }, 'flow-input').map((field) => field.id),
  ).toEqual(['ok']);
  expect(declaredFields('a', { fields: 'none' }, 'flow-input')).toEqual([]);
  expect(declaredFields('a', {}, 'flow-input')).toEqual([]);
  expect(declaredFields('a', { fields: [{ id: 'x', type: 'martian', options: [1, 'a'] }] }, 'flow-output')).toMatchObject([
    { type: 'text', options: ['a'], required: false },
  ]);
});

test('constructor is a field like any other', () => {
  const { outputs } = face({ a: output({ id: 'constructor' }) });
  expect(outputs.map((field) => field.id)).toEqual(['constructor']);
  expect(Object.keys(outputsSchema({ outputs })['properties'] as Record<string, Json>)).toEqual(['constructor']);
});

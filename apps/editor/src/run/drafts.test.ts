import type { Json } from '@patchbay/flow';
import type { FlowField, PortType } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { readDrafts, startDrafts, toDraft } from './drafts.ts';

const field = (id: string, type: PortType, rest: Partial<FlowField> = {}): FlowField => ({
  id,
  title: id,
  help: '',
  type,
  required: true,
  default: null,
  example: null,
  options: [],
  node: 'input',
  ...rest,
});

const values: [PortType, Json][] = [
  ['text', 'Hello'],
  ['number', 2.5],
  ['boolean', true],
  ['boolean', false],
  ['choice', 'red'],
  ['data', { a: [1, null, 'x'] }],
  ['image', { mediaType: 'image/png', base64: 'aGk=', name: 'a.png' }],
  ['chat', [{ role: 'user', content: 'Hi' }]],
  ['any', 'plain'],
  ['any', { deep: true }],
  ['text[]', ['a', 'b']],
  ['number[]', [1, 2]],
];

test.each(values)('a value of type %s goes through the form unchanged', (type, value) => {
  const fields = [field('x', type)];
  const drafts = { x: toDraft(type, value) };
  const { inputs, errors } = readDrafts(fields, drafts);
  expect([...errors]).toEqual([]);
  expect(inputs).toEqual({ x: value });
});

test('a required field left empty is asked for, whatever its type', () => {
  const fields = [field('text', 'text'), field('count', 'number'), field('mood', 'choice', { options: ['good', 'bad'] })];
  const { inputs, errors } = readDrafts(fields, startDrafts(fields, undefined));
  expect(inputs).toEqual({});
  expect([...errors.values()]).toEqual([{ kind: 'required' }, { kind: 'required' }, { kind: 'required' }]);
  expect(readDrafts(fields, { text: ' \n', count: '1', mood: 'good' }).errors.get('text')).toEqual({ kind: 'required' });
  const preset = [field('text', 'text', { default: 'set' })];
  expect(readDrafts(preset, startDrafts(preset, undefined))).toEqual({ inputs: { text: 'set' }, errors: new Map() });
  expect(readDrafts(preset, { text: '' }).errors.get('text')).toEqual({ kind: 'required' });
});

test('what is no number and no data is said at its field and kept as typed', () => {
  const fields = [field('n', 'number'), field('d', 'data'), field('o', 'number', { required: false })];
  const { errors } = readDrafts(fields, { n: '12a', d: '{', o: '' });
  expect(errors.get('n')).toEqual({ kind: 'number' });
  expect(errors.get('d')).toEqual({ kind: 'json' });
  expect(errors.has('o')).toBe(false);
});

test('the form opens with the example’s inputs, else with the fields’ own examples and defaults', () => {
  const fields = [field('a', 'text', { example: 'seen' }), field('b', 'text', { default: 'set', required: false })];
  expect(startDrafts(fields, undefined)).toEqual({ a: 'seen', b: 'set' });
  expect(startDrafts(fields, { a: 'mine' })).toEqual({ a: 'mine', b: 'set' });
});

test('a field named like a property of every object is a field like any other', () => {
  const fields = [field('constructor', 'text')];
  expect(startDrafts(fields, {})).toEqual({ constructor: '' });
  expect(readDrafts(fields, { constructor: 'x' }).inputs).toEqual({ constructor: 'x' });
});

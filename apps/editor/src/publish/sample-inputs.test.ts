import type { Json } from '@patchbay/flow';
import { baseTypes, checkInputs, type FlowField, type PortType } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { sampleInputs } from './sample-inputs.ts';

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

test('the example comes first, then the field’s own example, then its default', () => {
  const fields = [field('a', 'text', { example: 'own', default: 'set' }), field('b', 'text', { default: 'set' }), field('c', 'text')];
  expect(sampleInputs(fields, { a: 'given', gone: 'x' }, 'Some text')).toEqual({ a: 'given', b: 'set', c: 'Some text' });
  expect(sampleInputs(fields, { a: '' }, 'Some text')).toMatchObject({ a: 'own' });
  expect(sampleInputs(fields, undefined, 'Some text')).toMatchObject({ a: 'own' });
});

test('an example that no longer fits its field is passed over', () => {
  const fields = [field('n', 'number'), field('kind', 'choice', { options: ['red', 'blue'] })];
  expect(sampleInputs(fields, { n: 'many', kind: 'green' }, 'x')).toEqual({ n: 1, kind: 'red' });
});

test('what is optional and has no value is left out', () => {
  expect(sampleInputs([field('a', 'text', { required: false })], undefined, 'x')).toEqual({});
});

test.each(baseTypes.flatMap((type): PortType[] => [type, `${type}[]`]))('a plain value of type %s is taken by the API', (type) => {
  const fields = [field('constructor', type)];
  const inputs: Record<string, Json> = sampleInputs(fields, undefined, 'Some text');
  expect(checkInputs(fields, inputs)).toMatchObject({ ok: true });
});

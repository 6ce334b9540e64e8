import type { Json } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { findMisfit } from './find-misfit.ts';

test.each<[string, Json, Json, (string | number)[] | undefined]>([
  ['anything without a type', {}, [1], undefined],
  ['a type', { type: 'string' }, 1, []],
  ['one of several types', { type: ['string', 'null'] }, null, undefined],
  ['an integer', { type: 'integer' }, 1.5, []],
  ['a choice', { enum: ['a', 1] }, 'b', []],
  ['a constant', { const: { a: 1 } }, { a: 1 }, undefined],
  ['a range', { type: 'number', minimum: 1, maximum: 2 }, 3, []],
  ['list items', { type: 'array', items: { type: 'number' } }, [1, 'x'], [1]],
  ['list lengths', { type: 'array', minItems: 1, maxItems: 2 }, [], []],
  ['a required name', { type: 'object', required: ['a'] }, {}, ['a']],
  ['a required name that objects have anyway', { type: 'object', required: ['constructor'] }, {}, ['constructor']],
  [
    'a deep place',
    { properties: { a: { items: { properties: { b: { type: 'number' } } } } } },
    { a: [{ b: 1 }, { b: '1' }] },
    ['a', 1, 'b'],
  ],
  ['no other names', { properties: {}, additionalProperties: false }, { a: 1 }, ['a']],
  ['other names of one type', { additionalProperties: { type: 'number' } }, { a: 'x' }, ['a']],
  ['any of', { anyOf: [{ type: 'number' }, { type: 'null' }] }, 'x', []],
  ['any of, fitting', { anyOf: [{ type: 'number' }, { type: 'null' }] }, null, undefined],
  ['a pattern, which asks for nothing', { type: 'string', pattern: '(a+)+$' }, `${'a'.repeat(50)}b`, undefined],
])('%s', (_, schema, value, path) => expect(findMisfit(schema, value)?.path).toEqual(path));

test('a schema nested without end is left at a depth', () => {
  let value: Json = 1;
  for (let depth = 0; depth < 5_000; depth += 1) value = [value];
  const schema: Record<string, Json> = { type: 'array' };
  schema['items'] = schema;
  expect(findMisfit(schema, value)).toBeUndefined();
});

import { expect, test } from 'vitest';
import type { Json } from '../interface.ts';
import { fits, sampleOf } from './schema-sample.ts';

test.each<[schema: Record<string, Json>, expected: Json]>([
  [{ type: 'string' }, 'demo'],
  [{ type: 'string', minLength: 6 }, 'demo..'],
  [{ type: 'string', format: 'date' }, '2026-01-01'],
  [{ type: 'integer', minimum: 3 }, 3],
  [{ type: 'number', exclusiveMinimum: 0 }, 1],
  [{ type: 'number', maximum: -2.5 }, -3],
  [{ type: 'boolean' }, false],
  [{ type: ['string', 'null'] }, 'demo'],
  [{ const: 'x' }, 'x'],
  [{ enum: ['a', 'b'] }, 'a'],
  [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 0],
  [{ type: 'array', items: { type: 'number' }, minItems: 2 }, [0, 0]],
  [{ type: 'object', properties: { a: { type: 'object', properties: { b: { type: 'number' } } } } }, { a: { b: 0 } }],
  [{ $defs: { n: { type: 'number' } }, type: 'object', properties: { a: { $ref: '#/$defs/n' } } }, { a: 0 }],
  [{}, null],
])('the smallest value for %j', (schema, expected) => {
  expect(sampleOf(schema)).toEqual(expected);
});

test('a schema that holds itself ends', () => {
  const schema = { type: 'object', properties: { next: { $ref: '#' } } };
  expect(JSON.stringify(sampleOf(schema)).length).toBeLessThan(1_000);
});

test('known values are put in where they fit, and only there', () => {
  const schema = { type: 'object', properties: { label: { enum: ['a', 'b'] }, score: { type: 'number' }, name: { type: 'string' } } };
  expect(sampleOf(schema, { label: 'b', score: 0.5, name: 7, extra: 1 })).toEqual({ label: 'b', score: 0.5, name: 'demo' });
  expect(sampleOf(schema, { label: 'c' })).toMatchObject({ label: 'a' });
});

test.each<[schema: Json, value: Json, expected: boolean]>([
  [{ type: 'integer' }, 1.5, false],
  [{ type: 'integer' }, 2, true],
  [{ type: ['string', 'null'] }, null, true],
  [{ type: 'string' }, null, false],
  [{ type: 'array', items: { type: 'string' } }, ['a', 1], false],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, null, true],
  [{}, 1, true],
])('%j takes %j: %s', (schema, value, expected) => {
  expect(fits(schema, value)).toBe(expected);
});

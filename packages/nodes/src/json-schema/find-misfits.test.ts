import type { Json } from '@patchbay/node-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMisfits } from './find-misfits.ts';
import { describeMisfit, type MisfitKind, placeOf, pointerOf } from './misfit.ts';

const kinds = (schema: Json, value: Json): MisfitKind[] => findMisfits(schema, value).map(({ kind }) => kind);

/** A keyword, a value that fits, one that does not, and what is said of it. */
const cases: [Json, Json, Json, MisfitKind][] = [
  [{ type: 'string' }, '', 1, 'type'],
  [{ type: ['string', 'null'] }, null, 1, 'type'],
  [{ type: 'integer' }, 1.0, 1.5, 'type'],
  [{ type: 'number' }, 1.5, '1', 'type'],
  [{ type: 'array' }, [], {}, 'type'],
  [{ type: 'object' }, {}, [], 'type'],
  [{ type: 'boolean' }, false, 0, 'type'],
  [{ enum: [1, { a: [2] }] }, { a: [2] }, 2, 'options'],
  [{ const: { a: 1, b: 2 } }, { b: 2, a: 1 }, { a: 1 }, 'options'],
  [{ const: null }, null, 0, 'options'],
  [{ minimum: 1 }, 1, 0, 'least'],
  [{ maximum: 1 }, 1, 2, 'most'],
  [{ exclusiveMinimum: 1 }, 2, 1, 'above'],
  [{ exclusiveMaximum: 1 }, 0, 1, 'below'],
  [{ multipleOf: 0.1 }, 0.3, 0.35, 'multiple'],
  [{ minLength: 2 }, '你好', '👍', 'shortest'],
  [{ maxLength: 1 }, '👍', 'ab', 'longest'],
  [{ pattern: '^a+$' }, 'aa', 'ab', 'pattern'],
  [{ format: 'date' }, '2024-02-29', '2025-02-29', 'format'],
  [{ format: 'date-time' }, '2026-01-01T00:00:00Z', '2026-01-01', 'format'],
  [{ format: 'time' }, '23:59:59Z', '24:00:00Z', 'format'],
  [{ format: 'email' }, 'a@example.com', 'a@', 'format'],
  [{ format: 'uri' }, 'https://example.com/a?b', 'example', 'format'],
  [{ format: 'uuid' }, '123e4567-e89b-12d3-a456-426614174000', '123', 'format'],
  [{ format: 'ipv4' }, '127.0.0.1', '256.0.0.1', 'format'],
  [{ minItems: 1 }, [1], [], 'fewest_items'],
  [{ maxItems: 1 }, [1], [1, 2], 'most_items'],
  [
    { uniqueItems: true },
    [1, '1'],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    'repeats',
  ],
  [{ items: { type: 'number' } }, [1], ['x'], 'type'],
  [{ prefixItems: [{ type: 'string' }], items: false }, ['a'], ['a', 1], 'never'],
  [{ contains: { const: 1 } }, [2, 1], [2], 'contains'],
  [{ contains: { const: 1 }, maxContains: 1 }, [1], [1, 1], 'contains'],
  [{ required: ['a'] }, { a: null }, {}, 'missing'],
  [{ required: ['toString'] }, { toString: 1 }, {}, 'missing'],
  [{ dependentRequired: { a: ['b'] } }, { a: 1, b: 2 }, { a: 1 }, 'missing'],
  [{ properties: { a: { type: 'number' } } }, { a: 1, b: 'x' }, { a: 'x' }, 'type'],
  [{ properties: { a: {} }, additionalProperties: false }, { a: 1 }, { b: 1 }, 'unknown'],
  [{ additionalProperties: { type: 'number' } }, { b: 1 }, { b: 'x' }, 'type'],
  [{ patternProperties: { '^n_': { type: 'number' } }, additionalProperties: false }, { n_a: 1 }, { n_a: 'x' }, 'type'],
  [{ propertyNames: { maxLength: 2 } }, { ab: 1 }, { abc: 1 }, 'unknown'],
  [{ minProperties: 1 }, { a: 1 }, {}, 'fewest_fields'],
  [{ maxProperties: 1 }, { a: 1 }, { a: 1, b: 2 }, 'most_fields'],
  [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, 1, 3, 'most'],
  [{ anyOf: [{ type: 'string' }, { minimum: 5 }] }, 5, 4, 'none_fits'],
  [{ oneOf: [{ type: 'number', minimum: 5 }, { type: 'string' }] }, 'a', 3, 'none_fits'],
  [{ oneOf: [{ type: 'integer' }, { minimum: 5 }] }, 5.5, 6, 'several_fit'],
  [{ not: { type: 'string' } }, 1, 'a', 'must_not_fit'],
  [JSON.parse('{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}}') as Json, 'ab', 1, 'least'],
  [{ $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'number' } } }, 1, 'x', 'type'],
  [false, 0, 0, 'never'],
];

test.each(cases)('%j', (schema, good, bad, kind) => {
  if (schema !== false) expect(kinds(schema, good)).toEqual([]);
  expect(kinds(schema, bad)).toEqual([kind]);
  const [misfit] = findMisfits(schema, bad);
  for (const locale of ['en', 'zh-Hans'] as const) expect(describeMisfit(misfit as never, locale)).not.toMatch(/[{}]\w|undefined/);
});

test('all places are told, each by where it is', () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: { items: { items: { required: ['total'], properties: { total: { minimum: 0 } } } } },
    additionalProperties: false,
  };
  const found = findMisfits(schema, { items: [{ total: 1 }, { total: -1 }, {}], 'a/b': 1 });
  expect(found.map(({ path, kind }) => [placeOf(path), pointerOf(path), kind])).toEqual([
    ['', '', 'missing'],
    ['items[1].total', '/items/1/total', 'least'],
    ['items[2]', '/items/2', 'missing'],
    ['a/b', '/a~1b', 'unknown'],
  ]);
  expect(describeMisfit(found[1] as never, 'en')).toBe('This must be at least 0.');
  expect(findMisfits({ items: false }, Array<Json>(500).fill(1))).toHaveLength(100);
});

test('a tree that refers to itself is followed as deep as the value goes', () => {
  const tree = { properties: { value: { type: 'number' }, inside: { items: { $ref: '#' } } } };
  expect(kinds(tree, { value: 1, inside: [{ value: 2, inside: [{ value: 'x' }] }] })).toEqual(['type']);
});

describe('a schema that means harm', () => {
  const twice = { $ref: '#/$defs/a' };
  test.each<[string, Json, string]>([
    ['refers to itself at once', { $ref: '#' }, 'schema_too_much'],
    ['branches into itself', { $defs: { a: { anyOf: [{ not: twice }, { not: twice }, false] } }, ...twice }, 'schema_too_much'],
    ['refers outside', { $ref: 'http://127.0.0.1/schema' }, 'schema_bad'],
    ['refers to a prototype', { $ref: '#/__proto__/constructor' }, 'schema_bad'],
    ['refers to nothing', { $ref: '#/$defs/none' }, 'schema_bad'],
    ['asks for what is not understood', { unevaluatedProperties: false }, 'schema_unsupported'],
    ['is none', 'text', 'schema_bad'],
    ['names a type that is none', { type: 'text' }, 'schema_bad'],
    ['has a pattern that is none', { pattern: '(' }, 'bad_pattern'],
    ['lists by no list', { allOf: {} }, 'schema_bad'],
  ])('%s', (_name, schema, reason) => {
    expect(() => findMisfits(schema, 'x')).toThrow(expect.objectContaining({ errorClass: 'invalid_input', reason }));
  });

  test('cannot make a pattern hang', () => {
    expect(kinds({ pattern: '^(a+)+$' }, `${'a'.repeat(5_000)}b`)).toEqual(['pattern']);
  });
});

test('a value fits the schema made of itself, and no value fits the opposite', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (given) => {
      const value = JSON.parse(JSON.stringify(given)) as Json;
      expect(kinds({ const: value }, value)).toEqual([]);
      expect(kinds({ not: { const: value } }, value)).toEqual(['must_not_fit']);
      expect(kinds({ anyOf: [{ const: value }, { type: 'null' }] }, value)).toEqual([]);
    }),
  );
});

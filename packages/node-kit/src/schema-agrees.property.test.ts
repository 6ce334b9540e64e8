import { isRecord, type Json } from '@patchbay/flow';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FlowField, inputsSchema, outputsSchema } from './face.ts';
import { checkInputs } from './inputs.ts';
import { baseTypes, type PortType } from './port-type.ts';

type Schema = Record<string, Json>;

/** As much of JSON Schema as our own schemas use, read word for word. */
function fits(schema: Json | undefined, value: Json): boolean {
  if (!isRecord(schema)) return true;
  const { type, enum: options, anyOf, items, properties, required, additionalProperties } = schema;
  if (Array.isArray(anyOf) && !anyOf.some((option) => fits(option as Json, value))) return false;
  if (Array.isArray(options) && !options.includes(value)) return false;
  if (typeof type === 'string' && !isOfType(type, value)) return false;
  if (Array.isArray(value)) return value.every((item) => fits(items as Json | undefined, item));
  if (!isRecord(value)) return true;
  const known = isRecord(properties) ? properties : {};
  if (Array.isArray(required) && !required.every((name) => typeof name === 'string' && Object.hasOwn(value, name))) return false;
  return Object.entries(value).every(([name, item]) => {
    if (Object.hasOwn(known, name)) return fits(known[name] as Json, item as Json);
    return additionalProperties !== false;
  });
}

function isOfType(type: string, value: Json): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return isRecord(value);
  return typeof value === type;
}

const types = baseTypes.flatMap((type): PortType[] => [type, `${type}[]`]);
const arbitraryField = (id: string): fc.Arbitrary<FlowField> =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(id),
    help: fc.constantFrom('', 'Help'),
    type: fc.constantFrom(...types),
    required: fc.boolean(),
    default: fc.constant(null),
    example: fc.constant(null),
    options: fc.constantFrom([], ['x', 'y']),
    node: fc.constant('input'),
  });

/** Values near to what fields take, right and wrong. */
const media = fc.record({ mediaType: fc.constantFrom('image/png', 'audio/mp3'), base64: fc.constantFrom('', 'AAAA') });
const stored = fc.record(
  { file: fc.constantFrom<Json>(`file_${'0'.repeat(26)}`, '../x', 7), mediaType: fc.constantFrom('image/png', 'audio/mp3') },
  { requiredKeys: [] },
);
const message = fc.record({ role: fc.constantFrom('user', 'assistant', 'robot'), content: fc.oneof(fc.string(), fc.nat()) });
const item = fc.oneof(
  fc.constantFrom<Json>('x', 'y', '', 0, -1.5, true, false, null),
  media,
  stored,
  message,
  fc.array(message, { maxLength: 2 }),
);
const arbitraryValue: fc.Arbitrary<Json> = fc.oneof(item, fc.array(item, { maxLength: 3 })) as fc.Arbitrary<Json>;
const arbitraryInputs = fc.dictionary(fc.constantFrom('a', 'b', 'constructor', 'other'), arbitraryValue, { maxKeys: 3 });
const arbitraryFields = fc.tuple(arbitraryField('a'), arbitraryField('b'), arbitraryField('constructor'));

/** What a schema cannot say in a plain way: the kind of the content, and null for what is required. */
const beyondSchema = new Set(['bad_media', 'bad_message', 'missing']);

test('what the schema takes and what the check takes are one', () => {
  fc.assert(
    fc.property(arbitraryFields, arbitraryInputs, (fields, inputs) => {
      const check = checkInputs(fields, inputs);
      const bySchema = fits(inputsSchema({ inputs: fields }), inputs);
      if (check.ok) expect(bySchema).toBe(true);
      else if (!check.errors.every((error) => beyondSchema.has(error.reason))) expect(bySchema).toBe(false);
    }),
    { numRuns: 3_000 },
  );
});

test('what comes back holds every field, given values unchanged', () => {
  fc.assert(
    fc.property(arbitraryFields, arbitraryInputs, (fields, inputs) => {
      const check = checkInputs(fields, inputs);
      if (!check.ok) return;
      expect(Object.keys(check.values)).toEqual(fields.map((field) => field.id));
      for (const { id } of fields) expect(check.values[id]).toEqual(Object.hasOwn(inputs, id) ? inputs[id] : null);
    }),
    { numRuns: 1_000 },
  );
});

test('errors stand where the fault is', () => {
  fc.assert(
    fc.property(arbitraryFields, arbitraryInputs, (fields, inputs) => {
      const check = checkInputs(fields, inputs);
      if (check.ok) return;
      for (const { pointer, reason } of check.errors) {
        const [, name = ''] = pointer.split('/');
        const known = fields.some((field) => field.id === name);
        expect(known).toBe(reason !== 'unknown_input' && reason !== 'unknown_input_like');
        if (reason !== 'missing') expect(Object.hasOwn(inputs, name)).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test.each<[PortType, Schema]>([
  ['text', { title: 'A', type: 'string' }],
  ['number', { title: 'A', type: 'number' }],
  ['boolean', { title: 'A', type: 'boolean' }],
  ['data', { title: 'A' }],
  ['any', { title: 'A' }],
  ['text[]', { title: 'A', type: 'array', items: { type: 'string' } }],
  ['data[]', { title: 'A', type: 'array', items: {} }],
])('the schema of %s', (type, expected) => {
  const field: FlowField = { id: 'a', title: 'A', help: '', type, required: true, default: null, example: null, options: [], node: 'n' };
  expect(inputsSchema({ inputs: [field] })['properties']).toEqual({ a: expected });
  expect(outputsSchema({ outputs: [] })).toEqual({ type: 'object', properties: {}, additionalProperties: false });
});

test('help, default and example are told', () => {
  const field: FlowField = {
    id: 'a',
    title: 'A',
    help: 'Why',
    type: 'choice',
    required: true,
    default: 'x',
    example: 'y',
    options: ['x', 'y'],
    node: 'n',
  };
  expect(inputsSchema({ inputs: [field] })).toEqual({
    type: 'object',
    properties: { a: { title: 'A', type: 'string', enum: ['x', 'y'], description: 'Why', default: 'x', examples: ['y'] } },
    required: [],
    additionalProperties: false,
  });
});

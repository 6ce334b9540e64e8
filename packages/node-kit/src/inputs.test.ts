import { type Json, locales } from '@patchbay/flow';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FlowField, flowFace, inputsSchema, outputsSchema } from './face.ts';
import { checkInputs, describeInputError } from './inputs.ts';
import { baseTypes, type PortType } from './port-type.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';
import { valueFault } from './value.ts';

const field = (id: string, type: PortType, more: Partial<FlowField> = {}): FlowField => ({
  id,
  title: id.toUpperCase(),
  help: '',
  type,
  required: true,
  default: null,
  example: null,
  options: [],
  node: 'input',
  ...more,
});
const errors = (fields: FlowField[], inputs: unknown) => {
  const check = checkInputs(fields, inputs);
  return check.ok ? [] : check.errors.map(({ pointer, reason }) => `${reason} ${pointer}`);
};

const fileId = `file_${'0'.repeat(26)}`;
const png = { mediaType: 'image/png', base64: 'AAAA' };
const good: [PortType, Json[]][] = [
  ['text', ['', 'x']],
  ['number', [0, -1.5]],
  ['boolean', [true, false]],
  ['choice', ['anything']],
  ['data', [{}, [], 'x', 1]],
  ['image', [png, { ...png, name: 'a.png' }, { file: fileId }, { file: fileId, mediaType: 'image/png', size: 1, url: '/x' }]],
  ['file', [png, { mediaType: 'application/pdf', base64: '' }]],
  [
    'chat',
    [
      [],
      [{ role: 'user', content: 'Hi' }],
      [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'media', ...png },
          ],
        },
      ],
    ],
  ],
  ['any', ['x', [1], {}]],
  ['text[]', [[], ['a', '']]],
  ['number[]', [[1, 2]]],
  ['image[]', [[png]]],
];
const bad: [PortType, Json, string][] = [
  ['text', 3, 'wrong_type '],
  ['number', '3', 'wrong_type '],
  ['boolean', 'true', 'wrong_type '],
  ['choice', 3, 'wrong_type '],
  ['image', 'AAAA', 'wrong_type '],
  ['image', { file: '../etc/passwd' }, 'bad_media /file'],
  ['image', { file: 7, mediaType: 'image/png' }, 'bad_media /file'],
  ['image', { file: fileId, mediaType: 'audio/wav' }, 'bad_media /mediaType'],
  ['image', { mediaType: 'audio/mp3', base64: 'AAAA' }, 'bad_media /mediaType'],
  ['image', { mediaType: 'image/png', base64: 'data:AAAA' }, 'bad_media /base64'],
  ['image', { ...png, name: 3 }, 'bad_media /name'],
  ['chat', 'Hi', 'wrong_type '],
  ['chat', [{ role: 'robot', content: 'Hi' }], 'bad_message /0/role'],
  ['chat', [{ role: 'user', content: 7 }], 'bad_message /0/content'],
  ['chat', ['Hi'], 'bad_message /0'],
  ['text[]', 'a', 'wrong_type '],
  ['text[]', ['a', 3], 'wrong_type /1'],
];

test.each(good)('%s takes what it should', (type, values) => {
  for (const value of values) expect(valueFault(type, value)).toBeUndefined();
});
test.each(bad)('%s refuses %j: %s', (type, value, expected) => {
  const fault = valueFault(type, value);
  expect(`${fault?.reason} ${fault?.pointer}`).toBe(expected);
  expect(errors([field('a', type)], { a: value })).toEqual([expected.replace(' ', ' /a')]);
});

test('given values come back with every field, absent ones as default or null', () => {
  const fields = [field('a', 'text'), field('b', 'number', { required: false }), field('c', 'choice', { required: false, default: 'x' })];
  expect(checkInputs(fields, { a: 'hi' })).toEqual({ ok: true, values: { a: 'hi', b: null, c: 'x' } });
  expect(checkInputs(fields, { a: '', b: null, c: null })).toEqual({ ok: true, values: { a: '', b: null, c: 'x' } });
  expect(checkInputs([field('a', 'text', { default: 'hello' })], {})).toEqual({ ok: true, values: { a: 'hello' } });
});

test('all that is wrong is told at once, with what was probably meant', () => {
  const fields = [field('message', 'text'), field('kind', 'choice', { options: ['a', 'b'] })];
  const check = checkInputs(fields, { mesage: 'hi', kind: 'c', zzz: 1 });
  expect(check).toMatchObject({
    ok: false,
    errors: [
      { pointer: '/message', reason: 'missing' },
      { pointer: '/kind', reason: 'not_an_option', params: { options: 'a, b' } },
      { pointer: '/mesage', reason: 'unknown_input_like', params: { nearest: 'message' } },
      { pointer: '/zzz', reason: 'unknown_input', params: { known: 'message, kind' } },
    ],
  });
  const sentences = check.ok ? [] : check.errors.map((error) => describeInputError(error, 'en'));
  expect(sentences).toEqual([
    '“MESSAGE” is required.',
    '“KIND” must be one of: a, b.',
    'There is no input “mesage”. Did you mean “message”?',
    'There is no input “zzz”. This flow takes: message, kind.',
  ]);
});

test('inputs that are no object, or reach for the prototype, are refused', () => {
  for (const inputs of [null, undefined, 3, 'x', [], new Date()]) expect(errors([], inputs)).toEqual(['not_an_object ']);
  expect(errors([field('a', 'text', { required: false })], JSON.parse('{"__proto__": {"a": "x"}, "constructor": 1}'))).toEqual([
    'unknown_input /__proto__',
    'unknown_input /constructor',
  ]);
  expect(checkInputs([field('constructor', 'text', { required: false })], {})).toEqual({ ok: true, values: { constructor: null } });
});

test('a body full of strange names is told in twenty', () => {
  expect(errors([], Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`n${index}`, 1]))).length).toBe(20);
});

test('whatever is given, checking does not throw and every error reads well', () => {
  const types = baseTypes.flatMap((type): PortType[] => [type, `${type}[]`]);
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.jsonValue(), (type, value) => {
      const check = checkInputs([field('a', type)], { a: value });
      if (check.ok) return;
      for (const locale of locales)
        for (const error of check.errors) expect(describeInputError(error, locale)).not.toMatch(/\{[a-z]+\}|undefined/);
    }),
  );
});

const fields = [
  { id: 'text', title: 'Message', type: 'text', example: 'Hi' },
  { id: 'kind', type: 'choice', required: false, default: 'a', options: ['a', 'b'] },
  { id: 'pictures', type: 'image[]', required: false },
];
const flow = flowOf({
  first: { type: 'input', config: { fields } },
  second: {
    type: 'input',
    config: {
      fields: [
        { id: 'text', required: false },
        { id: 'more', type: 'chat' },
      ],
    },
  },
  output: { config: { fields: [{ id: 'reply', title: 'Reply' }] } },
});

test('the face of a flow is its fields, each name once', () => {
  const face = flowFace(flow, sampleCatalogue);
  expect(face.inputs.map(({ id, title, type, required, node }) => [id, title, type, required, node])).toEqual([
    ['text', 'Message', 'text', true, 'first'],
    ['kind', 'kind', 'choice', false, 'first'],
    ['pictures', 'pictures', 'image[]', false, 'first'],
    ['more', 'more', 'chat', true, 'second'],
  ]);
  expect(face.outputs).toMatchObject([{ id: 'reply', title: 'Reply', type: 'text', required: false }]);
  expect(flowFace(flowOf({ input: { config: { fields: 'none' } }, x: 'martian' }), sampleCatalogue).inputs).toEqual([]);
});

test('the schema of inputs says what checkInputs checks', () => {
  expect(inputsSchema(flowFace(flow, sampleCatalogue))).toMatchObject({
    type: 'object',
    required: ['text', 'more'],
    additionalProperties: false,
    properties: {
      text: { title: 'Message', type: 'string', examples: ['Hi'] },
      kind: { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }], default: 'a' },
      pictures: {
        anyOf: [{ type: 'array', items: { anyOf: [{ required: ['file'] }, { required: ['mediaType', 'base64'] }] } }, { type: 'null' }],
      },
      more: { type: 'array', items: { type: 'object', required: ['role', 'content'] } },
    },
  });
  expect(outputsSchema(flowFace(flow, sampleCatalogue))).toMatchObject({
    properties: { reply: { title: 'Reply' } },
    additionalProperties: false,
  });
});

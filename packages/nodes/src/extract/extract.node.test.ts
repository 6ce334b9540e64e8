import { runNode } from '@patchbay/node-kit/testing';
import { describe, expect, test } from 'vitest';
import { answering } from '../testing/answering.ts';
import { extractNode } from './extract.node.ts';
import { type FieldType, readField } from './field-value.ts';

const fields = [
  { id: 'name', title: 'Name', required: true },
  { id: 'total', title: 'Total', type: 'number', hint: 'with tax' },
  { id: 'tags', title: 'Tags', type: 'text[]' },
];
const run = (answer: string) => {
  const { ctx, asked } = answering(answer);
  return { asked, result: runNode(extractNode, { config: { fields }, inputs: { text: 'A letter' }, ctx }) };
};

test('gives all fields as data, and each on its port', async () => {
  const { outputs } = await run('{"name":"Ada","total":"1,200.50","tags":["a",7],"extra":true}').result;
  const data = { name: 'Ada', total: 1200.5, tags: ['a', '7'] };
  expect(outputs).toEqual({ data, ...data });
});

test('what the text does not say is null', async () => {
  expect((await run('{"name":"Ada","total":null}').result).outputs['data']).toEqual({ name: 'Ada', total: null, tags: null });
});

test('a required field that is missing and a value of another type are bad output', async () => {
  await expect(run('{"name":""}').result).rejects.toMatchObject({
    errorClass: 'bad_output',
    reason: 'field_missing',
    params: { field: 'name' },
  });
  await expect(run('{"name":"Ada","total":"a lot"}').result).rejects.toMatchObject({
    reason: 'field_wrong_type',
    params: { field: 'total', expected: 'number' },
  });
});

test('asks with a strict schema in which everything may be null', async () => {
  const { asked, result } = run('{"name":"Ada"}');
  await result;
  expect(asked[0]?.schema).toEqual({
    type: 'object',
    properties: {
      name: { type: ['string', 'null'], description: 'Name' },
      total: { type: ['number', 'null'], description: 'Total: with tax' },
      tags: { type: ['array', 'null'], items: { type: 'string' }, description: 'Tags' },
    },
    required: ['name', 'total', 'tags'],
    additionalProperties: false,
  });
});

const shaped = (config: object, answer: string) => {
  const { ctx, asked } = answering(answer);
  return { asked, result: runNode(extractNode, { config: { ...config }, inputs: { text: 'A letter' }, ctx }) };
};

test('a list of records, each read like the fields', async () => {
  const records = { shape: 'records', fields };
  const { asked, result } = shaped(records, '{"records":[{"name":"Ada","total":"7"},{"name":"Bob","tags":["x"]}]}');
  expect((await result).outputs).toEqual({
    records: [
      { name: 'Ada', total: 7, tags: null },
      { name: 'Bob', total: null, tags: ['x'] },
    ],
    count: 2,
  });
  expect(asked[0]?.schema).toMatchObject({ properties: { records: { items: { required: ['name', 'total', 'tags'] } } } });
  expect(asked[0]?.task).toMatchObject({ kind: 'extract', many: true });
  expect((await shaped(records, '{"records":[]}').result).outputs).toEqual({ records: [], count: 0 });
  await expect(shaped(records, '{"records":{}}').result).rejects.toMatchObject({ reason: 'field_wrong_type' });
  await expect(shaped(records, '{"records":["Ada"]}').result).rejects.toMatchObject({ reason: 'field_wrong_type' });
  await expect(shaped(records, '{"records":[{"total":7}]}').result).rejects.toMatchObject({
    reason: 'field_missing',
    params: { field: 'name' },
  });
});

test('data of a schema, held to it', async () => {
  const schema = { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] };
  const { asked, result } = shaped({ shape: 'schema', schema }, '{"sum":4}');
  expect((await result).outputs).toEqual({ data: { sum: 4 } });
  expect(asked[0]?.schema).toEqual(schema);
  expect(asked[0]?.messages[1]?.content).toBe('A letter');
  await expect(shaped({ shape: 'schema', schema }, '{"sum":"4"}').result).rejects.toMatchObject({
    reason: 'answer_does_not_fit',
    params: { path: 'sum' },
  });
  expect((await shaped({ shape: 'schema' }, '{"any":1}').result).outputs).toEqual({ data: { any: 1 } });
});

describe('reads a field', () => {
  test.each<[FieldType, unknown, unknown]>([
    ['text', 'x', 'x'],
    ['text', 7, '7'],
    ['text', '', null],
    ['text', { a: 1 }, undefined],
    ['number', 7, 7],
    ['number', '-1 200', -1200],
    ['number', 'x', undefined],
    ['number', true, undefined],
    ['boolean', false, false],
    ['boolean', 'true', true],
    ['boolean', 'maybe', undefined],
    ['number[]', [1, '2', null], [1, 2]],
    ['number[]', 'x', undefined],
    ['text[]', 'one', ['one']],
  ])('%s from %j', (type, value, expected) => expect(readField(type, value as never)).toEqual(expected));
});

import type { Json } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { dataNode } from './data.node.ts';

const pick = async (path: string, missing = 'empty') => {
  const data = { items: [{ name: 'Lamp', 价格: 7 }], empty: null };
  return (await runNode(dataNode, { config: { path, missing }, inputs: { data } })).outputs['data'];
};

test('picks by own keys and indexes', async () => {
  expect(await pick('items[0].name')).toBe('Lamp');
  expect(await pick('items[0].价格')).toBe(7);
  expect(await pick('items.0.name')).toBe('Lamp');
  expect(await pick('empty', 'fail')).toBeNull();
});

test.each(['items[1]', 'nothing', 'constructor', 'items.length.x', '__proto__', 'items[0].name.length'])(
  '%s is not there',
  async (path) => {
    expect(await pick(path)).toBeNull();
    await expect(pick(path, 'fail')).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'place_missing', params: { path } });
  },
);

test('an empty place is the whole', async () => {
  expect(await pick('')).toMatchObject({ empty: null });
});

test('builds data in which values stay what they are and are never parsed', async () => {
  const config = { operation: 'shape', shape: { list: ['{{a}}', '{{b.c?}}'], text: 'a: {{a}}' } };
  const { outputs } = await runNode(dataNode, { config, inputs: { a: '{{b}}', b: {} } });
  expect(outputs).toEqual({ data: { list: ['{{b}}', null], text: 'a: {{b}}' } });
});

const run = async (config: Record<string, Json>, inputs: Record<string, Json>, locale: 'en' | 'zh-Hans' = 'en') =>
  (await runNode(dataNode, { config, inputs, ctx: { locale } })).outputs;

test('fields of two are put together, the second one’s win; a key that is a prototype stays a key', async () => {
  expect(await run({ operation: 'merge' }, { data: { a: 1, b: { c: 1 } }, other: { b: { d: 2 } } })).toEqual({
    data: { a: 1, b: { d: 2 } },
  });
  const evil = JSON.parse('{"__proto__":{"polluted":1}}') as Json;
  expect(JSON.stringify(await run({ operation: 'merge' }, { data: {}, other: evil }))).toBe('{"data":{"__proto__":{"polluted":1}}}');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  await expect(run({ operation: 'merge' }, { data: {}, other: [1] })).rejects.toMatchObject({
    reason: 'not_a_record',
    params: { port: 'other' },
  });
});

test('what fits goes one way, what does not the other, with every place in the reader’s language', async () => {
  const config = { operation: 'check', schema: { items: { type: 'number' } } };
  expect(await run(config, { data: [1, 2] })).toEqual({ fits: [1, 2], misfits: [] });
  expect(await run(config, { data: [1, 'x'] }, 'zh-Hans')).toEqual({
    misfit: [1, 'x'],
    misfits: [{ place: '[1]', pointer: '/1', message: '类型必须为：number。' }],
  });
  await expect(run({ operation: 'check', schema: 7 }, { data: 1 })).rejects.toMatchObject({ reason: 'schema_bad' });
});

test.each<[string, Json]>([
  ['{"a":1}', { a: 1 }],
  [' 5 ', 5],
  ['```\n[1]\n```', [1]],
  ['First ```js\nlet x;\n``` then ```json\n{"b":2}\n```', { b: 2 }],
  ['The answer is {"a": "}\\"{", "l": [1]} as asked.', { a: '}"{', l: [1] }],
  ['[see below] {"a":1}', { a: 1 }],
  ['{not} [2]', [2]],
])('JSON is found in %j', async (text, expected) => expect(await run({ operation: 'read' }, { text })).toEqual({ data: expected }));

test.each(['', 'no', '{', '[1', '```json\n{\n```', '{'.repeat(100_000)])('there is none in %j', async (text) => {
  await expect(run({ operation: 'read' }, { text })).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'no_json_inside' });
});

test('writes what it can read again', async () => {
  const data = { a: [1, null, 'x\n'], b: {} };
  for (const lines of [true, false]) {
    const { text } = await run({ operation: 'write', lines }, { data });
    expect(String(text).includes('\n')).toBe(lines);
    expect(await run({ operation: 'read' }, { text: text as string })).toEqual({ data });
  }
});

test('a check without a schema is said before a run', () => {
  expect(dataNode.check?.({ operation: 'check' })).toEqual([{ code: 'text_missing', path: ['schema'] }]);
  expect(dataNode.check?.({ operation: 'check', schema: {} })).toEqual([]);
});

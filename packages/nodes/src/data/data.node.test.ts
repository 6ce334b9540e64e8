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

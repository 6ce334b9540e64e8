import { portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { branchNode } from './branch.node.ts';

const ways = [
  { id: 'large', title: 'Large', conditions: [{ op: 'greater', value: '{{limit}}' }] },
  { id: 'small', title: 'Small', conditions: [{ op: 'greater', value: '0' }] },
];
const outputs = async (value: number | string) => (await runNode(branchNode, { config: { ways }, inputs: { value, limit: 100 } })).outputs;

test('takes the first way that holds and closes the others', async () => {
  expect(await outputs(500)).toEqual({ large: 500, choice: 'large' });
  expect(await outputs(50)).toEqual({ small: 50, choice: 'small' });
  expect(await outputs('none')).toEqual({ otherwise: 'none', choice: 'otherwise' });
});

test('has one port a way, and one per chip', () => {
  const ports = portsOf(branchNode, { type: 'branch', config: { ways } });
  expect(ports.inputs.map(({ id }) => id)).toEqual(['value', 'limit']);
  expect(ports.outputs.map(({ id }) => id)).toEqual(['large', 'small', 'otherwise', 'choice']);
});

test('the value of a comparison that needs none asks for nothing', () => {
  const config = { ways: [{ id: 'yes', conditions: [{ op: 'empty', value: '{{left_over}}' }] }] };
  expect(portsOf(branchNode, { type: 'branch', config }).inputs.map(({ id }) => id)).toEqual(['value']);
});

test.each([['otherwise'], ['choice'], ['error'], ['large']])('refuses a second output of the name %s', (id) => {
  const { issues } = portsOf(branchNode, { type: 'branch', config: { ways: [...ways, { id }] } });
  expect(issues).toEqual([expect.objectContaining({ code: 'id_taken', path: ['ways', 2, 'id'] })]);
});

test('a way may have the name of an object property', async () => {
  const config = { ways: [{ id: 'constructor', conditions: [{ op: 'not_empty' }] }] };
  expect((await runNode(branchNode, { config, inputs: { value: 1 } })).outputs).toEqual({ constructor: 1, choice: 'constructor' });
});

import { checkFlow, describeProblem, type Json, portsOf } from '@patchbay/node-kit';
import { runNode } from '@patchbay/node-kit/testing';
import { expect, test } from 'vitest';
import { catalogue } from '../index.ts';
import { switchNode } from './switch.node.ts';

const cases = [
  { id: 'near', title: 'Nearby', values: ['CH', 'AT'] },
  { id: 'none', values: ['0', '01'] },
  { id: 'same', values: ['{{wanted}}'] },
];
const choose = async (value: Json, more: Record<string, Json> = {}) =>
  (await runNode(switchNode, { config: { cases, ...more }, inputs: { value, wanted: 'Zoë' } })).outputs['choice'];

test.each<[Json, string]>([
  ['CH', 'near'],
  [' at ', 'near'],
  ['CHX', 'otherwise'],
  [0, 'none'],
  [0.0, 'none'],
  [1, 'none'],
  ['1', 'otherwise'],
  ['01', 'none'],
  ['Zoe\u0308', 'same'],
  [null, 'otherwise'],
  [[], 'otherwise'],
  [{ a: 1 }, 'otherwise'],
])('%j goes %s', async (value, chosen) => expect(await choose(value)).toBe(chosen));

test('the value goes along its case alone; a place inside it may decide', async () => {
  const value = { country: 'US', code: 'ch' };
  expect((await runNode(switchNode, { config: { cases, path: 'code' }, inputs: { value, wanted: '' } })).outputs).toEqual({
    near: value,
    choice: 'near',
  });
  expect(await choose(value, { path: 'code', matchCase: true })).toBe('otherwise');
  expect(await choose({ country: 'US' }, { path: 'code' })).toBe('otherwise');
});

test('the first case that has the value is taken', async () => {
  const twice = [
    { id: 'one', values: ['a'] },
    { id: 'two', values: ['a', 'b'] },
  ];
  expect([await choose('a', { cases: twice }), await choose('b', { cases: twice })]).toEqual(['one', 'two']);
});

test('has a way for each case, in their order, and a port for each chip', () => {
  const ports = portsOf(switchNode, { type: 'switch', config: { cases } });
  expect(ports.inputs.map(({ id }) => id)).toEqual(['value', 'wanted']);
  expect(ports.outputs.map(({ id, way }) => [id, way === 'one'])).toEqual([
    ['near', true],
    ['none', true],
    ['same', true],
    ['otherwise', true],
    ['choice', false],
  ]);
});

test.each(['otherwise', 'choice', 'error', 'near'])('refuses a second output of the name %s', (id) => {
  const { issues } = portsOf(switchNode, { type: 'switch', config: { cases: [...cases, { id, values: ['x'] }] } });
  expect(issues).toEqual([expect.objectContaining({ code: 'id_taken', path: ['cases', 3, 'id'] })]);
});

test('a case without a value is said before a run, at its place', () => {
  const config = {
    cases: [
      { id: 'a', values: ['x', ' '] },
      { id: 'b', values: [] },
      { id: 'c', values: ['{{x}}'] },
    ],
  };
  const flow = {
    format: 'patchbay/flow' as const,
    version: 1 as const,
    name: 'x',
    nodes: { s: { type: 'switch', config } },
    edges: [],
    layout: {},
  };
  const found = checkFlow(flow, catalogue).filter(({ code }) => code === 'case_empty');
  expect(found.map(({ pointer }) => pointer)).toEqual(['/nodes/s/config/cases/0/values/1', '/nodes/s/config/cases/1/values']);
  for (const locale of ['en', 'zh-Hans'] as const) expect(describeProblem(found[0] as never, locale)).not.toContain('(');
});

import type { FlowNode } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { checkWires } from './check-wires.ts';
import type { PortType } from './port-type.ts';
import { resolveFlow } from './resolve.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';

type Given = Record<string, string | Partial<FlowNode>>;
const check = (nodes: Given, ...wires: string[]) => checkWires(resolveFlow(flowOf(nodes, ...wires), sampleCatalogue));
const source = (...types: PortType[]): Partial<FlowNode> => ({
  type: 'input',
  config: { fields: types.map((type, index) => ({ id: `f${index}`, type })) },
});
const target = (type: PortType, more: Partial<FlowNode> = {}): Partial<FlowNode> => ({
  type: 'output',
  config: { fields: [{ id: 'to', type }] },
  ...more,
});

test.each<[PortType, PortType]>([
  ['image', 'number'],
  ['image', 'text'],
  ['text', 'number'],
  ['data', 'number'],
  ['chat', 'text'],
  ['number[]', 'number'],
  ['text[]', 'number[]'],
  ['file', 'image'],
])('%s into %s is refused', (from, to) => {
  expect(check({ from: source(from), to: target(to) }, 'from.f0 > to.to')).toMatchObject([
    { code: 'types_do_not_fit', edge: 0, node: 'to', port: 'to', params: { from, to, source: 'from' } },
  ]);
});

test.each<[PortType, PortType]>([
  ['number', 'text'],
  ['data', 'text'],
  ['text', 'data'],
  ['text[]', 'text'],
  ['text', 'text[]'],
  ['any', 'number'],
  ['image[]', 'any'],
  ['image', 'file'],
])('%s into %s is made to fit', (from, to) => {
  expect(check({ from: source(from), to: target(to) }, 'from.f0 > to.to')).toEqual([]);
});

test('several wires are judged one by one, and together', () => {
  const wires = ['from.f0 > to.to', 'from.f1 > to.to', 'from.f2 > to.to'];
  const nodes = (rule?: 'first' | 'list' | 'text'): Given => ({
    from: source('text', 'image', 'number'),
    to: target('text', rule === undefined ? {} : { fanIn: { to: rule } }),
  });
  expect(check(nodes(), ...wires).map(({ code, edge }) => [code, edge])).toEqual([
    ['types_do_not_fit', 1],
    ['needs_fan_in', 1],
  ]);
  expect(check(nodes('first'), ...wires).map(({ code, edge }) => [code, edge])).toEqual([['types_do_not_fit', 1]]);
  expect(check(nodes('text'), ...wires).map(({ code, edge }) => [code, edge])).toEqual([['types_do_not_fit', 1]]);
});

test('a port with a rule of its own takes several wires, each as one item', () => {
  const nodes = { from: source('text', 'number', 'image'), sum: 'sum' };
  expect(check(nodes, 'from.f0 > sum.list', 'from.f1 > sum.list')).toEqual([]);
  expect(check(nodes, 'from.f0 > sum.list', 'from.f2 > sum.list')).toMatchObject([{ code: 'types_do_not_fit', edge: 1 }]);
});

test('the ends of a wire are both named when both are wrong', () => {
  expect(check({ from: source('text'), to: target('text') }, 'from.gone > to.gone').map(({ code, pointer }) => [code, pointer])).toEqual([
    ['edge_from_no_port', '/edges/0/from'],
    ['edge_to_no_port', '/edges/0/to'],
  ]);
});

test('a port named like a part of every object is not there', () => {
  expect(check({ from: source('text'), to: target('text') }, 'from.constructor > to.to').map(({ code }) => code)).toEqual([
    'edge_from_no_port',
  ]);
});

test('wires of nodes that are not known or not there are left to others', () => {
  expect(check({ strange: 'martian', to: target('text') }, 'strange.x > to.to', 'gone.x > to.to', 'to.x > gone.y')).toMatchObject([
    { code: 'edge_from_no_port', edge: 2 },
  ]);
});

test('a chip takes anything but a wire to a chip that is gone is named', () => {
  const prompt = (template: string) => ({ type: 'prompt', config: { template } });
  expect(check({ from: source('image[]'), prompt: prompt('{{pictures}}') }, 'from.f0 > prompt.pictures')).toEqual([]);
  expect(check({ from: source('text'), prompt: prompt('none') }, 'from.f0 > prompt.pictures')).toMatchObject([
    { code: 'edge_to_no_port', port: 'pictures' },
  ]);
});

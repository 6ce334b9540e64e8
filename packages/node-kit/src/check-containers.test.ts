import type { FlowNode } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { checkFlow } from './check-flow.ts';
import { defineNode } from './definition.ts';
import { flowOf, sampleCatalogue, sampleNodes } from './testing/sample-catalogue.ts';

const loop = sampleNodes['loop'];
if (loop === undefined) throw new Error('the sample has no loop');
const each = defineNode({
  ...loop,
  type: 'each',
  essence: () => '',
  ports: {
    inputs: [
      { id: 'list', title: 'List', type: 'any', required: true },
      { id: 'result', title: 'Result', type: 'any', required: true, inner: true },
    ],
    outputs: [
      { id: 'results', title: 'Results', type: 'any' },
      { id: 'item', title: 'Item', type: 'any', inner: true },
    ],
  },
});
const catalogue = new Map([...sampleCatalogue, ['each', each]]);
const prompt: Partial<FlowNode> = { type: 'prompt', parent: 'each', config: { template: '{{x}}' } };
const sound = ['input.text > each.list', 'each.item > ask.x', 'ask.text > each.result', 'each.results > output.result'];
const check = (nodes: Record<string, string | Partial<FlowNode>>, ...wires: string[]) =>
  checkFlow(flowOf({ input: 'input', each: 'each', ask: prompt, output: 'output', ...nodes }, ...wires), catalogue).map(
    ({ code, severity, pointer }) => `${severity} ${code} ${pointer}`,
  );

test('a container with what stands in it is sound', () => {
  expect(check({}, ...sound)).toEqual([]);
  const deep = { inner: { type: 'each', parent: 'each' }, deep: { ...prompt, parent: 'inner' } };
  const through = ['each.item > inner.list', 'each.item > deep.x', 'deep.text > inner.result', 'inner.results > ask.x'];
  expect(check(deep, ...sound.filter((wire) => wire !== 'each.item > ask.x'), ...through)).toEqual([]);
});

test('what a container takes from its inside must be wired there', () => {
  expect(check({}, ...sound.filter((wire) => wire !== 'ask.text > each.result'))).toContain('error required_input_missing /nodes/each');
});

test('inner ports are for the steps inside, the others for those outside', () => {
  const outside = { after: { type: 'prompt', config: { template: '{{x}}' } } };
  expect(check(outside, ...sound, 'each.item > after.x')).toEqual([
    'error port_is_inside /edges/4/from',
    'warning leads_nowhere /nodes/after',
  ]);
  expect(check({}, ...sound.slice(0, 1), 'each.results > ask.x', ...sound.slice(2))).toEqual(['error port_is_outside /edges/1/from']);
  expect(check({}, 'ask.text > each.list', ...sound.slice(1))).toContain('error port_is_outside /edges/0/to');
  expect(check({}, ...sound.filter((wire) => !wire.includes('each.result ')), 'input.text > each.result')).toContain(
    'error port_is_inside /edges/4/to',
  );
});

test('the ends of the flow do not stand in a container', () => {
  const ends = check({ more: { type: 'input', parent: 'each' } }, ...sound);
  expect(ends).toContain('error end_in_container /nodes/more/parent');
  expect(check({ more: { type: 'note', parent: 'each' } }, ...sound)).toEqual([]);
});

test('containers stand in each other up to a depth', () => {
  const nest = (depth: number) =>
    Object.fromEntries(Array.from({ length: depth }, (_, at) => [`n${at}`, { type: 'loop', parent: at === 0 ? 'each' : `n${at - 1}` }]));
  expect(check(nest(20), ...sound)).toEqual([]);
  expect(check(nest(21), ...sound)).toEqual(['error nested_too_deep /nodes/n20/parent']);
});

test('the routes are followed through a container: it runs when its own inputs are there, and answers then', () => {
  const routed = { branch: { type: 'branch', title: 'Is it urgent?' } };
  const wires = ['input.text > branch.value', 'branch.yes > each.list', ...sound.slice(1)];
  expect(check(routed, ...wires)).toEqual(['warning output_may_be_empty /nodes/output']);
});

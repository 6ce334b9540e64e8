import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlowDocument, FlowNode } from './document.ts';
import { emptyFlow } from './empty.ts';
import { checkGraph } from './graph.ts';
import { own } from './json.ts';
import { arbitraryFlow } from './testing/arbitrary-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

/** A flow of text nodes: `a>b` for a wire, `b@a` for b standing in a. */
function flowOf(...parts: string[]): FlowDocument {
  const flow = emptyFlow('Test');
  const node = (id: string): FlowNode => {
    const known = own(flow.nodes, id) ?? { type: 'text', config: {} };
    flow.nodes[id] = known;
    return known;
  };
  for (const part of parts) {
    const [, left = '', sign, right = ''] = /^(\w+)(?:([>@])(\w+))?$/.exec(part) ?? [];
    node(left);
    if (sign === '@') node(left).parent = right;
    if (sign === '>') flow.edges.push({ from: `${left}.text`, to: `${right}.text` });
    if (sign === '>' && right !== 'nowhere') node(right);
  }
  return flow;
}
const found = (flow: FlowDocument) => checkGraph(flow).map((problem) => `${problem.code} ${problem.pointer}`);

test('nothing is wrong with the sample, nor with an empty flow', () => {
  expect(checkGraph(sampleFlow())).toEqual([]);
  expect(checkGraph(emptyFlow('New'))).toEqual([]);
});

test('a wire needs two ends', () => {
  const flow = flowOf('a>b', 'a>nowhere');
  flow.edges.push({ from: 'gone.text', to: 'ghost.text' });
  expect(found(flow)).toEqual(['edge_to_nowhere /edges/1/to', 'edge_from_nowhere /edges/2/from', 'edge_to_nowhere /edges/2/to']);
  expect(checkGraph(flow)[0]).toMatchObject({ edge: 1, node: 'nowhere', params: { node: 'nowhere', from: 'a.text' } });
});

test('constructor is no node unless it is drawn', () => {
  const flow = flowOf('a');
  flow.edges.push({ from: 'a.text', to: 'constructor.text' });
  expect(found(flow)).toEqual(['edge_to_nowhere /edges/0/to']);
  expect(found(flowOf('a>constructor'))).toEqual([]);
});

test('the same wire twice is named with the first', () => {
  expect(checkGraph(flowOf('a>b', 'b>c', 'a>b'))).toMatchObject([{ code: 'duplicate_edge', edge: 2, params: { first: 0 } }]);
});

test('each knot of cycles is named once, by its nodes in order', () => {
  const flow = flowOf('in>a', 'a>b', 'b>c', 'c>a', 'c>out', 'x>x', 'p>q', 'q>p', 'out>p');
  const problems = checkGraph(flow);
  expect(problems.map(({ code, node, params }) => [code, node, params['nodes']])).toEqual([
    ['cycle', 'a', 'a → b → c → a'],
    ['cycle', 'x', 'x → x'],
    ['cycle', 'p', 'p → q → p'],
  ]);
});

test('a long cycle is named by its beginning', () => {
  const flow = flowOf(...Array.from({ length: 50 }, (_, index) => `n${index}>n${(index + 1) % 50}`));
  const [problem] = checkGraph(flow);
  expect(problem?.params).toEqual({ nodes: 'n0 → n1 → n2 → n3 → n4 → n5 → n6 → n7 → … → n0', count: 50 });
});

test('parents must be there, and not stand in each other', () => {
  const flow = flowOf('a@b', 'b@a', 'c@c', 'd@gone', 'e@d');
  delete flow.nodes['gone'];
  expect(found(flow)).toEqual(['parent_missing /nodes/d/parent', 'parent_cycle /nodes/a/parent', 'parent_cycle /nodes/c/parent']);
});

test('wires enter containers from outside, and leave only through the container', () => {
  const inside = ['loop', 'step@loop', 'deep@inner', 'inner@loop'];
  expect(found(flowOf(...inside, 'in>step', 'in>deep', 'step>deep', 'in>loop', 'loop>out'))).toEqual([]);
  // The result of the inside goes to the container; that is no cycle though the container reaches the inside.
  expect(found(flowOf(...inside, 'loop>step', 'step>loop', 'deep>inner'))).toEqual([]);
  expect(found(flowOf(...inside, 'step>out'))).toEqual(['edge_leaves_container /edges/0/to']);
  expect(found(flowOf(...inside, 'deep>step', 'deep>loop'))).toEqual([
    'edge_leaves_container /edges/0/to',
    'edge_leaves_container /edges/1/to',
  ]);
});

test('a container waits for what enters it, so that a wire round the outside is a cycle', () => {
  const inside = ['loop', 'inner@loop', 'step@inner'];
  const params = (flow: FlowDocument) => checkGraph(flow).map((problem) => problem.params['nodes']);
  expect(params(flowOf(...inside, 'loop>after', 'after>step'))).toEqual(['loop → after → loop']);
  expect(params(flowOf(...inside, 'other@loop', 'inner>other', 'other>step'))).toEqual(['inner → other → inner']);
  expect(params(flowOf(...inside, 'before>step', 'loop>after', 'before>after'))).toEqual([]);
  expect(params(flowOf('loop', 'loop>loop'))).toEqual(['loop → loop']);
});

test('a place for nothing is a warning', () => {
  const flow = flowOf('a');
  flow.layout = { a: { x: 0, y: 0 }, ghost: { x: 1, y: 1 } };
  expect(checkGraph(flow)).toEqual([
    { code: 'layout_of_nothing', severity: 'warning', pointer: '/layout/ghost', params: { node: 'ghost' } },
  ]);
});

test('any flow is checked without throwing, the same way each time', () => {
  fc.assert(
    fc.property(arbitraryFlow, (flow) => {
      expect(checkGraph(flow)).toEqual(checkGraph(structuredClone(flow)));
    }),
  );
});

test('a hundred thousand nodes in one chain, one cycle, one nest', { timeout: 120_000 }, () => {
  const size = 100_000;
  const ids = Array.from({ length: size }, (_, index) => `n${index}`);
  const flow = emptyFlow('Huge');
  flow.nodes = Object.fromEntries(ids.map((id): [string, FlowNode] => [id, { type: 'text', config: {} }]));
  flow.edges = ids.slice(1).map((id, index) => ({ from: `n${index}.text`, to: `${id}.text` }));
  expect(checkGraph(flow)).toEqual([]);
  flow.edges.push({ from: `n${size - 1}.text`, to: 'n0.text' });
  expect(checkGraph(flow)).toMatchObject([{ code: 'cycle', params: { count: size } }]);
  flow.edges = [{ from: `n${size - 1}.text`, to: 'n0.text' }];
  for (const [index, id] of ids.slice(1).entries()) Object.assign(flow.nodes[id] ?? {}, { parent: `n${index}` });
  expect(checkGraph(flow)).toMatchObject([{ code: 'edge_leaves_container' }]);
});

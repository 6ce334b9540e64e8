import type { FlowDocument } from '@patchbay/flow';
import { catalogue } from '@patchbay/nodes';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileFlow } from './compile-flow.ts';
import { flowOf, runToEnd } from './testing/flow-of.ts';

const hello = (): FlowDocument =>
  flowOf(
    {
      ask: { type: 'input', config: {} },
      draft: { type: 'prompt', config: { template: 'Hi {{who}}!' } },
      answer: { type: 'output', config: {} },
    },
    ['ask.text > draft.who', 'draft.text > answer.result'],
  );

const codes = (flow: unknown): string[] => {
  const compiled = compileFlow(flow as FlowDocument, catalogue);
  return compiled.ok ? [] : compiled.problems.filter((problem) => problem.severity === 'error').map((problem) => problem.code);
};

test('a flow of the real catalogue compiles and runs', async () => {
  const compiled = compileFlow(hello(), catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  expect(compiled.warnings).toEqual([]);
  expect(compiled.plan.steps.map((step) => [step.index, step.id, step.kind])).toEqual([
    [0, 'ask', 'input'],
    [1, 'draft', 'node'],
    [2, 'answer', 'output'],
  ]);
  const { done } = await runToEnd(compiled.plan, { text: 'Ada' });
  expect(done.outputs).toEqual({ result: 'Hi Ada!' });
});

test('defaults of input fields stand in for what the caller leaves out', async () => {
  const flow = hello();
  flow.nodes['ask'] = { type: 'input', config: { fields: [{ id: 'text', type: 'text', required: false, default: 'you' }] } };
  const compiled = compileFlow(flow, catalogue);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  expect((await runToEnd(compiled.plan)).done.outputs).toEqual({ result: 'Hi you!' });
});

test('all problems come at once, each with its place', () => {
  const flow = hello();
  flow.nodes['what'] = { type: 'unheard_of', config: {} };
  flow.edges.push({ from: 'draft.text', to: 'gone.text' }, { from: 'answer.none', to: 'draft.who' });
  const compiled = compileFlow(flow, catalogue);
  expect(compiled.ok).toBe(false);
  if (compiled.ok) return;
  expect(compiled.problems.length).toBeGreaterThan(2);
  for (const problem of compiled.problems) expect(problem.pointer).toMatch(/^\//);
  expect(codes(flow)).toEqual(expect.arrayContaining(['unknown_type', 'edge_to_nowhere']));
});

test('cycles and steps that stand in something are refused', () => {
  const round = flowOf({ a: 'prompt', b: 'prompt', out: 'output' }, ['a.text > b.x', 'b.text > a.x', 'b.text > out.result']);
  round.nodes['a'] = { type: 'prompt', config: { template: '{{x}}' } };
  round.nodes['b'] = { type: 'prompt', config: { template: '{{x}}' } };
  expect(codes(round)).toContain('cycle');
  const inside = hello();
  inside.nodes['draft'] = { type: 'prompt', config: { template: '{{who}}' }, parent: 'answer' };
  expect(codes(inside)).toContain('parent_not_container');
});

test.each([null, undefined, 7, 'text', [], {}, { format: 'patchbay/flow' }, { ...hello(), nodes: [] }, { ...hello(), edges: [null] }])(
  'what is no flow is a list of problems: %j',
  (value) => {
    expect(codes(value).length).toBeGreaterThan(0);
  },
);

test('any change anywhere in a flow gives a plan or problems, and a plan always runs to an end', { timeout: 60_000 }, async () => {
  const paths = (value: unknown, path: string[] = []): string[][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => [[...path, key], ...paths(item, [...path, key])])
      : [];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths(hello())), fc.jsonValue(), async (path, value) => {
      const flow = structuredClone(hello()) as unknown as Record<string, unknown>;
      const last = path.at(-1) ?? '';
      const holder = path.slice(0, -1).reduce<Record<string, unknown>>((object, key) => object[key] as Record<string, unknown>, flow);
      holder[last] = value;
      const compiled = compileFlow(flow as unknown as FlowDocument, catalogue);
      if (!compiled.ok) expect(compiled.problems.some((problem) => problem.severity === 'error')).toBe(true);
      else expect((await runToEnd(compiled.plan, { text: 'x' })).done.status).toMatch(/succeeded|failed/);
    }),
    { numRuns: 500 },
  );
});

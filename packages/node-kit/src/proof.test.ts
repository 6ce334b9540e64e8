import type { FlowDocument } from '@patchbay/flow';
import { expect, test } from 'vitest';
import { checkFlow } from './check-flow.ts';
import { describeProblem } from './describe-problem.ts';
import { flowOf, sampleCatalogue } from './testing/sample-catalogue.ts';

const said = (flow: FlowDocument, locale: 'en' | 'zh-Hans' = 'en') =>
  checkFlow(flow, sampleCatalogue).map((problem) => `${problem.code}: ${describeProblem(problem, locale)}`);
const routed = { input: 'input', branch: { type: 'branch', title: 'Is it urgent?' }, output: 'output' } as const;

test('an output that one way leaves empty is named with the way', () => {
  const flow = flowOf(routed, 'input.text > branch.value', 'branch.yes > output.result');
  expect(said(flow)).toEqual(['output_may_be_empty: The output “result” is empty on this route: “Is it urgent?” → No.']);
  expect(checkFlow(flow, sampleCatalogue)[0]?.params).toMatchObject({ route: 'branch=no' });
});

test('ways that come together again leave nothing empty', () => {
  const output = { type: 'output', fanIn: { result: 'first' } } as const;
  const flow = flowOf({ ...routed, output }, 'input.text > branch.value', 'branch.yes > output.result', 'branch.no > output.result');
  expect(said(flow)).toEqual([]);
});

test('one name over several outputs is covered by all of them', () => {
  const flow = flowOf(
    { ...routed, other: 'output' },
    'input.text > branch.value',
    'branch.yes > output.result',
    'branch.no > other.result',
  );
  expect(said(flow)).toEqual([]);
});

test('a step that needs both ways never runs, and nor does what follows; the cause is named once', () => {
  const prompt = { type: 'prompt', config: { template: '{{a}} {{b}}' } };
  const nodes = { ...routed, prompt, model: 'model' } as const;
  const flow = flowOf(
    nodes,
    'input.text > branch.value',
    'branch.yes > prompt.a',
    'branch.no > prompt.b',
    'prompt.text > model.prompt',
    'model.text > output.result',
  );
  expect(said(flow)).toEqual([
    'never_runs: This step never runs: no route gives a value to all of a, b at once.',
    'output_never_set: The output “result” never has a value: no route leads to it.',
  ]);
  const mended = structuredClone(flow);
  Object.assign(mended.nodes['prompt']?.config ?? {}, { template: '{{a?}} {{b?}}' });
  expect(said(mended)).toEqual([]);
});

test('a filter may stop what follows', () => {
  const flow = flowOf({ input: 'input', filter: 'filter', output: 'output' }, 'input.text > filter.value', 'filter.kept > output.result');
  expect(said(flow)).toEqual(['output_may_be_empty: The output “result” is empty on this route: “Filter” → stopped.']);
  expect(said(flow, 'zh-Hans')).toEqual(['output_may_be_empty: 在此路径上输出“result”为空：“Filter（中）” → 已拦下。']);
});

test('a branch behind a branch is named with the way to it', () => {
  const inner = { type: 'branch', title: 'Big?' };
  const output = { type: 'output', fanIn: { result: 'first' } } as const;
  const flow = flowOf(
    { ...routed, inner, output },
    'input.text > branch.value',
    'branch.yes > inner.value',
    'branch.no > output.result',
    'inner.yes > output.result',
  );
  expect(said(flow)).toEqual(['output_may_be_empty: The output “result” is empty on this route: “Is it urgent?” → Yes · “Big?” → No.']);
});

test('the error output is a route of its own', () => {
  const model = { type: 'model', title: 'Ask', values: { prompt: 'Hi' }, onError: { rule: 'error-output' } } as const;
  const plain = flowOf({ model, output: 'output' }, 'model.text > output.result');
  expect(said(plain)).toEqual(['output_may_be_empty: The output “result” is empty on this route: “Ask” → Error.']);
  const both = flowOf(
    { model, output: { type: 'output', fanIn: { result: 'first' } } },
    'model.text > output.result',
    'model.error > output.result',
  );
  expect(said(both)).toEqual([]);
});

test('an output without wire is told, a literal is enough', () => {
  expect(said(flowOf({ output: 'output' }))).toEqual(['output_not_connected: Nothing is wired to the output “result”.']);
  expect(said(flowOf({ output: { values: { result: 'Hello' } } }))).toEqual([]);
});

test('nothing is claimed behind a step that is switched off', () => {
  const branch = { type: 'branch', bypass: true };
  expect(said(flowOf({ ...routed, branch }, 'input.text > branch.value', 'branch.yes > output.result'))).toEqual([]);
});

/** Branches one behind the other's first way, and an output behind the last. */
function chain(length: number): FlowDocument {
  const nodes: Record<string, string | { type: string }> = { input: 'input', output: 'output' };
  const wires = ['input.text > b0.value', `b${length - 1}.yes > output.result`];
  for (let index = 0; index < length; index += 1) {
    nodes[`b${index}`] = { type: 'branch' };
    if (index > 0) wires.push(`b${index - 1}.yes > b${index}.value`);
  }
  return flowOf(nodes, ...wires);
}

test('a long chain of branches is named by the first way out of it', () => {
  expect(checkFlow(chain(60), sampleCatalogue)).toMatchObject([{ code: 'output_may_be_empty', params: { route: 'b0=no' } }]);
});

test('beyond what is followed nothing is claimed', () => {
  expect(checkFlow(chain(1_000), sampleCatalogue)).toEqual([]);
});

test('of labels that each fit or not, none may fit; the way for the rest covers that', () => {
  const sort = { type: 'sort', title: 'Topics' };
  const output = { type: 'output', fanIn: { result: 'list' } } as const;
  const wires = ['input.text > sort.value', 'sort.a > output.result', 'sort.b > output.result'];
  expect(said(flowOf({ input: 'input', sort, output }, ...wires))).toEqual([
    'output_may_be_empty: The output “result” is empty on this route: “Topics” → A: does not fit · “Topics” → B: does not fit.',
  ]);
  expect(said(flowOf({ input: 'input', sort, output }, ...wires, 'sort.rest > output.result'))).toEqual([]);
  const both = { type: 'prompt', config: { template: '{{a}} {{b}}' } };
  const needsBoth = flowOf(
    { input: 'input', sort, both, output },
    'input.text > sort.value',
    'sort.a > both.a',
    'sort.b > both.b',
    'both.text > output.result',
  );
  expect(said(needsBoth)).toEqual(['output_may_be_empty: The output “result” is empty on this route: “Topics” → A: does not fit.']);
  const never = flowOf(
    { input: 'input', sort, both, output },
    'input.text > sort.value',
    'sort.a > both.a',
    'sort.rest > both.b',
    'both.text > output.result',
  );
  expect(said(never)[0]).toBe('never_runs: This step never runs: no route gives a value to all of a, b at once.');
});

/** A loop over the input whose turns go through a branch. */
const looped = (inside: Record<string, object>, ...wires: string[]) =>
  flowOf(
    { input: 'input', each: 'each', branch: { type: 'branch', parent: 'each' }, ...inside, output: 'output' },
    'input.text > each.list',
    'each.item > branch.value',
    'each.results > output.result',
    ...wires,
  );

test('inside a container each turn chooses for itself, and what never runs is named', () => {
  const both = { type: 'prompt', parent: 'each', config: { template: '{{a}} {{b}}' } };
  const dead = looped({ both }, 'branch.yes > both.a', 'branch.no > both.b', 'both.text > each.result');
  expect(said(dead)).toEqual([
    'never_runs: This step never runs: no route gives a value to all of a, b at once.',
    'result_never_set: No turn ever gives a “result”: no route inside leads to it.',
  ]);
  // A turn without result leaves its item out, which may well be meant.
  expect(said(looped({}, 'branch.yes > each.result'))).toEqual([]);
});

test('a container behind a way runs with what stands inside it, on that way only', () => {
  const inside = { type: 'prompt', parent: 'each', config: { template: '{{item}} {{late}}' } };
  const flow = flowOf(
    { input: 'input', branch: 'branch', each: 'each', inside, output: 'output' },
    'input.text > branch.value',
    'branch.yes > each.list',
    'each.item > inside.item',
    'branch.no > inside.late',
    'inside.text > each.result',
    'each.results > output.result',
  );
  expect(said(flow)).toEqual([
    'never_runs: This step never runs: no route gives a value to all of item, late at once.',
    'result_never_set: No turn ever gives a “result”: no route inside leads to it.',
    'output_may_be_empty: The output “result” is empty on this route: “Branch” → No.',
  ]);
});

import type { FlowDocument, FlowNode } from '@patchbay/flow';
import { createHost } from '@patchbay/host';
import { catalogue } from '@patchbay/nodes';
import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createFlow } from '../flows/create-flow.ts';
import { estimateDraft } from '../flows/estimate-draft.ts';
import { fixture, greeting } from '../testing.ts';
import { routesOf } from './choices.ts';
import { estimateFlow } from './estimate-flow.ts';

/** A dollar per million tokens of input, ten of output. */
const env = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_MODEL: 'm', PATCHBAY_PRICES: 'openai/m=1/10' };

function flowOf(nodes: Record<string, Partial<FlowNode> & { type: string }>, wires: string[]): FlowDocument {
  return {
    format: 'patchbay/flow',
    version: 1,
    name: 'Test',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'text', title: 'Text', type: 'text', required: true }] } },
      ...Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, { config: {}, ...node }])),
      out: { type: 'output', config: { fields: [{ id: 'reply', title: 'Reply', type: 'text' }] } },
    },
    edges: wires.map((wire) => {
      const [from = '', to = ''] = wire.split(' > ');
      return { from, to };
    }),
    layout: {},
  };
}
async function estimate(flow: FlowDocument, inputs = {}, environment: Record<string, string> = env) {
  const host = createHost({ env: environment });
  onTestFinished(() => host.close());
  const made = await estimateFlow({ flow, catalogue, host, inputs });
  if (made === undefined) throw new Error('the flow does not compile');
  return made;
}
const model = (config = {}) => ({ type: 'model', config: { model: 'auto', ...config } });
const exactly = (figure: number) => ({ least: figure, most: figure });

test('a flow without models asks for nothing', async () => {
  expect(await estimate(flowOf({}, ['in.text > out.reply']))).toEqual({
    calls: exactly(0),
    inputTokens: exactly(0),
    outputTokens: exactly(0),
    costUsd: exactly(0),
    simulated: false,
    complete: true,
    steps: [],
  });
});

test('each call is reckoned by its real prompt and the price of its model', async () => {
  const flow = flowOf({ ask: model({ maxTokens: 40, system: 'x'.repeat(400) }) }, ['in.text > ask.prompt', 'ask.text > out.reply']);
  const { steps, ...all } = await estimate(flow, { text: 'y'.repeat(4_000) });
  expect(all).toMatchObject({ calls: exactly(1), inputTokens: exactly(1_108), outputTokens: exactly(40), complete: true });
  expect(all.costUsd?.most).toBeCloseTo((1_108 + 40 * 10) / 1_000_000, 12);
  expect(steps).toEqual([
    {
      node: 'ask',
      model: 'openai/m',
      calls: all.calls,
      inputTokens: all.inputTokens,
      outputTokens: all.outputTokens,
      costUsd: all.costUsd,
    },
  ]);
});

test('what a step answers is what the next one reads', async () => {
  const flow = flowOf({ a: model({ maxTokens: 200 }), b: model() }, ['in.text > a.prompt', 'a.text > b.prompt', 'b.text > out.reply']);
  const { steps } = await estimate(flow, { text: 'Hi' });
  const b = steps.find(({ node }) => node === 'b');
  expect(b?.inputTokens.least).toBeGreaterThanOrEqual(200);
});

test('over branches the least and the most are told, in all and for each step', async () => {
  const flow = flowOf(
    {
      sort: {
        type: 'classify',
        config: {
          model: 'auto',
          labels: [
            { id: 'one', title: 'One' },
            { id: 'two', title: 'Two' },
          ],
        },
      },
      short: model({ maxTokens: 10 }),
      long: model({ maxTokens: 100 }),
      more: model({ maxTokens: 100 }),
    },
    [
      'in.text > sort.text',
      'sort.one > short.prompt',
      'sort.two > long.prompt',
      'long.text > more.prompt',
      'short.text > out.reply',
      'more.text > out.reply',
    ],
  );
  flow.nodes['out'] = { ...(flow.nodes['out'] as FlowNode), fanIn: { reply: 'first' } };
  const { calls, costUsd, steps } = await estimate(flow, { text: 'Where is it?' });
  expect(calls).toEqual({ least: 2, most: 3 });
  expect(costUsd?.least).toBeLessThan(costUsd?.most ?? 0);
  expect(Object.fromEntries(steps.map((step) => [step.node, step.calls]))).toEqual({
    sort: exactly(1),
    short: { least: 0, most: 1 },
    long: { least: 0, most: 1 },
    more: { least: 0, most: 1 },
  });
});

test('a filter may stop everything behind it', async () => {
  const flow = flowOf({ keep: { type: 'filter', config: { conditions: [{ value: 'urgent' }] } }, ask: model() }, [
    'in.text > keep.value',
    'keep.kept > ask.prompt',
    'ask.text > out.reply',
  ]);
  expect((await estimate(flow)).calls).toEqual({ least: 0, most: 1 });
});

test('what stands in a container is reckoned once for each item', async () => {
  const flow = flowOf({ each: { type: 'for_each' }, ask: { ...model({ maxTokens: 50 }), parent: 'each' } }, [
    'in.text > each.list',
    'each.item > ask.prompt',
    'ask.text > each.result',
    'each.results > out.reply',
  ]);
  flow.nodes['in'] = { type: 'input', config: { fields: [{ id: 'text', title: 'Texts', type: 'text[]', required: true }] } };
  flow.nodes['out'] = { type: 'output', config: { fields: [{ id: 'reply', title: 'Replies', type: 'any' }] } };
  const { steps, ...all } = await estimate(flow, { text: ['a', 'b', 'c', 'd', 'e'] });
  expect(all).toMatchObject({ calls: exactly(5), outputTokens: exactly(250), complete: true });
  expect(steps).toMatchObject([{ node: 'ask', calls: exactly(5), outputTokens: exactly(250) }]);
  // A list that is not given is reckoned with three items.
  expect((await estimate(flow)).calls).toEqual(exactly(3));
});

test('nobody is called: no provider, no address, no list of models', async () => {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const flow = flowOf(
    { get: { type: 'http', config: { url: `${provider.url}/models` } }, ask: { ...model(), fanIn: { prompt: 'text' } } },
    ['get.text > ask.prompt', 'in.text > ask.prompt', 'ask.text > out.reply'],
  );
  const { calls, costUsd, steps } = await estimate(
    flow,
    {},
    { OPENAI_BASE_URL: provider.url, PATCHBAY_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${provider.port}` },
  );
  expect(provider.calls).toEqual([]);
  expect(calls).toEqual(exactly(1));
  expect(costUsd).toBeNull();
  expect(steps[0]?.model).toBe('openai/');
});

test('a model without a connection is reckoned too, at an unknown price; the demo model is free and marked', async () => {
  const wires = ['in.text > ask.prompt', 'ask.text > out.reply'];
  expect(await estimate(flowOf({ ask: model({ model: 'nobody/x' }) }, wires))).toMatchObject({ calls: exactly(1), costUsd: null });
  expect(await estimate(flowOf({ ask: model() }, wires), {}, {})).toMatchObject({
    calls: exactly(1),
    costUsd: exactly(0),
    simulated: true,
  });
});

test('a flow with a great many routes is judged by some of them, and says so', async () => {
  const branches = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [
      `b${index}`,
      { type: 'branch', config: { ways: [{ id: 'yes', title: 'Yes', conditions: [{ value: 'x' }] }] } },
    ]),
  );
  const flow = flowOf({ ...branches, ask: model() }, [
    ...Object.keys(branches).map((id) => `in.text > ${id}.value`),
    'in.text > ask.prompt',
    'ask.text > out.reply',
  ]);
  expect(routesOf(flow, catalogue)).toMatchObject({ complete: false, all: { length: 11 } });
  expect(await estimate(flow)).toMatchObject({ calls: exactly(1), complete: false });
});

test('labels that each fit or not may lead to any number of calls', async () => {
  const labels = ['a', 'b'].map((id) => ({ id, title: id, hint: '' }));
  const sort = (config = {}) => ({ type: 'classify', config: { model: 'auto', labels, pick: 'many', ...config } });
  const steps = { a: model(), b: model(), c: model() };
  const inOne = ['in.text > sort.text', 'sort.a > a.prompt', 'sort.b > b.prompt', 'a.text > together.all', 'b.text > together.all'];
  const together = { type: 'prompt', config: { template: '{{all}}' }, fanIn: { all: 'list' as const } };
  const all = { ...steps, together };
  const open = flowOf({ sort: sort(), ...all }, [...inOne, 'in.text > c.prompt', 'c.text > together.all', 'together.text > out.reply']);
  expect(await estimate(open)).toMatchObject({ calls: { least: 2, most: 4 }, complete: true });
  const rest = flowOf({ sort: sort({ other: true }), ...all }, [
    ...inOne,
    'sort.other > c.prompt',
    'c.text > together.all',
    'together.text > out.reply',
  ]);
  expect(await estimate(rest)).toMatchObject({ calls: { least: 2, most: 3 }, complete: true });
});

test('what is estimated is what a run then does', async () => {
  const provider = await startFakeProvider({ reply: { text: 'A short answer.' } });
  onTestFinished(() => provider.close());
  const { ctx } = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  const { id } = await createFlow({ ctx, input: { text: greeting('auto') } });
  const { calls } = await estimateDraft({ ctx, input: { id, body: { inputs: { name: 'Ada' } } } });
  expect(calls).toEqual(exactly(1));
  expect(provider.calls).toEqual([]);
});

test('inputs that are missing are filled; one that does not fit is refused, as is a flow with errors', async () => {
  const { ctx } = await fixture();
  const { id } = await createFlow({ ctx, input: { text: greeting('demo/echo') } });
  expect(await estimateDraft({ ctx, input: { id, body: undefined } })).toMatchObject({ calls: exactly(1), simulated: true });
  await expect(estimateDraft({ ctx, input: { id, body: { inputs: { name: 7 } } } })).rejects.toMatchObject({
    errors: [{ pointer: '/inputs/name' }],
  });
  const broken = JSON.parse(greeting());
  broken.edges = [];
  const { id: bad } = await createFlow({ ctx, input: { text: JSON.stringify(broken) } });
  await expect(estimateDraft({ ctx, input: { id: bad, body: {} } })).rejects.toMatchObject({ reason: 'flow_has_problems' });
  await expect(estimateDraft({ ctx: { ...ctx, workspaceId: 'ws_other' }, input: { id, body: {} } })).rejects.toMatchObject({
    code: 'not_found',
  });
});

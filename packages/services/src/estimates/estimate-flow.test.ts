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

const agent = (config: object) => ({ type: 'agent', config: { model: 'auto', ...config } });
const calculator = { id: 'sum', kind: 'calculator' };

test('an agent is reckoned from one turn to all it may take', async () => {
  const wires = ['in.text > work.goal', 'work.text > out.reply'];
  const of = (config: object) => estimate(flowOf({ work: agent(config) }, wires));
  const some = await of({ tools: [calculator], turns: 5 });
  expect(some).toMatchObject({ calls: { least: 1, most: 5 }, complete: true });
  // Each turn reads all that came before.
  expect(some.inputTokens.most).toBeGreaterThan(some.inputTokens.least * 5);
  expect(some.costUsd?.most).toBeGreaterThan(some.costUsd?.least ?? Number.POSITIVE_INFINITY);
  expect(some.steps).toMatchObject([{ node: 'work', model: 'openai/m', calls: { least: 1, most: 5 } }]);
  expect((await of({ tools: [], turns: 5 })).calls).toEqual(exactly(1));
  expect((await of({ tools: [calculator], turns: 1 })).calls).toEqual(exactly(1));
  const server = { id: 'files', kind: 'mcp', server: 'https://example.com/mcp' };
  expect((await of({ tools: [server], turns: 4 })).calls).toEqual({ least: 1, most: 4 });
  // A person is not waited for, and allows what has to be allowed.
  expect((await of({ tools: [{ ...calculator, ask: 'always' }], turns: 3 })).calls).toEqual({ least: 1, most: 3 });
});

test('agents and models on one route are told apart', async () => {
  const flow = flowOf({ first: agent({ tools: [calculator], turns: 3 }), second: agent({ tools: [calculator], turns: 4 }), ask: model() }, [
    'in.text > first.goal',
    'first.text > second.goal',
    'second.text > ask.prompt',
    'ask.text > out.reply',
  ]);
  const { calls, steps } = await estimate(flow);
  expect(calls).toEqual({ least: 3, most: 8 });
  expect(Object.fromEntries(steps.map((step) => [step.node, step.calls]))).toEqual({
    first: { least: 1, most: 3 },
    second: { least: 1, most: 4 },
    ask: exactly(1),
  });
});

test('what a flow inside asks, as a step or as a tool, is reckoned for the step that runs it', async () => {
  const { ctx, publish } = await fixture({ OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_MODEL: 'm' });
  await publish(greeting('auto'), 'greet');
  const flow = flowOf(
    {
      // Named as the step that asks in the flow inside.
      ask: {
        type: 'sub_flow',
        config: {
          flow: 'greet',
          inputs: [{ id: 'name', title: 'Name', type: 'text' }],
          outputs: [{ id: 'greeting', title: 'Greeting', type: 'text' }],
        },
      },
      work: agent({ tools: [{ id: 'greet', kind: 'flow', flow: 'greet' }], turns: 3 }),
    },
    ['in.text > ask.name', 'ask.greeting > work.goal', 'work.text > out.reply'],
  );
  const { id } = await createFlow({ ctx, input: { text: JSON.stringify(flow) } });
  const { calls, steps } = await estimateDraft({ ctx, input: { id, body: {} } });
  // Two of the three turns call the flow, which asks once.
  expect(Object.fromEntries(steps.map((step) => [step.node, step.calls]))).toEqual({ ask: exactly(1), work: { least: 1, most: 5 } });
  expect(calls).toEqual({ least: 2, most: 6 });
});

const media = {
  MISTRAL_API_KEY: 'k-1234567',
  MISTRAL_BASE_URL: 'http://127.0.0.1:9/v1',
  AZURE_OPENAI_ENDPOINT: 'http://127.0.0.1:9',
  PATCHBAY_PRICES: 'azure/pictures=0/10,mistral/voxtral-tts=0/10,mistral/voxtral-mini=10/0',
};

test('pictures, speech and what is written down are calls with a cost, each by its size', async () => {
  const flow = flowOf(
    {
      draw: { type: 'make_image', config: { model: 'azure/pictures', count: 2 } },
      say: { type: 'speak', config: { model: 'mistral/voxtral-tts' } },
      hear: { type: 'transcribe', config: { model: 'mistral/voxtral-mini' } },
    },
    ['in.text > draw.prompt', 'in.text > say.text', 'say.audio > hear.audio', 'hear.text > out.reply'],
  );
  const of = async (text: string) => {
    const made = await estimate(flow, { text }, media);
    return { ...made, byNode: Object.fromEntries(made.steps.map((step) => [step.node, step])) };
  };
  const short = await of('Hello');
  expect(short).toMatchObject({ calls: exactly(3), complete: true, simulated: false });
  expect(short.byNode['draw']).toMatchObject({ model: 'azure/pictures', outputTokens: exactly(2_600), costUsd: exactly(0.026) });
  const long = await of('a'.repeat(1_500));
  for (const node of ['say', 'hear']) {
    const [less, more] = [short.byNode[node]?.costUsd?.most ?? Number.NaN, long.byNode[node]?.costUsd?.most ?? Number.NaN];
    expect(less).toBeGreaterThan(0);
    expect(more).toBeGreaterThan(less * 10);
  }
});

test('connections that have to be looked up first lose no call that is not chat', async () => {
  const { ctx } = await fixture(media);
  const flow = flowOf({ draw: { type: 'make_image', config: { model: 'azure/pictures' } } }, [
    'in.text > draw.prompt',
    'draw.image > out.reply',
  ]);
  flow.nodes['out'] = { type: 'output', config: { fields: [{ id: 'reply', title: 'Picture', type: 'image' }] } };
  const { id } = await createFlow({ ctx, input: { text: JSON.stringify(flow) } });
  ctx.deps.vault.forget(ctx.workspaceId);
  const { calls, steps } = await estimateDraft({ ctx, input: { id, body: { inputs: { text: 'A cup' } } } });
  expect(calls).toEqual(exactly(1));
  expect(steps).toMatchObject([{ node: 'draw', model: 'azure/pictures', costUsd: exactly(0.013) }]);
});

test('a sound that is not given is reckoned as a minute; a provider that has no such model is asked in a chat', async () => {
  const hear = (name: string) => {
    const flow = flowOf({ hear: { type: 'transcribe', config: { model: name } } }, ['in.text > hear.audio', 'hear.text > out.reply']);
    flow.nodes['in'] = { type: 'input', config: { fields: [{ id: 'text', title: 'Sound', type: 'audio', required: true }] } };
    return estimate(flow, {}, { ...media, ...env, PATCHBAY_PRICES: `${media.PATCHBAY_PRICES},openai/m=1/10` });
  };
  expect(await hear('mistral/voxtral-mini')).toMatchObject({ calls: exactly(1), inputTokens: exactly(600), costUsd: exactly(0.006) });
  expect(await hear('openai/m')).toMatchObject({ calls: exactly(1), steps: [{ node: 'hear', model: 'openai/m' }] });
  expect(await hear('nobody/x')).toMatchObject({ calls: exactly(1), costUsd: null });
});

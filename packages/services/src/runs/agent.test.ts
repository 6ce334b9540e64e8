import { type FakeProviderOptions, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Ctx } from '../context.ts';
import { createFlow } from '../flows/create-flow.ts';
import { readVersion } from '../flows/read-version.ts';
import { saveDraft } from '../flows/save-draft.ts';
import { fixture, greeting } from '../testing.ts';
import { answerWait } from './answer-wait.ts';
import { prepareDraftRun, preparePublishedRun } from './prepare-run.ts';
import { readRun } from './read-run.ts';
import { readRunState } from './run-state.ts';
import { runToEnd } from './run-to-end.ts';
import { startDurableRun } from './start-durable-run.ts';

const long = { timeout: 60_000 };

const agentFlow = (config: object): string =>
  JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Agent',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'goal' }] } },
      work: { type: 'agent', config },
      out: { type: 'output', config: { fields: [{ id: 'text' }] } },
    },
    edges: [
      { from: 'in.goal', to: 'work.goal' },
      { from: 'work.text', to: 'out.text' },
    ],
    layout: {},
  });
const body = { inputs: { goal: 'Greet Ada' } };

async function withProvider(options: FakeProviderOptions = {}, environment: Record<string, string> = {}) {
  const provider = await startFakeProvider(options);
  onTestFinished(() => provider.close());
  const made = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm', ...environment }, { dispatcherLimits: { wakeMs: 20 } });
  return { provider, ...made };
}
async function draft(ctx: Ctx, text: string) {
  const { id } = await createFlow({ ctx, input: { text } });
  return prepareDraftRun({ ctx, input: { id, body } });
}
const greetTool = { id: 'greet', kind: 'flow', flow: 'greet' };
const stepsOf = async (ctx: Ctx, id: string) =>
  (await readRun({ ctx, input: { id } })).steps.map(({ scope, node, status }) => `${scope}:${node} ${status}`);

test('a published flow is a tool: it runs inside the call, all of it stands in the record, and all calls are paid once', long, async () => {
  const { ctx, publish, provider } = await withProvider();
  await publish(greeting('demo/echo'), 'greet');
  provider.script({ tools: [{ name: 'greet', arguments: { name: 'Ada' } }] }, { text: 'Greeted.' });
  const prepared = await draft(ctx, agentFlow({ tools: [greetTool] }));
  const result = await runToEnd(ctx, prepared);
  expect(result).toMatchObject({ status: 'succeeded', outputs: { text: 'Greeted.' }, usage: { calls: 3 } });
  expect(await stepsOf(ctx, prepared.id)).toEqual([
    ':in succeeded',
    'work/0:model succeeded',
    'work/0/greet:in succeeded',
    'work/0/greet:say succeeded',
    'work/0/greet:ask succeeded',
    'work/0/greet:out succeeded',
    'work/0:greet succeeded',
    'work/1:model succeeded',
    ':work succeeded',
    ':out succeeded',
  ]);
  const [first, second] = provider.calls.map(({ body: asked }) => asked as { tools: object[]; messages: object[] });
  expect(first?.tools).toMatchObject([{ function: { name: 'greet', description: 'Greeting', parameters: { required: ['name'] } } }]);
  expect(second?.messages.at(-1)).toEqual({ role: 'tool', tool_call_id: 'call_0', content: '{"data":{"greeting":"Hello Ada!"}}' });
});

test('a flow cannot be its own tool; the model is told', long, async () => {
  const { ctx, provider } = await withProvider();
  const { id, etag } = await createFlow({ ctx, input: { text: agentFlow({}) } });
  const text = agentFlow({ tools: [{ ...greetTool, flow: id, version: 'draft' }] });
  await saveDraft({ ctx, input: { id, text, ifMatch: etag } });
  provider.script({ tools: [{ name: 'greet', arguments: { goal: 'again' } }] }, { text: 'I give up.' });
  expect((await runToEnd(ctx, await prepareDraftRun({ ctx, input: { id, body } }))).outputs).toEqual({ text: 'I give up.' });
  expect(JSON.stringify(provider.calls[1]?.body)).toContain('would run itself again');
});

test('a tool whose flow is not there fails the step before a model is asked', long, async () => {
  const { ctx, provider } = await withProvider();
  const result = await runToEnd(ctx, await draft(ctx, agentFlow({ tools: [greetTool] })));
  expect(result).toMatchObject({ status: 'failed', error: { reason: 'flow_not_found', params: { flow: 'greet' } } });
  expect(provider.calls).toHaveLength(0);
});

test('publishing freezes the version of each flow that is a tool, and refuses a draft', long, async () => {
  const { ctx, publish } = await withProvider();
  await publish(greeting(), 'greet');
  const id = await publish(agentFlow({ tools: [greetTool, { id: 'sum', kind: 'calculator' }] }), 'agent');
  const { flow } = await readVersion({ ctx, input: { id, version: '1' } });
  expect(flow.nodes['work']?.config['tools']).toEqual([
    { ...greetTool, version: 'number', number: 1 },
    { id: 'sum', kind: 'calculator' },
  ]);
  await expect(publish(agentFlow({ tools: [{ ...greetTool, version: 'draft' }] }), 'other')).rejects.toMatchObject({
    errors: [{ pointer: '/nodes/work/config/tools/0/version' }],
  });
});

test('a run waits for the yes to a call, through a restart; no turn before it is asked again', long, async () => {
  const { ctx, publish, provider, services, again } = await withProvider();
  await publish(
    agentFlow({
      tools: [
        { id: 'sum', kind: 'calculator', ask: 'always' },
        { id: 'clock', kind: 'clock' },
      ],
    }),
    'agent',
  );
  provider.script(
    { tools: [{ name: 'clock', arguments: {} }] },
    { tools: [{ name: 'sum', arguments: { expression: '6*7' } }] },
    { text: 'It is 42.' },
  );
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'agent', body } });
  expect(prepared.target.waits).toBe(true);
  const start = await startDurableRun(ctx, { prepared, body, key: undefined, waits: true, streams: true });
  expect(start.kind === 'started' && (await start.outcome)).toMatchObject({ kind: 'waiting' });
  expect(provider.calls).toHaveLength(2);
  await services.close();
  const next: Ctx = { ...ctx, deps: (await again()).deps };
  const { waits } = await readRunState({ ctx: next, input: { id: start.id } });
  expect(waits).toMatchObject([{ scope: 'work/1', node: 'ask_sum', message: expect.stringContaining('6*7') }]);
  const wait = waits?.[0]?.id ?? '';
  await answerWait({ ctx: next, input: { id: start.id, wait, body: { values: { allow: true, why: null } } } });
  const state = await vi.waitFor(async () => {
    const now = await readRunState({ ctx: next, input: { id: start.id } });
    expect(now.run.status).toBe('succeeded');
    return now;
  }, 40_000);
  expect(state).toMatchObject({ outputs: { text: 'It is 42.' }, run: { usage: { calls: 3 } } });
  expect(provider.calls).toHaveLength(3);
  expect(await stepsOf(next, start.id)).toEqual([
    ':in succeeded',
    'work/0:model succeeded',
    'work/0:clock succeeded',
    'work/1:model succeeded',
    'work/1:ask_sum succeeded',
    'work/1:sum succeeded',
    'work/2:model succeeded',
    ':work succeeded',
    ':out succeeded',
  ]);
});

test('the budget of a run holds for every turn, and stopping it reaches the provider', long, async () => {
  const prices = { PATCHBAY_MAX_RUN_COST_USD: '0.0015', PATCHBAY_PRICES: 'openai/m=1/10' };
  const { ctx, provider } = await withProvider({}, prices);
  provider.script({ tools: [{ name: 'clock', arguments: {} }], usage: { prompt_tokens: 500, completion_tokens: 50 } });
  const spent = await runToEnd(ctx, await draft(ctx, agentFlow({ maxTokens: 100, tools: [{ id: 'clock', kind: 'clock' }] })));
  expect(spent).toMatchObject({ status: 'failed', error: { class: 'budget_exceeded' } });
  expect(provider.calls).toHaveLength(1);
  const other = await withProvider();
  other.provider.script({ fault: { kind: 'hang' } });
  const prepared = await draft(other.ctx, agentFlow({}));
  const ended = runToEnd(other.ctx, prepared);
  await other.provider.waitForCalls(1);
  other.ctx.deps.liveRuns.get(prepared.id)?.cancel('asked');
  expect((await ended).status).toBe('cancelled');
  await vi.waitFor(() => expect(other.provider.calls[0]?.aborted).toBe(true), 20_000);
});

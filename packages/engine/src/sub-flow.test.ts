import type { RunEvent } from '@patchbay/node-kit';
import { type FlowCall, type NodeDefinition, StepError, type StepHandle } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import type { LoadedFlow } from './load-flow.ts';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf, settle } from './testing/flow-of.ts';

const sub = catalogue.get('sub_flow') as NodeDefinition;
const calling = (flow: string) => ({ type: 'sub_flow', config: { flow, inputs: [{ id: 'text' }] } });
const words = nodeType('words', { in: ['text'], out: ['text~'] }, async function* ({ inputs }, ctx) {
  (ctx as unknown as StepHandle).report({
    provider: 'p',
    model: 'm',
    calls: 1,
    inputTokens: 1,
    outputTokens: 1,
    costUsd: 1,
    estimated: false,
    simulated: true,
  });
  for (const word of String(inputs['text']).split(' ')) yield { port: 'text', text: `${word}.` };
  return undefined;
});
const inner = planOf(flowOf({ in: 'start', words: 'words', out: 'end' }, ['in.text > words.text', 'words.text > out.result']), words);
const outer = (flow: string) =>
  planOf(flowOf({ in: 'start', call: calling(flow), out: 'end' }, ['in.text > call.text', 'call.result > out.result']), sub);

async function run(plan: ReturnType<typeof planOf>, load?: (call: FlowCall) => LoadedFlow, options = {}) {
  const events: RunEvent[] = [];
  const started = startRun(
    plan,
    { text: 'one two' },
    {
      world: createFakeWorld(),
      runId: 'test',
      flowKey: 'outer@1',
      loadFlow: load && (async (call) => load(call)),
      onEvent: (event) => events.push(event),
      ...options,
    },
  );
  return { started, events, done: await started.result };
}
const loadInner = ({ inputs }: FlowCall): LoadedFlow => ({ plan: inner, key: 'inner@1', inputs: inputs as Record<string, string> });

test('another flow runs as one step: its texts stream on, its steps are told in scope, its cost counts', async () => {
  const { done, events } = await run(outer('inner'), loadInner);
  expect(done).toMatchObject({ status: 'succeeded', outputs: { result: 'one.two.' }, usage: { calls: 1 }, simulated: true });
  expect(events.flatMap((event) => (event.type === 'output-chunk' ? [event.text] : []))).toEqual(['one.', 'two.']);
  const ends = events.flatMap((event) => (event.type === 'step-end' ? [`${event.scope}:${event.node}`] : []));
  expect(ends).toEqual([':in', 'call:in', 'call:words', 'call:out', ':call', ':out']);
  expect(events.find((event) => event.type === 'step-end' && event.node === 'call')).toMatchObject({
    usage: { calls: 1 },
    simulated: true,
  });
  expect(events.filter((event) => event.type === 'run-start' || event.type === 'run-end')).toHaveLength(2);
});

test('without a way to find flows, and for a flow that is not there, it fails with a reason', async () => {
  expect((await run(outer('inner'))).done.error).toMatchObject({
    class: 'invalid_input',
    reason: 'flow_not_found',
    params: { flow: 'inner' },
    node: 'call',
  });
  const refuse = (): never => {
    throw new StepError('invalid_input', 'flow_inputs_refused', { flow: 'inner', detail: 'x' });
  };
  expect((await run(outer('inner'), refuse)).done.error).toMatchObject({ reason: 'flow_inputs_refused' });
});

test('a flow does not run itself, neither at once nor by way of another', async () => {
  const self = await run(outer('outer'), ({ inputs }) => ({
    plan: outer('outer'),
    key: 'outer@1',
    inputs: inputs as Record<string, string>,
  }));
  expect(self.done.error).toMatchObject({ reason: 'flow_calls_itself', params: { flow: 'outer' } });
  const round = await run(outer('other'), ({ flow, inputs }) => ({
    plan: outer(flow === 'other' ? 'outer' : 'other'),
    key: `${flow}@1`,
    inputs: inputs as Record<string, string>,
  }));
  expect(round.done.error).toMatchObject({ reason: 'flow_calls_itself', params: { flow: 'outer' } });
});

test('flows run each other eight deep and no deeper', async () => {
  const deep = (limit: number) =>
    run(outer('f1'), ({ flow, inputs }) => {
      const number = Number(flow.slice(1));
      return { plan: number < limit ? outer(`f${number + 1}`) : inner, key: flow, inputs: inputs as Record<string, string> };
    });
  expect((await deep(7)).done).toMatchObject({ status: 'succeeded', outputs: { result: 'one.two.' } });
  expect((await deep(8)).done.error).toMatchObject({ reason: 'flows_too_deep', params: { limit: 8 } });
});

test('a failure inside fails the step, by its own rule, in its own place', async () => {
  const bad = nodeType('bad', { in: ['text'], out: ['text'] }, () => {
    throw new StepError('auth', 'key_rejected', { provider: 'x' });
  });
  const failing = planOf(flowOf({ in: 'start', bad: 'bad', out: 'end' }, ['in.text > bad.text', 'bad.text > out.result']), bad);
  const load = ({ inputs }: FlowCall): LoadedFlow => ({ plan: failing, key: 'bad@1', inputs: inputs as Record<string, string> });
  expect((await run(outer('bad'), load)).done.error).toMatchObject({ class: 'auth', reason: 'key_rejected', node: 'bad' });
});

test('cancelling the run ends the other flow too', async () => {
  const hangs = nodeType('hangs', { in: ['text'], out: ['text'] }, () => new Promise<never>(() => undefined));
  const hanging = planOf(flowOf({ in: 'start', hangs: 'hangs', out: 'end' }, ['in.text > hangs.text', 'hangs.text > out.result']), hangs);
  const abort = new AbortController();
  const load = ({ inputs }: FlowCall): LoadedFlow => ({ plan: hanging, key: 'hangs@1', inputs: inputs as Record<string, string> });
  const running = run(outer('hangs'), load, { signal: abort.signal });
  await settle();
  abort.abort('asked');
  const { done, events } = await running;
  expect(done.status).toBe('cancelled');
  expect(events).toContainEqual(expect.objectContaining({ type: 'step-end', scope: 'call', node: 'hangs', status: 'cancelled' }));
  expect(events.at(-1)?.type).toBe('run-end');
});

test('a run that is resumed runs only what had not finished of the other flow', async () => {
  const first = await run(outer('inner'), loadInner);
  const journal = first.events.flatMap((event) => (event.type === 'step-end' && event.scope === 'call' ? [event] : []));
  const recall = (scope: string, node: string) => journal.find((end) => end.scope === scope && end.node === node);
  const second = await run(outer('inner'), loadInner, { recall });
  expect(second.done).toMatchObject({ outputs: first.done.outputs, usage: { calls: 1 } });
  expect(second.events.some((event) => event.type === 'step-start' && event.scope === 'call' && event.node === 'words')).toBe(false);
});

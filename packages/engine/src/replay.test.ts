import type { RunEvent } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import type { Recall } from './recall.ts';
import { learnAnswers, pathOf, pathsAround, recallRecord } from './replay.ts';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf, runToEnd, watch } from './testing/flow-of.ts';

type StepEnd = Extract<RunEvent, { type: 'step-end' }>;
const endsOf = (events: readonly RunEvent[]): StepEnd[] => events.filter((event) => event.type === 'step-end');
const known = { status: 'failed', error: { class: 'internal', reason: 'then', params: {} } } as const;

test('a scope names the steps around it, without the numbers of turns and tries', () => {
  expect(pathsAround('')).toEqual([]);
  expect(pathsAround('loop/3')).toEqual(['loop']);
  expect(pathsAround('outer/0/loop~2/11')).toEqual(['outer/0/loop', 'outer']);
  expect(pathsAround('call/1/inner')).toEqual(['call/1/inner', 'call']);
  expect([pathOf('', 'a'), pathOf('loop/3', 'a')]).toEqual(['a', 'loop/3/a']);
});

test('a step that was under way stands still, with the text that had come, and the run ends as it is said', async () => {
  const slow = nodeType('slow', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'so far' };
    await new Promise(() => undefined);
    return {};
  });
  const plan = planOf(flowOf({ slow: 'slow', out: 'end' }, ['slow.text > out.result']), slow);
  const first = watch(plan);
  await new Promise((resolve) => setTimeout(resolve, 5));
  first.cancel('asked');
  expect((await first.result).status).toBe('cancelled');
  const events: RunEvent[] = [];
  const options = {
    world: createFakeWorld(),
    runId: 'x',
    recall: recallRecord(endsOf(first.events)),
    onEvent: (event: RunEvent) => events.push(event),
  };
  const error = { class: 'cancelled', reason: 'asked', params: {} } as const;
  const again = await startRun(plan, {}, { ...options, knownOnly: { status: 'cancelled', error } }).result;
  expect(again).toMatchObject({ status: 'cancelled', error });
  expect(endsOf(events)).toMatchObject([{ node: 'slow', status: 'cancelled', outputs: { text: 'so far' } }, { node: 'out' }]);
  expect(events).toContainEqual({ type: 'output-end', output: 'result', value: 'so far', complete: false });
});

test('what ended on the text of a step before that step failed has ended again', async () => {
  const writes = nodeType('writes', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'so far' };
    await new Promise((resolve) => setTimeout(resolve, 20));
    throw new Error('too late');
  });
  // It answers when the first words come, by its rule.
  const reads = nodeType('reads', { in: ['text~'], out: ['answer'] }, () => {
    throw new Error('cannot');
  });
  const rule = { rule: 'fallback-value', values: { answer: 'instead' } } as const;
  const flow = flowOf({ w: 'writes', r: { type: 'reads', onError: rule }, out: 'end' }, ['w.text > r.text', 'r.answer > out.result']);
  const plan = planOf(flow, writes, reads);
  const first = watch(plan);
  const { status, error, outputs } = await first.result;
  expect({ status, outputs }).toEqual({ status: 'failed', outputs: { result: 'instead' } });
  const recall = recallRecord(endsOf(first.events));
  const knownOnly = { status: 'failed', error, outputs: new Set(['result']) } as const;
  const again = await startRun(plan, {}, { world: createFakeWorld(), runId: 'x', recall, knownOnly }).result;
  expect(again).toMatchObject({ status: 'failed', error, outputs: { result: 'instead' } });
});

test('a bypassed step that was not reached is not what the run ended with', async () => {
  const asData = nodeType('asData', { in: ['data'], out: ['data'], types: { data: 'data' } });
  const flow = flowOf({ in: 'start', by: { type: 'asData', bypass: true }, out: 'both' }, ['in.text > by.data', 'by.data > out.b']);
  const options = { world: createFakeWorld(), runId: 'x', recall: () => undefined };
  const plan = planOf(flow, asData);
  expect((await startRun(plan, { text: 'no JSON' }, options).result).error).toMatchObject({ node: 'by', reason: 'not_json' });
  const again = await startRun(plan, { text: 'no JSON' }, { ...options, knownOnly: known }).result;
  expect(again).toMatchObject({ status: 'failed', error: known.error });
});

test('a bypassed step that reads a text which stands still stands still too, and the run ends as it is said', async () => {
  const slow = nodeType('slow', { out: ['text~'] });
  const flow = flowOf({ w: 'slow', by: { type: 'upper', bypass: true }, out: 'end' }, ['w.text > by.text', 'by.text > out.result']);
  const plan = planOf(flow, slow, nodeType('upper', { in: ['text~'], out: ['text~'] }));
  const recall: Recall = (_, node) => (node === 'w' ? { status: 'cancelled', outputs: { text: 'so far' } } : undefined);
  const again = await startRun(plan, {}, { world: createFakeWorld(), runId: 'x', recall, knownOnly: known }).result;
  expect(again).toMatchObject({ status: 'failed', error: known.error });
});

test('a field that cannot be read ends no replay, nor holds it up when another field of its output settles', async () => {
  const data = nodeType('data', { in: ['first?', 'second?'], types: { first: 'data', second: 'data' }, role: 'flow-output' });
  const same = nodeType('same', { in: ['text'], out: ['text'] }, ({ inputs }) => ({ text: inputs['text'] as string }));
  const flow = flowOf({ in: 'start', late: 'same', a: 'data', b: 'data' }, [
    'in.text > a.first',
    'in.text > late.text',
    'late.text > b.first',
  ]);
  const recall: Recall = (_, node) => (node === 'late' ? { status: 'succeeded', outputs: { text: '[1]' } } : undefined);
  const options = { world: createFakeWorld(), runId: 'x', recall, knownOnly: known };
  expect(await startRun(planOf(flow, data, same), { text: 'no JSON' }, options).result).toMatchObject({
    status: 'failed',
    error: known.error,
  });
});

test('what was not whole when the run ended is not given, though it could be now', async () => {
  const plan = planOf(flowOf({ in: 'start', out: 'end' }, ['in.text > out.result']));
  const end = (outputs?: ReadonlySet<string>) =>
    startRun(plan, { text: 'hi' }, { world: createFakeWorld(), runId: 'x', recall: () => undefined, knownOnly: { ...known, outputs } })
      .result;
  expect(await end()).toMatchObject({ status: 'succeeded', outputs: { result: 'hi' } });
  expect((await end(new Set())).outputs).toEqual({});
});

test('what stood in a step is told before its end, where the step stands now, and costs nothing', async () => {
  const work = nodeType('work', { in: ['text'], out: ['text'] }, ({ inputs }) => ({ text: `${String(inputs['text'])}!` }));
  const plan = planOf(flowOf({ in: 'start', one: 'work', out: 'end' }, ['in.text > one.text', 'one.text > out.result']), work);
  const inner: StepEnd = {
    type: 'step-end',
    node: 'x',
    scope: 'one/0',
    status: 'succeeded',
    atMs: 7,
    durationMs: 9,
    usage: { calls: 1, inputTokens: 1, outputTokens: 1, costUsd: 1, estimated: false },
  };
  const recall: Recall = (_, node) =>
    node === 'one'
      ? { status: 'succeeded', outputs: { text: 'known' }, inside: [inner], origin: { kind: 'run', run: 'r', at: 0 } }
      : undefined;
  const events: RunEvent[] = [];
  const result = await startRun(
    plan,
    { text: 'hi' },
    { world: createFakeWorld(), runId: 'x', recall, onEvent: (event) => events.push(event) },
  ).result;
  expect(result).toMatchObject({ outputs: { result: 'known' }, usage: { calls: 0 }, reused: [{ node: 'one' }] });
  const [, told, end] = endsOf(events);
  expect(told).toMatchObject({ node: 'x', scope: 'one/0', recalled: true, durationMs: 0 });
  expect(told).not.toHaveProperty('usage');
  expect(end?.node).toBe('one');
});

test('an answer is found by what is asked; of two to the same question the one from the same place comes first', async () => {
  let made = 0;
  const roll = nodeType('roll', { in: ['text'], out: ['text'] }, ({ inputs }) => {
    made += 1;
    return { text: `${String(inputs['text'])}${made}` };
  });
  const edges = ['in.text > a.text', 'in.text > b.text', 'a.text > out.a', 'b.text > out.b'];
  const plan = planOf(flowOf({ in: 'start', a: 'roll', b: 'roll', out: 'both' }, edges), roll);
  const { events } = await runToEnd(plan, { text: 'n' });
  const recall = await learnAnswers(plan, { text: 'n' }, endsOf(events), { world: createFakeWorld() });
  expect(made).toBe(2);
  const run = async (flow: ReturnType<typeof flowOf>, text: string) =>
    (await startRun(planOf(flow, roll), { text }, { world: createFakeWorld(), runId: 'x', recall }).result).outputs;
  expect(await run(flowOf({ in: 'start', b: 'roll', a: 'roll', out: 'both' }, edges), 'n')).toEqual({ a: 'n1', b: 'n2' });
  const moved = flowOf({ in: 'start', z: { type: 'roll', title: 'Moved' }, out: 'both' }, ['in.text > z.text', 'z.text > out.a']);
  expect(await run(moved, 'n')).toEqual({ a: 'n1' });
  expect(made).toBe(2);
  expect(await run(moved, 'm')).toEqual({ a: 'm3' });
  expect(
    await run(flowOf({ ...moved.nodes, z: { type: 'roll', config: { text: 'other' } } }, ['in.text > z.text', 'z.text > out.a']), 'n'),
  ).toEqual({
    a: 'n4',
  });
});

import { type RunEvent, StepError } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import type { RecalledStep } from './recall.ts';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf } from './testing/flow-of.ts';

const call = { calls: 1, inputTokens: 2, outputTokens: 3, costUsd: 0.5, estimated: false };
const report = { ...call, provider: 'p', model: 'm', simulated: false };
const hit = { ...report, calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, cacheHits: 1, savedUsd: 0.5 };
type Report = (ctx: unknown, what: object) => void;
const tell: Report = (ctx, what) => (ctx as { report(call: object): void }).report(what);

/** A clock that stands still but for what a node adds to it. */
function clockedRun(
  types: Parameters<typeof planOf>[1][],
  flow: Parameters<typeof planOf>[0],
  recall?: (node: string) => RecalledStep | undefined,
) {
  const clock = { now: 1_000 };
  const events: RunEvent[] = [];
  const { result } = startRun(
    planOf(flow, ...types),
    { text: 'hi' },
    {
      world: createFakeWorld({ now: () => clock.now }),
      runId: 'test',
      onEvent: (event) => events.push(event),
      recall: recall && ((_, node) => recall(node)),
    },
  );
  const end = async (node: string) => {
    await result;
    return events.find((event) => event.type === 'step-end' && event.node === node);
  };
  return { clock, events, result, end };
}
const flow = flowOf({ one: 'one', out: 'end' }, ['one.text > out.result']);

test('the end of a step says when it began, how long it took, what it gave and nothing besides', async () => {
  const one = nodeType('one', { out: ['text'] }, async () => {
    run.clock.now += 250;
    return { text: 'done' };
  });
  const run = clockedRun([one], flow);
  run.clock.now = 1_040;
  expect(await run.end('one')).toStrictEqual({
    type: 'step-end',
    node: 'one',
    scope: '',
    status: 'succeeded',
    atMs: 40,
    durationMs: 250,
    outputs: { text: 'done' },
  });
  expect(run.events).toContainEqual({ type: 'step-start', node: 'one', scope: '', atMs: 40 });
  expect(await run.result).toEqual({
    status: 'succeeded',
    outputs: { result: 'done' },
    usage: { calls: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false },
    simulated: false,
    durationMs: 290,
  });
});

test('a clock that is set back makes no time negative', async () => {
  const one = nodeType('one', { out: ['text'] }, async () => {
    run.clock.now = 20;
    return { text: 'done' };
  });
  const run = clockedRun([one], flow);
  run.clock.now = 1_040;
  expect(await run.end('one')).toMatchObject({ atMs: 40, durationMs: 0 });
  expect(await run.result).toMatchObject({ durationMs: 0 });
});

test('calls are told with their model; one answered from memory marks its step', async () => {
  const paid = nodeType('one', { out: ['text'] }, (_, ctx) => {
    tell(ctx, report);
    return { text: 'x' };
  });
  const seen = await clockedRun([paid], flow).end('one');
  expect(seen).toMatchObject({ usage: call, model: 'p/m' });
  expect(seen).not.toHaveProperty('cached');
  expect(seen).not.toHaveProperty('simulated');
  const free = nodeType('one', { out: ['text'] }, (_, ctx) => {
    tell(ctx, hit);
    return { text: 'x' };
  });
  expect(await clockedRun([free], flow).end('one')).toMatchObject({ cached: true, usage: { calls: 0, cacheHits: 1, savedUsd: 0.5 } });
  const mock = nodeType('one', { out: ['text'] }, (_, ctx) => {
    tell(ctx, { ...report, simulated: true });
    return { text: 'x' };
  });
  expect(await clockedRun([mock], flow).end('one')).toMatchObject({ simulated: true });
});

test('a failure tells its error, and whether the run went on in another way', async () => {
  const bad = nodeType('one', { out: ['text'] }, () => {
    throw new StepError('auth', 'key_rejected', { provider: 'p' });
  });
  const error = { class: 'auth', reason: 'key_rejected', params: { provider: 'p' }, node: 'one' };
  const place = { type: 'step-end', node: 'one', scope: '', atMs: 0, durationMs: 0, status: 'failed', error };
  expect(await clockedRun([bad], flow).end('one')).toStrictEqual(place);
  const ruled = flowOf({ one: { type: 'one', onError: { rule: 'fallback-value', values: { text: 'instead' } } }, out: 'end' }, [
    'one.text > out.result',
  ]);
  expect(await clockedRun([bad], ruled).end('one')).toStrictEqual({ ...place, handled: true, outputs: { text: 'instead' } });
});

test('a skipped step tells its reason and the moment, and that it took no time', async () => {
  const closed = nodeType('one', { out: ['text'] }, () => {
    run.clock.now += 30;
    return {};
  });
  const run = clockedRun([closed], flow);
  expect(await run.end('out')).toStrictEqual({
    type: 'step-end',
    node: 'out',
    scope: '',
    status: 'skipped',
    atMs: 30,
    durationMs: 0,
    reason: { code: 'branch', node: 'one', port: 'text' },
  });
});

const never = nodeType('one', { out: ['text'] }, () => {
  throw new Error('it is known already');
});
const recalled = { type: 'step-end', node: 'one', scope: '', recalled: true };

test('a step of this run that is known already is told as it was, whole', async () => {
  const record: RecalledStep = {
    status: 'succeeded',
    outputs: { text: 'old' },
    atMs: 3,
    durationMs: 9,
    usage: { ...call, cacheHits: 1, savedUsd: 1 },
    model: 'p/m',
    simulated: true,
  };
  expect(await clockedRun([never], flow, (node) => (node === 'one' ? record : undefined)).end('one')).toStrictEqual({
    ...recalled,
    ...record,
    cached: true,
  });
});

test('a bare record says what it can: now, no time, nothing more', async () => {
  const run = clockedRun([never], flow, (node) => (node === 'one' ? { status: 'succeeded', outputs: { text: 'old' } } : undefined));
  run.clock.now = 1_070;
  expect(await run.end('one')).toStrictEqual({ ...recalled, status: 'succeeded', atMs: 70, durationMs: 0, outputs: { text: 'old' } });
});

test('what comes from elsewhere is told with its origin, now, and without its cost', async () => {
  const origin = { kind: 'pin', at: 5 } as const;
  const record: RecalledStep = {
    status: 'succeeded',
    outputs: { text: 'pin' },
    atMs: 3,
    durationMs: 9,
    usage: { ...call, cacheHits: 1 },
    origin,
  };
  const run = clockedRun([never], flow, (node) => (node === 'one' ? record : undefined));
  run.clock.now = 1_070;
  expect(await run.end('one')).toStrictEqual({
    ...recalled,
    status: 'succeeded',
    atMs: 70,
    durationMs: 0,
    outputs: { text: 'pin' },
    origin,
  });
  expect(await run.result).toMatchObject({ usage: { calls: 0, costUsd: 0 }, reused: [{ node: 'one', scope: '', origin }] });
});

test('a failure that is known already is told with its error and how it was handled', async () => {
  const error = { class: 'auth', reason: 'key_rejected', params: {}, node: 'one' } as const;
  const record: RecalledStep = { status: 'failed', error, handled: true, outputs: { text: 'instead' }, atMs: 1, durationMs: 2 };
  const ruled = flowOf({ one: { type: 'one', onError: { rule: 'fallback-value', values: { text: 'instead' } } }, out: 'end' }, [
    'one.text > out.result',
  ]);
  const run = clockedRun([never], ruled, (node) => (node === 'one' ? record : undefined));
  expect(await run.end('one')).toStrictEqual({ ...recalled, ...record });
  expect(await run.result).toMatchObject({ status: 'succeeded', outputs: { result: 'instead' } });
});

test('a step that is stopped is told with what had arrived, on each port that had begun', async () => {
  const talk = nodeType('one', { out: ['text~', 'more~', 'none~'] }, async function* () {
    yield { port: 'text', text: 'so ' };
    yield { port: 'more', text: '' };
    yield { port: 'text', text: 'far' };
    await new Promise(() => {});
    return undefined;
  });
  const events: RunEvent[] = [];
  const run = startRun(planOf(flow, talk), {}, { world: createFakeWorld(), runId: 'test', onEvent: (event) => events.push(event) });
  await new Promise((resolve) => setImmediate(resolve));
  run.cancel('stopped');
  await run.result;
  const end = events.find((event) => event.type === 'step-end' && event.node === 'one');
  expect(end).toMatchObject({ status: 'cancelled', outputs: { text: 'so far', more: '' } });
  expect(end).not.toHaveProperty('reason');
  expect(end).not.toHaveProperty('outputs.none');
});

test('a step that is stopped before it gave anything has no outputs at all', async () => {
  const wait = nodeType('one', { out: ['text~'] }, () => new Promise(() => {}));
  const events: RunEvent[] = [];
  const run = startRun(planOf(flow, wait), {}, { world: createFakeWorld(), runId: 'test', onEvent: (event) => events.push(event) });
  await new Promise((resolve) => setImmediate(resolve));
  run.cancel('stopped');
  await run.result;
  const end = events.find((event) => event.type === 'step-end' && event.node === 'one');
  expect(end).toMatchObject({ status: 'cancelled' });
  expect(end).not.toHaveProperty('outputs');
});

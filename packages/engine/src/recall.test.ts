import type { RunEvent } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import type { Recall, RecalledStep } from './recall.ts';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf, runToEnd, type Watched } from './testing/flow-of.ts';

const call = { calls: 1, inputTokens: 2, outputTokens: 3, costUsd: 0.5, estimated: false };
const report = { ...call, provider: 'p', model: 'm', simulated: true };

function countingTypes() {
  const made: string[] = [];
  const ask = nodeType('ask', { in: ['text'], out: ['text'] }, ({ inputs }, ctx) => {
    made.push(String(inputs['text']));
    (ctx as unknown as { report(call: object): void }).report(report);
    return { text: `${String(inputs['text'])}!` };
  });
  return { made, ask };
}

const chain = flowOf({ in: 'start', one: 'ask', two: 'ask', out: 'end' }, [
  'in.text > one.text',
  'one.text > two.text',
  'two.text > out.result',
]);

/** What a journal of the run would hold. */
const recallOf =
  (ends: Watched['events'], extra: Partial<RecalledStep> = {}): Recall =>
  (scope, node) => {
    const end = ends.find((event): event is Extract<RunEvent, { type: 'step-end' }> => event.type === 'step-end' && event.node === node);
    return end === undefined || end.scope !== scope ? undefined : { ...end, ...extra };
  };

async function again(recall: Recall, only?: ReadonlySet<string>) {
  const { made, ask } = countingTypes();
  const seen: RunEvent[] = [];
  const options = { world: createFakeWorld(), runId: 'again', recall, only, startedAt: 5, onEvent: (event: RunEvent) => seen.push(event) };
  const result = await startRun(planOf(chain, ask), { text: 'hi' }, options).result;
  return { result, made, seen, ends: seen.filter((event) => event.type === 'step-end') };
}

test('a finished step is not executed again: its end is told, its cost counts once', async () => {
  const { events } = await runToEnd(planOf(chain, countingTypes().ask), { text: 'hi' });
  const journal = events.filter((event) => event.type === 'step-end' && event.node !== 'two' && event.node !== 'out');
  const { result, made, ends, seen } = await again(recallOf(journal));
  expect(made).toEqual(['hi!']);
  expect(result).toMatchObject({ status: 'succeeded', outputs: { result: 'hi!!' }, usage: { calls: 2, costUsd: 1 }, simulated: true });
  expect(result.reused).toBeUndefined();
  expect(ends[1]).toMatchObject({ node: 'one', status: 'succeeded', recalled: true, usage: call, simulated: true });
  expect(ends[1]).not.toHaveProperty('origin');
  expect(ends[2]).not.toHaveProperty('recalled');
  expect(seen.some((event) => event.type === 'step-start' && event.node === 'one')).toBe(false);
  // Times count from the first start.
  expect(seen[0]).toMatchObject({ type: 'run-start', at: 5 });
  expect(result.durationMs).toBeGreaterThan(900);
});

test('a value from elsewhere is named with its origin, and costs nothing here', async () => {
  const origin = { kind: 'pin', at: 77 } as const;
  const recall: Recall = (_, node) =>
    node === 'one' ? { status: 'succeeded', outputs: { text: 'pinned' }, usage: call, atMs: 3, durationMs: 9, origin } : undefined;
  const { result, made, ends } = await again(recall);
  expect(made).toEqual(['pinned']);
  expect(result).toMatchObject({ outputs: { result: 'pinned!' }, usage: { calls: 1 }, reused: [{ node: 'one', scope: '', origin }] });
  expect(ends.find((end) => end.node === 'one')).toMatchObject({ recalled: true, origin, durationMs: 0 });
  expect(ends.find((end) => end.node === 'one')).not.toHaveProperty('usage');
});

test('one step alone: the others give what is known, and a step with nothing known says so', async () => {
  const known: Recall = (_, node) => (node === 'one' ? { status: 'succeeded', outputs: { text: 'old' } } : undefined);
  const one = await again(known, new Set(['two']));
  expect(one.made).toEqual(['old']);
  expect(one.result.outputs).toEqual({ result: 'old!' });
  const none = await again(() => undefined, new Set(['two']));
  const reason = { code: 'not_wanted', node: 'one' };
  expect(none.made).toEqual([]);
  expect(none.ends.filter((end) => end.status === 'skipped')).toMatchObject([
    { node: 'one', reason },
    { node: 'two', reason },
    { node: 'out', reason },
  ]);
  expect(none.result).toMatchObject({ status: 'succeeded', empty: true, reason });
});

test('a pinned step answers though nothing reaches it', async () => {
  const pin: Recall = (_, node) => (node === 'two' ? { status: 'succeeded', outputs: { text: 'pin' } } : undefined);
  const { result, made } = await again(pin, new Set());
  expect([result.outputs, made]).toEqual([{ result: 'pin' }, []]);
});

test('steps that were skipped or stopped have not finished: their turn goes as if nothing were known', async () => {
  for (const status of ['skipped', 'cancelled'] as const) {
    const { made } = await again(() => ({ status, outputs: { text: 'no' } }));
    expect(made).toEqual(['hi', 'hi!']);
  }
});

test('a failure that ended the run ends it again; one that had another way goes that way', async () => {
  const error = { class: 'auth', reason: 'key_refused', params: {}, node: 'one' } as const;
  const stopped = await again((_, node) => (node === 'one' ? { status: 'failed', error } : undefined));
  expect(stopped.result).toMatchObject({ status: 'failed', error });
  expect((await again((_, node) => (node === 'one' ? { status: 'failed' } : undefined))).result.error).toMatchObject({
    class: 'internal',
    node: 'one',
  });

  const breaks = nodeType('breaks', { in: ['text'], out: ['text~', 'other~'] }, async function* () {
    yield { port: 'text', text: 'so far' };
    throw Object.assign(new Error('x'), { errorClass: 'timeout', reason: 'idle' });
  });
  const show = nodeType('show', { in: ['text'], types: { text: 'any' }, out: ['text'] }, () => ({ text: 'shown' }));
  const flow = flowOf({ in: 'start', bad: { type: 'breaks', onError: { rule: 'error-output' } }, show: 'show', out: 'end' }, [
    'in.text > bad.text',
    'bad.text > out.result',
    'bad.error > show.text',
    'show.text > out.other',
  ]);
  const plan = planOf(flow, breaks, show);
  const first = await runToEnd(plan, { text: 'hi' });
  expect(first.end('bad')).toMatchObject({ status: 'failed', handled: true });
  const events: RunEvent[] = [];
  const options = {
    world: createFakeWorld(),
    runId: 'x',
    recall: recallOf(first.events),
    onEvent: (event: RunEvent) => events.push(event),
  };
  const second = await startRun(plan, { text: 'hi' }, options).result;
  expect(second.outputs).toEqual(first.done.outputs);
  const shown = (list: readonly RunEvent[]) => list.filter((event) => event.type === 'output-end' || event.type === 'output-chunk');
  expect(shown(events)).toEqual(expect.arrayContaining(shown(first.events)));
  expect(shown(events)).toContainEqual({ type: 'output-end', output: 'result', value: 'so far', complete: false });
});

test('a fallback value stands where the rule put it, whatever text had come on the port', async () => {
  const flow = flowOf({ in: 'start', bad: { type: 'ask', onError: { rule: 'fallback-value', values: { text: 'instead' } } }, out: 'end' }, [
    'in.text > bad.text',
    'bad.text > out.result',
  ]);
  const { made, ask } = countingTypes();
  const recall: Recall = (_, node) => (node === 'bad' ? { status: 'failed', handled: true, outputs: { text: 'instead' } } : undefined);
  const result = await startRun(planOf(flow, ask), { text: 'hi' }, { world: createFakeWorld(), runId: 'x', recall }).result;
  expect([result.status, result.outputs, made]).toEqual(['succeeded', { result: 'instead' }, []]);
});

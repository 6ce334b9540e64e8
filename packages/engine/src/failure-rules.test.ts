import { ModelError } from '@patchbay/models';
import { type ErrorClass, StepError } from '@patchbay/node-kit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { flowOf, nodeType, planOf, runToEnd, watch } from './testing/flow-of.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Fails so many times, then answers with the number of the try and the model it was given. */
function flaky(failures: number, errorClass: ErrorClass = 'provider_unavailable', retryAfterMs?: number) {
  let calls = 0;
  const type = nodeType('flaky', { out: ['text'] }, async ({ config }) => {
    calls += 1;
    if (calls <= failures) throw new ModelError(errorClass, 'test', {}, retryAfterMs === undefined ? {} : { retryAfterMs });
    return { text: `${calls} ${String(config['model'])}` };
  });
  return { type, calls: () => calls };
}
const flow = (onError: object, values = {}) =>
  flowOf({ flaky: { type: 'flaky', onError: { rule: 'stop', ...onError }, ...values }, out: 'both' }, ['flaky.text > out.a']);

test('retry tries exactly as often as it says, each time later, and tells so', async () => {
  const { type, calls } = flaky(2);
  const run = watch(planOf(flow({ rule: 'retry', tries: 3, backoffMs: 100 }), type), {}, { random: () => 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect(calls()).toBe(1);
  await vi.advanceTimersByTimeAsync(99);
  expect(calls()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(calls()).toBe(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(await run.result).toMatchObject({ status: 'succeeded', outputs: { a: '3 auto' } });
  expect(run.of('step-retry')).toMatchObject([
    { attempt: 2, delayMs: 100, error: { class: 'provider_unavailable', node: 'flaky' } },
    { attempt: 3, delayMs: 200 },
  ]);
  expect(run.of('step-start').filter((event) => event.node === 'flaky')).toHaveLength(1);
});

test('when all tries have failed the last failure is the run’s', async () => {
  const { type, calls } = flaky(99, 'rate_limited');
  const { done } = await runToEnd(planOf(flow({ rule: 'retry', tries: 4, backoffMs: 0 }), type));
  expect(calls()).toBe(4);
  expect(done).toMatchObject({ status: 'failed', error: { class: 'rate_limited', node: 'flaky' } });
});

test.each(['auth', 'invalid_input', 'content_filtered', 'context_too_long', 'budget_exceeded', 'internal'] as const)(
  '%s is tried once',
  async (errorClass) => {
    const { type, calls } = flaky(99, errorClass);
    await runToEnd(planOf(flow({ rule: 'retry', tries: 5, backoffMs: 0 }), type));
    expect(calls()).toBe(1);
  },
);

test('no try comes before the time the provider asked for; too long a time is a failure at once', async () => {
  const patient = flaky(1, 'rate_limited', 2_000);
  const run = watch(planOf(flow({ rule: 'retry', backoffMs: 0 }), patient.type));
  await vi.advanceTimersByTimeAsync(1_999);
  expect(patient.calls()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await run.result).toMatchObject({ status: 'succeeded' });
  const hopeless = flaky(1, 'rate_limited', 3_600_000);
  expect((await runToEnd(planOf(flow({ rule: 'retry' }), hopeless.type))).done.status).toBe('failed');
});

test('cancelling ends the pause: no try comes after', async () => {
  const { type, calls } = flaky(1);
  const run = watch(planOf(flow({ rule: 'retry', backoffMs: 1_000 }), type), {}, { random: () => 1 });
  await vi.advanceTimersByTimeAsync(10);
  run.cancel('stopped');
  expect(await run.result).toMatchObject({ status: 'cancelled', error: { class: 'cancelled', reason: 'stopped' } });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(calls()).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('a fallback value stands in: the step has failed, the run goes on', async () => {
  const { type } = flaky(99, 'auth');
  const { done, end } = await runToEnd(planOf(flow({ rule: 'fallback-value', values: { text: 'instead' } }), type));
  expect(done).toMatchObject({ status: 'succeeded', outputs: { a: 'instead' } });
  expect(done.error).toBeUndefined();
  expect(end('flaky')).toMatchObject({ status: 'failed', error: { class: 'auth' }, outputs: { text: 'instead' } });
});

test('an output without a fallback value is closed because its source failed', async () => {
  const { type } = flaky(99, 'auth');
  const { done } = await runToEnd(planOf(flow({ rule: 'fallback-value', values: {} }), type));
  expect(done).toMatchObject({ status: 'succeeded', empty: true, reason: { code: 'source_failed', node: 'flaky', port: 'text' } });
});

test('another model is asked once, after the tries', async () => {
  const { type, calls } = flaky(2);
  const { done, of } = await runToEnd(planOf(flow({ rule: 'fallback-model', model: 'p/other', tries: 2, backoffMs: 0 }), type));
  expect(done.outputs).toEqual({ a: '3 p/other' });
  expect(of('step-retry')).toHaveLength(2);
  expect(calls()).toBe(3);
  const hopeless = flaky(99);
  expect((await runToEnd(planOf(flow({ rule: 'fallback-model', model: 'p/other' }), hopeless.type))).done.status).toBe('failed');
  expect(hopeless.calls()).toBe(2);
  const wrong = flaky(99, 'invalid_input');
  await runToEnd(planOf(flow({ rule: 'fallback-model', model: 'p/other' }), wrong.type));
  expect(wrong.calls()).toBe(1);
});

test('the error output carries class, sentence and node, and is closed without a failure', async () => {
  const nodes = { flaky: { type: 'flaky', onError: { rule: 'error-output', tries: 2, backoffMs: 0 } as const }, out: 'both' };
  const edges = ['flaky.text > out.a', 'flaky.error > out.b'];
  const bad = flaky(2, 'timeout');
  const failed = await runToEnd(planOf(flowOf(nodes, edges), bad.type), {}, { locale: 'zh-Hans' });
  expect(failed.done).toMatchObject({
    status: 'succeeded',
    outputs: { b: { class: 'timeout', node: 'flaky', message: expect.stringMatching(/[一-龥]/) } },
  });
  expect(failed.done.outputs).not.toHaveProperty('a');
  expect(bad.calls()).toBe(2);
  const good = await runToEnd(planOf(flowOf(nodes, edges), flaky(0).type));
  expect(good.done.outputs).toEqual({ a: '1 auto' });
});

test('what fails before the node is called follows the rule too', async () => {
  const parse = nodeType('parse', { in: ['data'], out: ['text'], types: { data: 'data' } }, () => ({ text: 'never' }));
  const wired = flowOf(
    { in: 'start', parse: { type: 'parse', onError: { rule: 'fallback-value', values: { text: 'no JSON' } } }, out: 'end' },
    ['in.text > parse.data', 'parse.text > out.result'],
  );
  const { done, end } = await runToEnd(planOf(wired, parse), { text: '{oops' });
  expect(done.outputs).toEqual({ result: 'no JSON' });
  expect(end('parse')).toMatchObject({ error: { class: 'invalid_input', reason: 'not_json' } });
});

test('a failing log changes nothing', async () => {
  const bug = nodeType('flaky', { out: ['text'] }, () => {
    throw new Error('bug');
  });
  const log = (): never => {
    throw new StepError('internal', 'no_log');
  };
  const { done } = await runToEnd(planOf(flow({ rule: 'fallback-value', values: { text: 'x' } }), bug), {}, { log });
  expect(done.outputs).toEqual({ a: 'x' });
});

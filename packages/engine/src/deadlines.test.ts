import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf, watch } from './testing/flow-of.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Answers after so many milliseconds for each try, in order; the signal of a try that is given up is aborted. */
function slow(...times: number[]) {
  const aborted: boolean[] = [];
  let calls = 0;
  const type = nodeType('slow', { out: ['text~'] }, async (_, ctx) => {
    const number = calls;
    calls += 1;
    aborted[number] = false;
    ctx.signal.addEventListener('abort', () => {
      aborted[number] = true;
    });
    await after(times[number] ?? 0);
    return { text: `try ${number + 1}` };
  });
  return { type, aborted, calls: () => calls };
}
const flow = (onError: object) =>
  flowOf({ slow: { type: 'slow', onError: { rule: 'stop', ...onError } }, out: 'both' }, ['slow.text > out.a']);

test('a try that takes too long has failed, and is stopped', async () => {
  const { type, aborted } = slow(100);
  const run = watch(planOf(flow({ timeoutMs: 50 }), type));
  await vi.advanceTimersByTimeAsync(49);
  expect(run.end('slow')).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(await run.result).toMatchObject({
    status: 'failed',
    error: { class: 'timeout', reason: 'step_deadline', params: { seconds: 0.05 }, node: 'slow' },
  });
  expect(aborted).toEqual([true]);
  // What comes late changes nothing.
  await vi.advanceTimersByTimeAsync(100);
  expect(run.events.at(-1)?.type).toBe('run-end');
});

test('each try has its own time, and the rule of the node comes after', async () => {
  const { type, calls } = slow(100, 100, 10);
  const run = watch(planOf(flow({ rule: 'retry', tries: 3, backoffMs: 0, timeoutMs: 50 }), type));
  await vi.advanceTimersByTimeAsync(110);
  expect(await run.result).toMatchObject({ status: 'succeeded', outputs: { a: 'try 3' } });
  expect(calls()).toBe(3);
  await vi.advanceTimersByTimeAsync(100);
  const other = slow(100);
  const fallback = watch(planOf(flow({ rule: 'fallback-value', values: { text: 'instead' }, timeoutMs: 50 }), other.type));
  await vi.advanceTimersByTimeAsync(100);
  expect((await fallback.result).outputs).toEqual({ a: 'instead' });
});

test('a step that is done in time leaves no timer behind; a stream is given up like a call', async () => {
  const { type } = slow(10);
  const run = watch(planOf(flow({ timeoutMs: 1_000 }), type));
  await vi.advanceTimersByTimeAsync(10);
  expect((await run.result).status).toBe('succeeded');
  expect(vi.getTimerCount()).toBe(0);
  const drips = nodeType('slow', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'a' };
    await after(100);
    return undefined;
  });
  const stream = watch(planOf(flow({ timeoutMs: 50 }), drips));
  await vi.advanceTimersByTimeAsync(100);
  expect(await stream.result).toMatchObject({ status: 'failed', error: { reason: 'step_deadline' } });
  expect(stream.of('output-end')).toMatchObject([{ value: 'a', complete: false }]);
});

test('a run ends when its time is over, counted anew when it is started again', async () => {
  const deadline = { class: 'timeout', reason: 'run_too_long', params: { limit: 60 } };
  const start = (startedAt: number) => {
    const { type, aborted } = slow(100_000);
    const world = createFakeWorld({ now: () => 1_000_000 });
    return { aborted, ...startRun(planOf(flow({}), type), {}, { world, runId: 'x', startedAt, deadlineMs: 60_000 }) };
  };
  const fresh = start(1_000_000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await fresh.result).toMatchObject({ status: 'failed', error: deadline });
  expect(fresh.aborted).toEqual([true]);
  const resumed = start(960_000);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await resumed.result).toMatchObject({ status: 'failed', error: deadline });
  await vi.advanceTimersByTimeAsync(100_000);
});

test('a run that is done in time leaves no timer behind, and one longer than timers know has none', async () => {
  for (const deadlineMs of [60_000, 2 ** 40]) {
    const { type } = slow(5);
    const run = startRun(planOf(flow({}), type), {}, { world: createFakeWorld(), runId: 'x', deadlineMs });
    await vi.advanceTimersByTimeAsync(5);
    expect((await run.result).status).toBe('succeeded');
  }
});

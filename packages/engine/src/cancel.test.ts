import { type NodeDefinition, type RunEvent, StepError } from '@patchbay/node-kit';
import { catalogue } from '@patchbay/nodes';
import { expect, test } from 'vitest';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf, settle, watch } from './testing/flow-of.ts';

/** Streams a word and then waits for ever; counts what happens to it. */
function hanging() {
  const seen = { aborted: 0, cleaned: 0, late: Promise.withResolvers<void>() };
  const type = nodeType('hang', { out: ['text~'] }, async function* (_, ctx) {
    ctx.signal.addEventListener('abort', () => {
      seen.aborted += 1;
    });
    try {
      yield { port: 'text', text: 'so far' };
      await seen.late.promise;
      yield { port: 'text', text: ' and late' };
      return { text: 'too late' };
    } finally {
      seen.cleaned += 1;
    }
  });
  return { type, seen };
}
const edges = ['hang.text > out.result'];
const nodes = { hang: 'hang', out: 'end' };

test('cancelling ends the run in the same tick, keeps partial text and ignores what comes late', async () => {
  const { type, seen } = hanging();
  const run = watch(planOf(flowOf(nodes, edges), type));
  await settle();
  run.cancel('stopped');
  const told = run.events.length;
  expect(run.events.at(-1)).toMatchObject({
    type: 'run-end',
    status: 'cancelled',
    error: { class: 'cancelled', reason: 'stopped' },
    outputs: {},
  });
  expect(run.end('hang')).toMatchObject({ status: 'cancelled', outputs: { text: 'so far' } });
  expect(run.of('output-end')).toEqual([{ type: 'output-end', output: 'result', value: 'so far', complete: false }]);
  expect(seen.aborted).toBe(1);
  seen.late.resolve();
  await settle();
  run.cancel('again');
  expect(run.events).toHaveLength(told);
  expect(seen.cleaned).toBe(1);
  expect((await run.result).status).toBe('cancelled');
});

test('an abort signal cancels, and its reason names the cause', async () => {
  for (const [reason, cause] of [
    ['time_limit', 'time_limit'],
    [undefined, 'caller_left'],
  ] as const) {
    const { type } = hanging();
    const controller = new AbortController();
    const run = watch(planOf(flowOf(nodes, edges), type), {}, {}, controller.signal);
    await settle();
    controller.abort(reason);
    expect(await run.result).toMatchObject({ status: 'cancelled', error: { reason: cause } });
  }
});

test('an error of ours as abort reason fails the run in its class', async () => {
  const { type, seen } = hanging();
  const controller = new AbortController();
  const run = watch(planOf(flowOf(nodes, edges), type), {}, {}, controller.signal);
  await settle();
  controller.abort(new StepError('timeout', 'run_too_long', { limit: 3 }));
  expect(await run.result).toMatchObject({ status: 'failed', error: { class: 'timeout', reason: 'run_too_long', params: { limit: 3 } } });
  expect(run.end('hang')).toMatchObject({ status: 'cancelled', outputs: { text: 'so far' } });
  expect(seen.aborted).toBe(1);
});

test('a run whose signal is aborted already starts no step', async () => {
  const { type } = hanging();
  const run = watch(planOf(flowOf(nodes, edges), type), {}, {}, AbortSignal.abort());
  expect(await run.result).toMatchObject({ status: 'cancelled' });
  expect(run.events.map((event) => event.type)).toEqual(['run-start', 'run-end']);
});

test('a signal that outlives its runs keeps no hold on them', async () => {
  const controller = new AbortController();
  let held = 0;
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = ((...given: Parameters<typeof add>) => {
    held += 1;
    add(...given);
  }) as typeof add;
  signal.removeEventListener = ((...given: Parameters<typeof remove>) => {
    held -= 1;
    remove(...given);
  }) as typeof remove;
  await watch(planOf(flowOf({ in: 'start', out: 'end' }, ['in.text > out.result'])), { text: 'x' }, {}, signal).result;
  expect(held).toBe(0);
});

test('what a provider reports while it is being stopped still counts', async () => {
  const call = { calls: 1, inputTokens: 7, outputTokens: 1, costUsd: 0, estimated: true, provider: 'p', model: 'm', simulated: false };
  const ask = nodeType('hang', { out: ['text'] }, (_, ctx) =>
    ctx.models.chat({ model: 'auto', messages: [] }).then(({ text }) => ({ text })),
  );
  const run = watch(
    planOf(flowOf(nodes, edges), ask),
    {},
    {
      models: (step) => ({
        chat: () =>
          new Promise((_, reject) => {
            step.signal.addEventListener('abort', () => {
              step.report(call);
              reject(step.signal.reason);
            });
          }),
        stream: () => {
          throw new Error('not here');
        },
      }),
    },
  );
  await settle();
  run.cancel('stopped');
  expect(await run.result).toMatchObject({ status: 'cancelled', usage: { calls: 1, inputTokens: 7, estimated: true } });
  expect(run.end('hang')).toMatchObject({ status: 'cancelled', usage: { inputTokens: 7 }, model: 'p/m' });
});

test('a listener that throws ends the run instead of the process', async () => {
  const { type } = hanging();
  const events: RunEvent[] = [];
  const run = startRun(
    planOf(flowOf(nodes, edges), type),
    {},
    {
      world: createFakeWorld(),
      runId: 'test',
      onEvent: (event) => {
        events.push(event);
        if (event.type === 'step-chunk') throw new Error('broken listener');
      },
    },
  );
  expect(await run.result).toMatchObject({ status: 'cancelled', error: { reason: 'listener_failed' } });
  expect(events.at(-1)?.type).toBe('run-end');
});

/** Starts a run whose listener cancels it from within the first event that `when` takes. */
function stopAt(plan: ReturnType<typeof planOf>, when: (event: RunEvent) => boolean) {
  const events: RunEvent[] = [];
  const run = startRun(
    plan,
    {},
    {
      world: createFakeWorld(),
      runId: 'test',
      onEvent: (event) => {
        events.push(event);
        if (when(event)) run.cancel('stopped');
      },
    },
  );
  return { result: run.result, events };
}

test.each(['at once', 'later'])(
  'asked for while a retry is told, the end comes before another try, of a step that fails %s',
  async (when) => {
    let calls = 0;
    const bad = nodeType('bad', { out: ['text'] }, () => {
      calls += 1;
      const error = new StepError('timeout', 'slow');
      if (when === 'later') return Promise.reject(error);
      throw error;
    });
    const flow = flowOf({ bad: { type: 'bad', onError: { rule: 'retry', tries: 3, backoffMs: 0 } }, out: 'end' }, [
      'bad.text > out.result',
    ]);
    const { result, events } = stopAt(planOf(flow, bad), ({ type }) => type === 'step-retry');
    expect(await result).toMatchObject({ status: 'cancelled', error: { reason: 'stopped' } });
    expect(calls).toBe(1);
    expect(events.map(({ type }) => type)).toEqual(['run-start', 'step-start', 'step-retry', 'step-end', 'run-end']);
  },
);

test('asked for while a step is told to begin, the end comes before its node is called', async () => {
  let calls = 0;
  const call = nodeType('call', { out: ['text'] }, () => {
    calls += 1;
    return { text: 'done' };
  });
  const { result, events } = stopAt(
    planOf(flowOf({ call: 'call', out: 'end' }, ['call.text > out.result']), call),
    ({ type }) => type === 'step-start',
  );
  expect(await result).toMatchObject({ status: 'cancelled', outputs: {} });
  expect(calls).toBe(0);
  expect(events.map(({ type }) => type)).toEqual(['run-start', 'step-start', 'step-end', 'run-end']);
});

test.each([
  ['the first turn, which the outer run starts itself', 1, ['a']],
  ['a later turn, when nothing but the turn moves', 2, ['a', 'a', 'b']],
])('asked for by what happens inside a container, the end comes before anything else starts: in %s', async (_, turn, called) => {
  const calls: unknown[] = [];
  const types = { item: 'any', text: 'any' } as const;
  const say = nodeType('say', { in: ['item'], out: ['text'], types }, ({ inputs }) => {
    calls.push(inputs['item']);
    return { text: String(inputs['item']) };
  });
  const list = nodeType('list', { out: ['list'], types: { list: 'any' } }, () => ({ list: ['a', 'b', 'c'] }));
  const flow = flowOf(
    {
      list: 'list',
      each: { type: 'for_each', config: { concurrency: 1 } },
      one: { type: 'say', parent: 'each' },
      two: { type: 'say', parent: 'each' },
      out: 'both',
    },
    ['list.list > each.list', 'each.item > one.item', 'one.text > two.item', 'two.text > each.result', 'each.results > out.b'],
  );
  const plan = planOf(flow, say, list, catalogue.get('for_each') as NodeDefinition);
  let seen = 0;
  const { result, events } = stopAt(plan, (event) => {
    if (event.type !== 'step-end' || event.node !== 'one') return false;
    seen += 1;
    return seen === turn;
  });
  expect(await result).toMatchObject({ status: 'cancelled', outputs: {} });
  expect(calls).toEqual(called);
  expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'cancelled' });
});

test('a run without a listener gives its result all the same', async () => {
  const talk = nodeType('hang', { out: ['text~'] }, async function* () {
    yield { port: 'text', text: 'quiet' };
    return undefined;
  });
  const run = startRun(planOf(flowOf(nodes, edges), talk), {}, { world: createFakeWorld(), runId: 'test' });
  expect(await run.result).toMatchObject({ status: 'succeeded', outputs: { result: 'quiet' } });
});

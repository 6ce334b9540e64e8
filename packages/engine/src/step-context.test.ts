import { StepError, type World } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import { type AttemptOwner, StepContext } from './step-context.ts';
import { createFakeWorld } from './testing/fake-world.ts';

/** A context over a world that counts what is made for it. */
function contextOf(parts: Partial<World> = {}, more: Partial<AttemptOwner> = {}) {
  const made: string[] = [];
  const note = <Thing>(name: string, thing: Thing) => {
    made.push(name);
    return thing;
  };
  const calls: unknown[] = [];
  const stopped: string[] = [];
  const owner: AttemptOwner = {
    runId: 'run 1',
    scope: 'each/0',
    world: createFakeWorld({
      locale: 'zh-Hans',
      models: () => note('models', { chat: {} as never, stream: {} as never }),
      http: () => note('http', { request: {} as never }),
      code: () => note('code', { run: {} as never }),
      log: () => note('log', () => {}),
      now: () => 77,
      random: () => 0.25,
      ...parts,
    }),
    onCall: (step, call) => calls.push([step, call]),
    openFlows: (step, attempt) =>
      note('flows', {
        run: () => Promise.reject(new Error(`flows ${step} ${attempt}`)),
        describe: () => Promise.reject(new Error('none')),
        stop: () => void stopped.push('flows'),
      }),
    openParts: (step, attempt) =>
      note('parts', {
        run: () => Promise.reject(new Error(`parts ${step} ${attempt}`)),
        stop: () => void stopped.push('parts'),
      }),
    ...more,
  };
  const context = new StepContext(owner, { index: 4, id: 'ask' }, 2);
  return { context, made, calls, stopped };
}

test('it says which try of which step of which run it is, and what time and language it is', () => {
  const { context } = contextOf();
  expect([context.run, context.scope, context.node, context.attempt]).toEqual(['run 1', 'each/0', 'ask', 2]);
  expect([context.locale, context.now(), context.random()]).toEqual(['zh-Hans', 77, 0.25]);
});

test('what a node may touch is made when it is first asked for, and once', () => {
  const { context, made } = contextOf();
  expect(made).toEqual([]);
  for (const what of ['models', 'http', 'code', 'log', 'flows', 'parts'] as const) expect(context[what], what).toBe(context[what]);
  expect(made).toEqual(['models', 'http', 'code', 'log', 'flows', 'parts']);
});

test('other flows and parts are opened for this try of this step', async () => {
  await expect(contextOf().context.flows.run({ flow: 'x', inputs: {} } as never)).rejects.toThrow('flows 4 2');
  await expect(contextOf().context.parts.run({} as never)).rejects.toThrow('parts 4 2');
});

test('calls are reported for this step', () => {
  const { context, calls } = contextOf();
  const call = { calls: 1, inputTokens: 1, outputTokens: 1, costUsd: 0, estimated: false, provider: 'p', model: 'm', simulated: false };
  context.report(call);
  expect(calls).toEqual([[4, call]]);
});

test('a world without code, memory and waiting says so instead of being silent', async () => {
  const { context } = contextOf({ code: undefined as never });
  await expect(context.code.run({ source: '1', input: null } as never)).rejects.toBeInstanceOf(StepError);
  await expect(context.wait({} as never)).rejects.toMatchObject({ errorClass: 'invalid_input', reason: 'wait_needs_server' });
  expect(context.memory).toBeDefined();
});

test('memory and waiting are asked of the world, for this step', async () => {
  const asked: unknown[] = [];
  const memory = { get: async () => null, set: async () => {} } as never;
  const { context } = contextOf({
    memory: (step) => {
      asked.push(step);
      return memory;
    },
    wait: async (step, request) => {
      asked.push([step, request]);
      return { answered: true } as never;
    },
  });
  expect(context.memory).toBe(memory);
  const request = { until: 5 } as never;
  expect(await context.wait(request)).toEqual({ answered: true });
  expect(asked).toEqual([context, [context, request]]);
});

test('only a container stands around something', () => {
  const { context } = contextOf();
  expect(() => context.inside).toThrow(StepError);
  const inside = { run: () => Promise.reject(new Error()), stop: () => {} };
  context.inside = inside;
  expect(context.inside).toBe(inside);
});

test('leaving ends what runs inside, without taking the signal away', () => {
  const { context, stopped } = contextOf();
  context.leave();
  expect(stopped).toEqual([]);
  context.inside = { run: () => Promise.reject(new Error()), stop: () => void stopped.push('inside') };
  expect([context.flows, context.parts]).not.toContain(undefined);
  context.leave();
  expect(stopped).toEqual(['inside', 'flows', 'parts']);
  expect(context.signal.aborted).toBe(false);
});

test('aborting does it once: the signal fires, and what runs inside ends', () => {
  const { context, stopped } = contextOf();
  let fired = 0;
  context.signal.addEventListener('abort', () => {
    fired += 1;
  });
  context.inside = { run: () => Promise.reject(new Error()), stop: () => void stopped.push('inside') };
  context.abort();
  context.abort();
  expect([fired, stopped, context.signal.aborted]).toEqual([1, ['inside'], true]);
});

test('a signal that is first asked for after the end is aborted already, and stays the same', () => {
  const { context } = contextOf();
  context.abort();
  expect(context.signal.aborted).toBe(true);
  expect(context.signal).toBe(context.signal);
});

import { Parked, type Part, type RunEvent, StepError, type StepHandle, type Turn } from '@patchbay/node-kit';
import { expect, test } from 'vitest';
import type { RunOptions } from './run-state.ts';
import { startRun } from './start-run.ts';
import { createFakeWorld } from './testing/fake-world.ts';
import { flowOf, nodeType, planOf, settle } from './testing/flow-of.ts';

type Work = (run: (part: Partial<Part> & Pick<Part, 'id' | 'work'>) => Promise<Turn>) => Promise<string>;

/** A run of one step whose work is made of parts. */
async function run(work: Work, options: Partial<RunOptions> = {}) {
  const events: RunEvent[] = [];
  const worker = nodeType('worker', { in: ['text'], out: ['text'] }, async (_, ctx) => ({
    text: await work((part) => ctx.parts.run({ turn: 0, repeatable: true, ...part })),
  }));
  const plan = planOf(flowOf({ in: 'start', worker: 'worker', out: 'end' }, ['in.text > worker.text', 'worker.text > out.result']), worker);
  const started = startRun(
    plan,
    { text: 'hi' },
    { world: createFakeWorld(), runId: 'r', onEvent: (event) => events.push(event), ...options },
  );
  return { started, events, done: await started.result, ends: () => ends(events) };
}
const ends = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'step-end' ? [`${event.scope}:${event.node} ${event.status}`] : []));
const recallOf = (events: readonly RunEvent[]) => (scope: string, node: string) =>
  events.find((event) => event.type === 'step-end' && event.scope === scope && event.node === node) as
    | Extract<RunEvent, { type: 'step-end' }>
    | undefined;

const spend = (ctx: unknown): void =>
  (ctx as StepHandle).report({
    provider: 'p',
    model: 'm',
    calls: 1,
    inputTokens: 2,
    outputTokens: 3,
    costUsd: 1,
    estimated: false,
    simulated: false,
  });

test('parts are told as steps under the scope of their turn, and what they spend counts for the step', async () => {
  const heard: string[] = [];
  const { done, events, ends } = await run(async (part) => {
    const first = await part({
      id: 'model',
      onText: (text) => heard.push(text),
      work: async function* (ctx) {
        spend(ctx);
        yield { port: 'text', text: 'a' };
        yield { port: 'text', text: 'b' };
        return { more: 1 };
      },
    });
    const second = await part({ id: 'model', turn: 1, work: async () => ({ text: 'c' }) });
    return `${String(first.outputs['text'])}${String(first.outputs['more'])}${String(second.outputs['text'])}`;
  });
  expect(done).toMatchObject({ status: 'succeeded', outputs: { result: 'ab1c' }, usage: { calls: 1, costUsd: 1 } });
  expect(heard).toEqual(['a', 'b']);
  expect(ends()).toEqual([':in succeeded', 'worker/0:model succeeded', 'worker/1:model succeeded', ':worker succeeded', ':out succeeded']);
  expect(events.find((event) => event.type === 'step-end' && event.node === 'worker')).toMatchObject({ usage: { calls: 1 } });
});

test('a failure of a part is an answer, and the run goes on', async () => {
  const { done, ends } = await run(async (part) => {
    const { error } = await part({
      id: 'call',
      work: async () => {
        throw new StepError('timeout', 'idle', { limit: 3 });
      },
    });
    return `${error?.class} ${error?.reason} ${String(error?.params['limit'])}`;
  });
  expect(done).toMatchObject({ status: 'succeeded', outputs: { result: 'timeout idle 3' } });
  expect(ends()).toContain('worker/0:call failed');
});

test('a later attempt does only what has no end yet, and gives what failed before as it was', async () => {
  const made: string[] = [];
  const work: Work = async (part) => {
    const a = await part({
      id: 'a',
      work: async (ctx) => {
        made.push('a');
        spend(ctx);
        return { text: 'A' };
      },
    });
    const b = await part({
      id: 'b',
      work: async () => {
        made.push('b');
        throw new StepError('bad_output', 'not_json');
      },
    });
    const c = await part({
      id: 'c',
      work: async (ctx) => {
        made.push('c');
        return { text: (await ctx.wait({ kind: 'time', until: 1 })).kind };
      },
    });
    return `${String(a.outputs['text'])} ${b.error?.reason} ${String(c.outputs['text'])}`;
  };
  const first = await run(work, { world: createFakeWorld({ wait: () => Promise.reject(new Parked()) }) });
  expect(first.done.status).toBe('waiting');
  const answered = createFakeWorld({ wait: async () => ({ kind: 'time' }) });
  const second = await run(work, { world: answered, recall: recallOf(first.events) });
  expect(second.done).toMatchObject({ status: 'succeeded', outputs: { result: 'A not_json time' }, usage: { calls: 1 } });
  expect(made).toEqual(['a', 'b', 'c', 'c']);
});

test('the run is put aside when the last part that moves has ended, whatever came first', async () => {
  const { done } = await run(
    async (part) => {
      const waiting = part({ id: 'wait', work: async (ctx) => ({ text: (await ctx.wait({ kind: 'time', until: 1 })).kind }) });
      const slow = part({
        id: 'slow',
        work: async () => {
          await new Promise((resolve) => setTimeout(resolve, 30));
          return {};
        },
      });
      await Promise.all([waiting, slow]);
      return '';
    },
    { world: createFakeWorld({ wait: () => Promise.reject(new Parked()) }) },
  );
  expect(done.status).toBe('waiting');
});

test('only a part that must not be done twice is noted before it begins', async () => {
  const noted: string[] = [];
  const before = async (scope: string, node: string): Promise<void> => {
    noted.push(`${scope}:${node}`);
  };
  const { done } = await run(
    async (part) => {
      await part({ id: 'reads', work: async () => ({}) });
      await part({ id: 'pays', repeatable: false, work: async () => ({}) });
      return 'done';
    },
    { before },
  );
  expect(done.outputs).toEqual({ result: 'done' });
  expect(noted).toEqual(['worker/0:pays']);
});

test('cancelling reaches the part under way, and nothing begins after it', async () => {
  const abort = new AbortController();
  let reached = false;
  let after: Turn | undefined;
  const running = run(
    async (part) => {
      await part({
        id: 'long',
        work: (ctx) =>
          new Promise((_, reject) => {
            ctx.signal.addEventListener('abort', () => {
              reached = true;
              reject(new StepError('cancelled', 'asked'));
            });
          }),
      });
      after = await part({ id: 'next', work: async () => ({}) });
      return '';
    },
    { signal: abort.signal },
  );
  await settle();
  abort.abort('asked');
  const { done, ends } = await running;
  await settle();
  expect(done.status).toBe('cancelled');
  expect(reached).toBe(true);
  expect(after?.error?.class).toBe('cancelled');
  expect(ends()).toContain('worker/0:long cancelled');
  expect(ends().join()).not.toContain('next');
});

test('a part that runs another flow tells its steps below itself, and the limits of the run hold', async () => {
  const inner = planOf(flowOf({ in: 'start', out: 'end' }, ['in.text > out.result']));
  const loadFlow: NonNullable<RunOptions['loadFlow']> = async ({ inputs }) => ({
    plan: inner,
    key: 'inner@1',
    inputs: inputs as Record<string, string>,
  });
  const work: Work = async (part) => {
    const { outputs, error } = await part({
      id: 'sub',
      work: async (ctx) => (await ctx.flows.run({ flow: 'inner', version: null, inputs: { text: 'yes' } })).outputs,
    });
    return String(outputs['result'] ?? error?.reason);
  };
  const { done, ends } = await run(work, { loadFlow });
  expect(done.outputs).toEqual({ result: 'yes' });
  expect(ends()).toContain('worker/0/sub:out succeeded');
  expect((await run(work, { loadFlow, flowKey: 'inner@1' })).done.outputs).toEqual({ result: 'flow_calls_itself' });
  expect((await run(work, { loadFlow, maxSteps: 3 })).done).toMatchObject({ status: 'failed', error: { reason: 'run_too_many_steps' } });
});

test('a part hears its own text alone: not that of a part inside it, and none where nobody listens', async () => {
  const heard: string[] = [];
  const { done } = await run(async (part) => {
    const outer = await part({
      id: 'outer',
      onText: (text) => heard.push(text),
      work: async function* (ctx) {
        yield { port: 'text', text: 'mine ' };
        // The inner part has the id of the outer one, in a scope of its own.
        const inner = await ctx.parts.run({
          id: 'outer',
          turn: 0,
          repeatable: true,
          work: async function* () {
            yield { port: 'text', text: 'not mine' };
            return undefined;
          },
        });
        yield { port: 'text', text: String(Object.keys(inner.outputs)) };
        return undefined;
      },
    });
    return String(outer.outputs['text']);
  });
  expect(heard).toEqual(['mine ', 'text']);
  expect(done.outputs).toEqual({ result: 'mine text' });
});

test('a part works the same where no run is told of', async () => {
  const heard: string[] = [];
  const { done } = await run(
    async (part) => {
      const { outputs } = await part({
        id: 'model',
        onText: (text) => heard.push(text),
        work: async function* () {
          yield { port: 'text', text: 'a' };
          return { more: 'b' };
        },
      });
      return JSON.stringify(outputs);
    },
    { onEvent: undefined },
  );
  expect(done.outputs).toEqual({ result: '{"text":"a","more":"b"}' });
  expect(heard).toEqual(['a']);
});

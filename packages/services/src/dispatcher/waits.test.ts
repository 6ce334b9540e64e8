import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Ctx } from '../context.ts';
import { answerWait } from '../runs/answer-wait.ts';
import { cancelRun } from '../runs/cancel-run.ts';
import { followRun } from '../runs/follow-run.ts';
import { preparePublishedRun } from '../runs/prepare-run.ts';
import { readRunState } from '../runs/run-state.ts';
import { startDurableRun } from '../runs/start-durable-run.ts';
import { fixture } from '../testing.ts';
import type { DispatcherLimits } from './dispatcher.ts';

const long = { timeout: 60_000 };

/** A model step, then a step that waits, then the end. */
const waitingFlow = (wait: object, outputs: string[]) =>
  JSON.stringify({
    format: 'patchbay/flow',
    version: 1,
    name: 'Waiting',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'name', title: 'Name', type: 'text' }] } },
      ask: { type: 'model', config: { model: 'auto' } },
      wait,
      out: { type: 'output', config: { fields: outputs.map((id) => ({ id, title: id, type: 'any' })) } },
    },
    edges: [
      { from: 'in.name', to: 'ask.prompt' },
      { from: 'ask.text', to: `wait.${(wait as { type: string }).type === 'wait_time' ? 'value' : 'draft'}` },
      ...outputs.map((id) => ({ from: `wait.${id}`, to: `out.${id}` })),
    ],
    layout: {},
  });
const person = (hours = 0) => ({
  type: 'wait_person',
  config: { message: 'Send “{{draft}}”?', hours, fields: [{ id: 'approved', title: 'Approved', type: 'boolean', required: true }] },
});

async function waiting(wait: object, outputs: string[], limits: Partial<DispatcherLimits> = {}) {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const environment = { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' };
  const made = await fixture(environment, { dispatcherLimits: { wakeMs: 20, ...limits } });
  await made.publish(waitingFlow(wait, outputs), 'wait');
  const prepared = await preparePublishedRun({ ctx: made.ctx, input: { slug: 'wait', body: { inputs: { name: 'Ada' } } } });
  expect(prepared.target.waits).toBe(true);
  const start = await startDurableRun(made.ctx, { prepared, body: {}, key: undefined, waits: true, streams: false });
  return { ...made, provider, id: start.id, outcome: start.kind === 'started' ? start.outcome : undefined };
}

const stateOf = (ctx: Ctx, id: string) => readRunState({ ctx, input: { id } });
const endOf = (ctx: Ctx, id: string, status = 'succeeded') =>
  vi.waitFor(async () => {
    const state = await stateOf(ctx, id);
    expect(state.run.status).toBe(status);
    return state;
  }, 40_000);

test('a run waits for a person without being held, and goes on with the answer', long, async () => {
  const { ctx, id, outcome, provider, services } = await waiting(person(), ['approved']);
  expect(await outcome).toEqual({ kind: 'waiting', now: false });
  expect(services.deps.dispatcher.stats()).toEqual({ queued: 0, running: 0 });
  const state = await stateOf(ctx, id);
  const fields = [{ id: 'approved', title: 'Approved', type: 'boolean', required: true, options: [] }];
  expect(state).toMatchObject({
    run: { status: 'waiting' },
    waits: [{ node: 'wait', kind: 'person', message: 'Send “Ada”?', until: null, fields }],
  });
  const wait = state.waits?.[0]?.id ?? '';
  const give = (values: object, which = wait) => answerWait({ ctx, input: { id, wait: which, body: { values } } });
  await expect(give({ approved: 'perhaps' })).rejects.toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/values/approved' }] });
  await expect(give({})).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(give({ approved: true }, 'wait_none')).rejects.toMatchObject({ code: 'not_found', reason: 'no_wait' });
  await Promise.all([give({ approved: true }), give({ approved: true }), give({ approved: true })]);
  expect(await endOf(ctx, id)).toMatchObject({ outputs: { approved: true } });
  await give({ approved: true });
  await expect(give({ approved: false })).rejects.toMatchObject({ code: 'conflict', reason: 'wait_answered' });
  expect(provider.calls).toHaveLength(1);
});

test('it waits through a restart, and what was done before is not done again', long, async () => {
  const { ctx, id, outcome, provider, services, again } = await waiting(person(), ['approved']);
  await outcome;
  const before = await stateOf(ctx, id);
  await services.close();
  const next = { ...ctx, deps: (await again()).deps };
  const state = await stateOf(next, id);
  expect(state.waits).toEqual(before.waits);
  await answerWait({ ctx: next, input: { id, wait: state.waits?.[0]?.id ?? '', body: { values: { approved: false } } } });
  expect(await endOf(next, id)).toMatchObject({ outputs: { approved: false }, run: { usage: { calls: 1 } } });
  expect(provider.calls).toHaveLength(1);
});

test('a reader is told what the run waits for, and hears the rest when it goes on', long, async () => {
  const { ctx, id, outcome } = await waiting(person(), ['approved']);
  await outcome;
  const types: string[] = [];
  const read = (async () => {
    for await (const { event } of await followRun({ ctx, input: { id } }, new AbortController().signal)) types.push(event.type);
  })();
  const { waits } = await stateOf(ctx, id);
  await answerWait({ ctx, input: { id, wait: waits?.[0]?.id ?? '', body: { values: { approved: true } } } });
  await read;
  expect(types.at(-1)).toBe('run-end');
  expect(types.filter((type) => type === 'step-end')).toHaveLength(4);
});

test('who answers too late is told so, and the run has gone on without', long, async () => {
  const { ctx, id, outcome } = await waiting(person(0.000_01), ['approved', 'late']);
  await outcome;
  expect(await endOf(ctx, id)).toMatchObject({ outputs: { late: true } });
  const [wait] = await ctx.deps.database.waits.list(ctx.workspaceId, id);
  const late = answerWait({ ctx, input: { id, wait: wait?.id ?? '', body: { values: { approved: true } } } });
  await expect(late).rejects.toMatchObject({ code: 'conflict', reason: 'wait_late' });
});

test('a time passes, over a restart too', long, async () => {
  const { ctx, id, outcome, services, again, provider } = await waiting({ type: 'wait_time', config: { amount: 1, unit: 'seconds' } }, [
    'value',
  ]);
  expect(await outcome).toMatchObject({ kind: 'waiting' });
  await services.close();
  const next = { ...ctx, deps: (await again()).deps };
  expect(await endOf(next, id)).toMatchObject({ outputs: { value: 'Ada' } });
  expect(provider.calls).toHaveLength(1);
});

test('a waiting run can be stopped', long, async () => {
  const { ctx, id, outcome } = await waiting(person(), ['approved']);
  await outcome;
  await cancelRun({ ctx, input: { id } });
  const state = await endOf(ctx, id, 'cancelled');
  expect(state.waits).toBeUndefined();
});

test('one that is stopped while it is being put aside is stopped, not left to wait', long, async () => {
  const { ctx, publish } = await fixture();
  await publish(waitingFlow(person(), ['approved']), 'wait');
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'wait', body: { inputs: { name: 'Ada' } } } });
  const { waits } = ctx.deps.database;
  const { park } = waits;
  let stopping: Promise<unknown> | undefined;
  vi.spyOn(waits, 'park').mockImplementation((of, asked) => {
    stopping = cancelRun({ ctx, input: { id: of.runId } });
    return park(of, asked);
  });
  const { id } = await startDurableRun(ctx, { prepared, body: {}, key: undefined, waits: false, streams: false });
  await endOf(ctx, id, 'cancelled');
  await stopping;
});

test('a stop that the store does not take leaves the run waiting, not in nobody’s hands', long, async () => {
  const { ctx, id, outcome } = await waiting(person(), ['approved'], { retryMs: 20 });
  await outcome;
  vi.spyOn(ctx.deps.database.journal, 'finish').mockRejectedValueOnce(new Error('disk'));
  await expect(cancelRun({ ctx, input: { id } })).rejects.toThrow('disk');
  await endOf(ctx, id, 'waiting');
  await cancelRun({ ctx, input: { id } });
  await endOf(ctx, id, 'cancelled');
});

test('nobody can answer what a run asked that has been stopped since', long, async () => {
  const { ctx, id, outcome } = await waiting(person(), ['approved']);
  await outcome;
  const { waits } = await stateOf(ctx, id);
  const answer = () => answerWait({ ctx, input: { id, wait: waits?.[0]?.id ?? '', body: { values: { approved: true } } } });
  await cancelRun({ ctx, input: { id } });
  await expect(answer()).rejects.toMatchObject({ code: 'conflict', reason: 'run_ended' });
  expect(await ctx.deps.database.waits.list(ctx.workspaceId, id)).toMatchObject([{ answer: null }]);
  await expect(answer()).rejects.toMatchObject({ code: 'conflict', reason: 'run_ended' });
});

test('each turn of a loop waits by itself, over restarts, and nothing is asked twice', long, async () => {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  const made = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' }, { dispatcherLimits: { wakeMs: 20 } });
  const loop = {
    format: 'patchbay/flow',
    version: 1,
    name: 'Loop',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'rows', title: 'Rows', type: 'text[]' }] } },
      loop: { type: 'for_each', config: { concurrency: 2 } },
      ask: { type: 'model', config: { model: 'auto' }, parent: 'loop' },
      wait: { ...person(), parent: 'loop' },
      out: { type: 'output', config: { fields: [{ id: 'all', title: 'All', type: 'any' }] } },
    },
    edges: [
      { from: 'in.rows', to: 'loop.list' },
      { from: 'loop.item', to: 'ask.prompt' },
      { from: 'ask.text', to: 'wait.draft' },
      { from: 'wait.approved', to: 'loop.result' },
      { from: 'loop.results', to: 'out.all' },
    ],
    layout: {},
  };
  await made.publish(JSON.stringify(loop), 'loop');
  let { ctx, services } = made;
  const body = { inputs: { rows: ['a', 'b', 'c', 'd'] } };
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'loop', body } });
  const { id } = await startDurableRun(ctx, { prepared, body, key: undefined, waits: false, streams: false });
  const answered: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const { waits = [] } = await endOf(ctx, id, 'waiting');
    const [first] = waits.toSorted((a, b) => (a.scope < b.scope ? 1 : -1));
    answered.push(first?.scope ?? '');
    if (turn % 2 === 0) {
      await services.close();
      services = await made.again();
      ctx = { ...ctx, deps: services.deps };
    }
    await answerWait({ ctx, input: { id, wait: first?.id ?? '', body: { values: { approved: turn % 2 === 0 } } } });
    if (turn < 3)
      await vi.waitFor(async () => expect((await stateOf(ctx, id)).waits?.map(({ id: open }) => open)).not.toContain(first?.id), 40_000);
  }
  const { outputs } = await endOf(ctx, id);
  const inOrder = ['loop/0', 'loop/1', 'loop/2', 'loop/3'].map((scope) => answered.indexOf(scope) % 2 === 0);
  expect(outputs['all']).toEqual(inOrder);
  expect(provider.calls).toHaveLength(4);
});

test('a call that must not run twice and was stopped with its loop interrupts nobody who waits later', long, async () => {
  const provider = await startFakeProvider();
  onTestFinished(() => provider.close());
  provider.script({ fault: { kind: 'hang' } }, { fault: { kind: 'status', status: 500 } });
  const { ctx, publish } = await fixture({ PATCHBAY_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${provider.port}` });
  const call = { method: 'POST', url: `${provider.url}/chat/completions?{{item}}`, body: 'json', json: { model: 'm' } };
  const loop = {
    format: 'patchbay/flow',
    version: 1,
    name: 'Loop',
    nodes: {
      in: { type: 'input', config: { fields: [{ id: 'rows', title: 'Rows', type: 'text[]' }] } },
      loop: { type: 'for_each', config: { concurrency: 2 }, onError: { rule: 'fallback-value', values: { results: ['none'] } } },
      call: { type: 'http', config: call, parent: 'loop' },
      wait: person(),
      out: { type: 'output', config: { fields: [{ id: 'approved', title: 'Approved', type: 'any' }] } },
    },
    edges: [
      { from: 'in.rows', to: 'loop.list' },
      { from: 'loop.item', to: 'call.item' },
      { from: 'call.text', to: 'loop.result' },
      { from: 'loop.results', to: 'wait.draft' },
      { from: 'wait.approved', to: 'out.approved' },
    ],
    layout: {},
  };
  await publish(JSON.stringify(loop), 'loop');
  const body = { inputs: { rows: ['a', 'b'] } };
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'loop', body } });
  const { id } = await startDurableRun(ctx, { prepared, body, key: undefined, waits: false, streams: false });
  const { waits } = await endOf(ctx, id, 'waiting');
  await answerWait({ ctx, input: { id, wait: waits?.[0]?.id ?? '', body: { values: { approved: true } } } });
  expect(await endOf(ctx, id)).toMatchObject({ outputs: { approved: true } });
  expect(provider.calls).toHaveLength(2);
});

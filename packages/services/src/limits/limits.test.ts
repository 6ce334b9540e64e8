import { type FakeProvider, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Ctx } from '../context.ts';
import { createKey } from '../keys/create-key.ts';
import { verifyKey } from '../keys/verify-key.ts';
import { preparePublishedRun } from '../runs/prepare-run.ts';
import { readRun } from '../runs/read-run.ts';
import { runAsStream } from '../runs/run-as-stream.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import type { SentEvent } from '../runs/sent-event.ts';
import { startDurableRun } from '../runs/start-durable-run.ts';
import { type Fixture, fixture, greeting } from '../testing.ts';
import type { KeyLimits } from './key-limits.ts';

/** A dollar per million tokens of input, ten of output; an answer of a hundred tokens is a tenth of a cent. */
async function withProvider(
  limits: Record<string, string> = {},
): Promise<Fixture & { provider: FakeProvider; environment: Record<string, string> }> {
  const provider = await startFakeProvider({ reply: { usage: { prompt_tokens: 0, completion_tokens: 100 } } });
  onTestFinished(() => provider.close());
  const environment = { OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm', PATCHBAY_PRICES: 'openai/m=1/10', ...limits };
  const made = await fixture(environment);
  await made.publish(asking(), 'ask');
  return { ...made, provider, environment };
}

/** A flow of one model step that reckons with 150 tokens of answer. */
function asking(config: object = {}): string {
  const flow = JSON.parse(greeting('auto'));
  Object.assign(flow.nodes.ask.config, { maxTokens: 150, ...config });
  return JSON.stringify(flow);
}

async function run(ctx: Ctx, name = 'Ada') {
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'ask', body: { inputs: { name } } } });
  return { id: prepared.id, ...(await runToEnd(ctx, prepared)) };
}
async function asKey({ ctx }: Fixture, limits: KeyLimits): Promise<Ctx> {
  const { key } = await createKey({ ctx, input: { name: 'k', scopes: ['run'], limits } });
  const known = await verifyKey({ deps: ctx.deps, key });
  if (known === undefined) throw new Error('not a key');
  return { ...ctx, ...known };
}

test('a hundred runs at once do not overspend the day of a workspace, and it is remembered', async () => {
  const made = await withProvider({ PATCHBAY_MAX_DAY_COST_USD: '0.02' });
  const results = await Promise.all(Array.from({ length: 100 }, (_, index) => run(made.ctx, `n${index}`)));
  const good = results.filter(({ status }) => status === 'succeeded').length;
  expect(good).toBe(made.provider.calls.length);
  expect(good).toBeGreaterThanOrEqual(19);
  expect(good).toBeLessThanOrEqual(20);
  for (const { status, error } of results)
    if (status !== 'succeeded') expect(error).toMatchObject({ class: 'budget_exceeded', reason: 'workspace_day_budget', node: 'ask' });
  await made.services.close();
  const { deps } = await made.again();
  expect(await run({ ...made.ctx, deps }, 'later')).toMatchObject({ error: { class: 'budget_exceeded' } });
  expect(made.provider.calls).toHaveLength(good);
});

test('the budget of a key holds for runs that outlive their caller too', async () => {
  const made = await withProvider();
  const ctx = await asKey(made, { costPerDayUsd: 0.0021 });
  const statuses: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    const body = { inputs: { name } };
    const prepared = await preparePublishedRun({ ctx, input: { slug: 'ask', body } });
    const started = await startDurableRun(ctx, { prepared, body, key: `key-${name}`, waits: true, streams: false });
    const outcome = started.kind === 'started' ? await started.outcome : undefined;
    statuses.push(outcome?.kind === 'ended' ? (outcome.result.error?.reason ?? outcome.result.status) : 'lost');
  }
  expect(statuses).toEqual(['succeeded', 'key_day_budget', 'key_day_budget']);
  expect(made.provider.calls).toHaveLength(1);
});

test('a run has a budget of its own, over all its calls', async () => {
  const made = await withProvider({ PATCHBAY_MAX_RUN_COST_USD: '0.0027' });
  const flow = JSON.parse(asking());
  for (const id of ['ask2', 'ask3']) flow.nodes[id] = flow.nodes.ask;
  flow.edges = [
    { from: 'in.name', to: 'say.name' },
    { from: 'say.text', to: 'ask.prompt' },
    { from: 'ask.text', to: 'ask2.prompt' },
    { from: 'ask2.text', to: 'ask3.prompt' },
    { from: 'ask3.text', to: 'out.greeting' },
  ];
  await made.publish(JSON.stringify(flow), 'three');
  const prepared = await preparePublishedRun({ ctx: made.ctx, input: { slug: 'three', body: { inputs: { name: 'a' } } } });
  expect(await runToEnd(made.ctx, prepared)).toMatchObject({ status: 'failed', error: { reason: 'run_budget', node: 'ask3' } });
  expect(made.provider.calls).toHaveLength(2);
  // The next run begins anew.
  expect(await run(made.ctx)).toMatchObject({ status: 'succeeded' });
});

test('a key may have a budget that others do not feel', async () => {
  const made = await withProvider();
  const poor = await asKey(made, { costPerMonthUsd: 0.002 });
  expect(await run(poor)).toMatchObject({ status: 'succeeded' });
  expect(await run(poor, 'Bob')).toMatchObject({ status: 'failed', error: { reason: 'key_month_budget' } });
  expect(await run(made.ctx)).toMatchObject({ status: 'succeeded' });
});

test('runs of a key wait for each other where it says so, and those of others do not', async () => {
  const made = await withProvider();
  const narrow = await asKey(made, { runsAtOnce: 1 });
  const { admission } = made.services.deps;
  const first = await admission.enter(narrow);
  let second = false;
  const waiting = Promise.resolve(admission.enter(narrow)).then((leave) => {
    second = true;
    return leave;
  });
  (await admission.enter(made.ctx))();
  expect(second).toBe(false);
  first();
  (await waiting)();
  let leave = (): void => {};
  const holding = await admission.enter(narrow);
  const left = admission.enter(narrow, (fn) => {
    leave = fn;
  });
  leave();
  await expect(left).rejects.toMatchObject({ errorClass: 'cancelled' });
  holding();
  (await admission.enter(narrow))();
});

test('a key that starts too many runs a minute is told when to come again', async () => {
  let now = Date.UTC(2026, 0, 1);
  const made = await fixture({}, { now: () => now });
  const key = await asKey(made, { runsPerMinute: 2 });
  const { admission } = made.services.deps;
  for (let turn = 0; turn < 2; turn += 1) (await admission.enter(key))();
  now += 20_000;
  expect(() => admission.enter(key)).toThrow(expect.objectContaining({ code: 'rate_limited', status: 429 }));
  try {
    admission.enter(key);
  } catch (error) {
    expect(error).toMatchObject({
      headers: { 'Retry-After': '40', 'RateLimit-Policy': '"key_runs_per_minute";q=2;w=60', RateLimit: '"key_runs_per_minute";r=0;t=40' },
    });
  }
  now += 40_000;
  (await admission.enter(key))();
});

test('when too many runs wait the next is refused with 429', async () => {
  const made = await fixture({ PATCHBAY_MAX_RUNS_AT_ONCE: '1' });
  const { admission } = made.services.deps;
  const leave = await admission.enter(made.ctx);
  const waiting = Array.from({ length: 1_000 }, () => admission.enter(made.ctx));
  await expect(admission.enter(made.ctx)).rejects.toMatchObject({
    status: 429,
    reason: 'too_many_runs',
    headers: { 'Retry-After': '1', RateLimit: '"workspace_runs";r=0;t=1' },
  });
  leave();
  for (const one of waiting) (await one)();
});

test('a run that takes too long fails as a time-out, whole or streamed', async () => {
  const made = await withProvider({ PATCHBAY_MAX_RUN_SECONDS: '1' });
  made.provider.script({ fault: { kind: 'hang' } }, { fault: { kind: 'hang' } });
  const failed = { status: 'failed', error: { class: 'timeout', reason: 'run_too_long', params: { limit: 1 } } };
  expect(await run(made.ctx)).toMatchObject(failed);
  const prepared = await preparePublishedRun({ ctx: made.ctx, input: { slug: 'ask', body: { inputs: { name: 'a' } } } });
  const events: SentEvent[] = [];
  for await (const event of runAsStream(made.ctx, prepared)) events.push(event);
  expect(events.at(-1)).toMatchObject({ type: 'run-end', ...failed });
  await expect.poll(() => made.provider.calls.map(({ aborted }) => aborted), { timeout: 10_000 }).toEqual([true, true]);
});

test('a run that does too many steps fails and does no more', async () => {
  const made = await withProvider({ PATCHBAY_MAX_RUN_STEPS: '2' });
  expect(await run(made.ctx)).toMatchObject({ status: 'failed', error: { class: 'budget_exceeded', reason: 'run_too_many_steps' } });
  const enough = await withProvider({ PATCHBAY_MAX_RUN_STEPS: '4' });
  expect(await run(enough.ctx)).toMatchObject({ status: 'succeeded' });
});

test('an answer that is given again is marked at its step and counted apart; it outlives the process', async () => {
  const made = await withProvider();
  await made.publish(asking({ cache: 'day' }), 'kept');
  const again = async (ctx: Ctx) => {
    const prepared = await preparePublishedRun({ ctx, input: { slug: 'kept', body: { inputs: { name: 'Ada' } } } });
    await runToEnd(ctx, prepared);
    return readRun({ ctx, input: { id: prepared.id } });
  };
  const first = await again(made.ctx);
  expect(first.run.usage).toMatchObject({ calls: 1, costUsd: 0.001 });
  expect(first.steps.find(({ node }) => node === 'ask')).not.toHaveProperty('cached');
  await made.services.close();
  const { deps } = await made.again();
  const second = await again({ ...made.ctx, deps });
  expect(second).toMatchObject({ outputs: first.outputs, run: { usage: { calls: 0, costUsd: 0, cacheHits: 1, savedUsd: 0.001 } } });
  expect(second.steps.find(({ node }) => node === 'ask')).toMatchObject({ cached: true, model: 'openai/m', usage: { savedUsd: 0.001 } });
  expect(made.provider.calls).toHaveLength(1);
});

test('accepted runs of a key are under way in order, and no more at once than it may', { timeout: 60_000 }, async () => {
  const made = await withProvider();
  const narrow = await asKey(made, { runsAtOnce: 2 });
  let [inside, most] = [0, 0];
  const order: string[] = [];
  const { journal } = made.ctx.deps.database;
  const { take, finish } = journal;
  const mine = new Set<string>();
  vi.spyOn(journal, 'take').mockImplementation(async (of) => {
    if (mine.has(of.runId)) {
      order.push(of.runId);
      inside += 1;
      most = Math.max(most, inside);
    }
    return take(of);
  });
  vi.spyOn(journal, 'finish').mockImplementation(async (...given) => {
    const done = await finish(...given);
    if (mine.has(given[0].runId)) inside -= 1;
    return done;
  });
  const accept = async () => {
    const body = { inputs: { name: 'Ada' } };
    const prepared = await preparePublishedRun({ ctx: narrow, input: { slug: 'ask', body } });
    mine.add(prepared.id);
    return (await startDurableRun(narrow, { prepared, body, key: undefined, waits: false, streams: false })).id;
  };
  const ids = await Promise.all(Array.from({ length: 8 }, accept));
  const endOf = (id: string) =>
    vi.waitFor(async () => expect((await readRun({ ctx: made.ctx, input: { id } })).run.status).toBe('succeeded'), { timeout: 40_000 });
  for (const id of ids) await endOf(id);
  expect(most).toBe(2);
  expect(order).toEqual(ids.toSorted());
  expect(made.ctx.deps.admission.hasRoom(narrow.actor)).toBe(true);
});

test('a call that is waited for counts too; what is held meanwhile holds up nobody else, and is there after a restart', {
  timeout: 60_000,
}, async () => {
  const made = await withProvider();
  const ctx = await asKey(made, { runsAtOnce: 1 });
  const leave = await made.ctx.deps.admission.enter(ctx);
  const body = { inputs: { name: 'Ada' } };
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'ask', body } });
  const { id } = await startDurableRun(ctx, { prepared, body, key: undefined, waits: false, streams: false });
  await vi.waitFor(() => expect(made.ctx.deps.dispatcher.stats()).toEqual({ queued: 1, running: 0 }), { timeout: 20_000 });
  made.ctx.deps.dispatcher.start({ workspaceId: ctx.workspaceId, runId: id });
  await vi.waitFor(() => expect(made.ctx.deps.dispatcher.stats()).toEqual({ queued: 2, running: 0 }), { timeout: 20_000 });
  const other = await preparePublishedRun({ ctx: made.ctx, input: { slug: 'ask', body } });
  await startDurableRun(made.ctx, { prepared: other, body, key: undefined, waits: false, streams: false });
  await vi.waitFor(async () => expect((await readRun({ ctx: made.ctx, input: { id: other.id } })).run.status).toBe('succeeded'), 40_000);
  expect((await readRun({ ctx: made.ctx, input: { id } })).run.status).toBe('queued');
  leave();
  await made.services.close();
  const { deps } = await made.again();
  await vi.waitFor(async () => expect((await readRun({ ctx: { ...made.ctx, deps }, input: { id } })).run.status).toBe('succeeded'), {
    timeout: 40_000,
  });
});

test.each([
  ['PATCHBAY_MAX_RUN_COST_USD', 'much'],
  ['PATCHBAY_MAX_RUNS_AT_ONCE', '0'],
  ['PATCHBAY_MAX_RUN_SECONDS', '-1'],
])('%s=%s refuses the start with a sentence', async (name, value) => {
  await expect(fixture({ [name]: value })).rejects.toThrow(new RegExp(`^${name} is`));
});

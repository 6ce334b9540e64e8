import { type FakeProvider, type FakeProviderOptions, startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Ctx } from '../context.ts';
import { deleteFlow } from '../flows/delete-flow.ts';
import { publishFlow } from '../flows/publish-flow.ts';
import { readFlow } from '../flows/read-flow.ts';
import { saveDraft } from '../flows/save-draft.ts';
import type { Services } from '../open-services.ts';
import { cancelRun } from '../runs/cancel-run.ts';
import { followRun, type NumberedEvent } from '../runs/follow-run.ts';
import { prepareDraftRun, preparePublishedRun } from '../runs/prepare-run.ts';
import { readRun } from '../runs/read-run.ts';
import { resumeRun } from '../runs/resume-run.ts';
import { readRunState } from '../runs/run-state.ts';
import { startDurableRun } from '../runs/start-durable-run.ts';
import { fixture, greeting } from '../testing.ts';

const body = { inputs: { name: 'Ada' } };

async function provider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const fake = await startFakeProvider(options);
  onTestFinished(() => fake.close());
  return fake;
}

const environmentOf = ({ url, port }: FakeProvider) => ({
  OPENAI_BASE_URL: url,
  OPENAI_MODEL: 'm',
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${port}`,
});

/** Starts a run nobody waits for. */
async function start(ctx: Ctx, slug = 'greet'): Promise<string> {
  const prepared = await preparePublishedRun({ ctx, input: { slug, body } });
  return (await startDurableRun(ctx, { prepared, body, key: undefined, waits: false, streams: false })).id;
}

async function eventsOf(ctx: Ctx, id: string, lastEventId?: number): Promise<NumberedEvent[]> {
  const events: NumberedEvent[] = [];
  const input = { id, lastEventId: lastEventId === undefined ? undefined : String(lastEventId) };
  for await (const event of await followRun({ ctx, input }, new AbortController().signal)) events.push(event);
  return events;
}

/** Waits for the end of a run, wherever it is executed. */
async function endOf(ctx: Ctx, id: string) {
  expect((await eventsOf(ctx, id)).at(-1)?.event.type).toBe('run-end');
  return readRun({ ctx, input: { id } });
}

const within = (ctx: Ctx, services: Services): Ctx => ({ ...ctx, deps: services.deps });

/** Two model steps, one after the other. */
const twice = JSON.stringify({
  ...JSON.parse(greeting('auto')),
  nodes: { ...JSON.parse(greeting('auto')).nodes, again: { type: 'model', config: { model: 'auto' } } },
  edges: [
    { from: 'in.name', to: 'say.name' },
    { from: 'say.text', to: 'ask.prompt' },
    { from: 'ask.text', to: 'again.prompt' },
    { from: 'again.text', to: 'out.greeting' },
  ],
});

/** One HTTP step between the ends. */
const httpFlow = (fake: FakeProvider, method: string) =>
  JSON.stringify({
    ...JSON.parse(greeting()),
    nodes: {
      ...JSON.parse(greeting()).nodes,
      say: {
        type: 'http',
        config: { method, url: `${fake.url}/chat/completions?{{name}}`, body: 'json', json: { model: 'm' }, failOnStatus: false },
      },
    },
  });

const journaled = async (ctx: Ctx, id: string, node: string) =>
  vi.waitFor(
    async () => {
      const entries = await ctx.deps.database.journal.entries(ctx.workspaceId, id);
      expect(entries.find((entry) => entry.name === node)).toBeDefined();
    },
    { timeout: 20_000 },
  );

test('after a crash a run goes on: what has ended is not done again, what was under way is, with the same key', async () => {
  const fake = await provider();
  fake.script({ text: 'first' }, { fault: { kind: 'hang' } });
  const { ctx, publish, again } = await fixture(environmentOf(fake));
  await publish(twice, 'greet');
  const id = await start(ctx);
  await fake.waitForCalls(2);
  await journaled(ctx, id, 'ask');
  // Another process opens the store; the first one is as good as dead, but does not know.
  const next = within(ctx, await again());
  const detail = await endOf(next, id);
  expect(detail).toMatchObject({ run: { status: 'succeeded', usage: { calls: 2 } }, outputs: { greeting: 'first' } });
  expect(detail.steps.map(({ node }) => node)).toEqual(['in', 'say', 'ask', 'again', 'out']);
  const keys = fake.calls.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(3);
  expect(keys[1]).toBe(keys[2]);
  expect(keys[0]).not.toBe(keys[1]);
  expect(await ctx.deps.database.journal.read(ctx.workspaceId, id)).toMatchObject({ attempt: 2 });
});

test('a reader that comes back after a crash hears the rest, each end once', async () => {
  const fake = await provider();
  fake.script({ text: 'first' }, { fault: { kind: 'hang' } });
  const { ctx, publish, again } = await fixture(environmentOf(fake));
  await publish(twice, 'greet');
  const id = await start(ctx);
  const heard: NumberedEvent[] = [];
  const leave = new AbortController();
  for await (const event of await followRun({ ctx, input: { id } }, leave.signal)) {
    heard.push(event);
    if (event.event.type === 'step-start' && event.event.node === 'again') break;
  }
  const next = within(ctx, await again());
  const rest = await eventsOf(next, id, heard.at(-1)?.id);
  const all = [...heard, ...rest];
  const ids = all.map((event) => event.id);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  const ends = all.flatMap(({ event }) => (event.type === 'step-end' ? [event.node] : event.type === 'output-end' ? [event.output] : []));
  expect(ends.sort()).toEqual(['again', 'ask', 'greeting', 'in', 'out', 'say']);
  expect(all.filter(({ event }) => event.type === 'run-start')).toHaveLength(1);
  expect(all.at(-1)?.event).toMatchObject({ type: 'run-end', status: 'succeeded' });
  // Who was not there hears the same ends under the same ids.
  const late = await eventsOf(next, id);
  for (const event of late) {
    if (event.event.type === 'step-end' || event.event.type === 'output-end') expect(ids).toContain(event.id);
  }
});

test('a step that must not run twice interrupts its run; one call lets it go on', async () => {
  const fake = await provider();
  fake.script({ fault: { kind: 'hang' } });
  const { ctx, publish, again } = await fixture(environmentOf(fake));
  await publish(httpFlow(fake, 'POST'), 'greet');
  const id = await start(ctx);
  await fake.waitForCalls(1);
  const next = within(ctx, await again());
  const detail = await endOf(next, id);
  expect(detail).toMatchObject({
    run: { status: 'interrupted' },
    error: { reason: 'interrupted', node: 'say', message: expect.stringContaining('“say”') },
  });
  expect(fake.calls).toHaveLength(1);
  fake.script({ fault: { kind: 'hang' } });
  await resumeRun({ ctx: next, input: { id } });
  await fake.waitForCalls(2);
  // What broke it off before is no failure of a run that goes on.
  for (const state of [await readRun({ ctx: next, input: { id } }), await readRunState({ ctx: next, input: { id } })]) {
    expect(state.run.status).toBe('running');
    expect(state.error).toBeUndefined();
  }
  await expect(resumeRun({ ctx: next, input: { id } })).rejects.toMatchObject({ code: 'conflict', reason: 'run_not_interrupted' });
  await cancelRun({ ctx: next, input: { id } });
  expect(await endOf(next, id)).toMatchObject({ run: { status: 'cancelled' } });
  expect(fake.calls).toHaveLength(2);
});

test('a request that only reads is sent again by itself', async () => {
  const fake = await provider();
  fake.script({ fault: { kind: 'hang' } });
  const { ctx, publish, again } = await fixture(environmentOf(fake));
  await publish(httpFlow(fake, 'GET'), 'greet');
  const id = await start(ctx);
  await fake.waitForCalls(1);
  expect(await endOf(within(ctx, await again()), id)).toMatchObject({ run: { status: 'succeeded' } });
  expect(fake.calls).toHaveLength(2);
});

test('a run goes on with the version it was started with, and a draft as it was', async () => {
  const fake = await provider();
  const hang = { fault: { kind: 'hang' } } as const;
  fake.script(hang, hang);
  const { ctx, publish, again } = await fixture(environmentOf(fake));
  const flowId = await publish(greeting('auto'), 'greet');
  const id = await start(ctx);
  const prepared = await prepareDraftRun({ ctx, input: { id: flowId, body } });
  const draft = await startDurableRun(ctx, { prepared, body, key: undefined, waits: false, streams: false });
  await fake.waitForCalls(2);
  const { etag } = await readFlow({ ctx, input: { id: flowId } });
  await saveDraft({ ctx, input: { id: flowId, ifMatch: etag, text: greeting('auto').replace('Hello', 'Good bye') } });
  await publishFlow({ ctx, input: { id: flowId } });
  const next = within(ctx, await again());
  for (const one of [id, draft.id]) expect(await endOf(next, one)).toMatchObject({ outputs: { greeting: 'Hello Ada!' } });
});

test('a run whose flow is gone ends as failed and says so', async () => {
  const fake = await provider({ reply: { fault: { kind: 'hang' } } });
  const { ctx, publish, again } = await fixture(environmentOf(fake));
  const flowId = await publish(greeting('auto'), 'greet');
  const id = await start(ctx);
  await fake.waitForCalls(1);
  await deleteFlow({ ctx, input: { id: flowId } });
  const detail = await endOf(within(ctx, await again()), id);
  expect(detail).toMatchObject({ run: { status: 'failed' }, error: { reason: 'version_gone', message: expect.stringContaining('gone') } });
});

test('runs begin in the order they were accepted, so many at once, and a queued one can be stopped', async () => {
  const fake = await provider();
  const { ctx, publish, services } = await fixture(environmentOf(fake), { dispatcherLimits: { perWorkspace: 1 } });
  await publish(greeting('auto'), 'greet');
  const all = Promise.withResolvers<void>();
  const { journal } = services.deps.database;
  const { take } = journal;
  vi.spyOn(journal, 'take').mockImplementationOnce(async (of) => {
    await all.promise;
    return take(of);
  });
  const ids: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) ids.push(await start(ctx));
  expect(services.deps.dispatcher.stats()).toMatchObject({ running: 1, queued: 3 });
  await cancelRun({ ctx, input: { id: ids[2] ?? '' } });
  all.resolve();
  const ends = await Promise.all(ids.map((id) => endOf(ctx, id)));
  expect(ends.map(({ run }) => run.status)).toEqual(['succeeded', 'succeeded', 'cancelled', 'succeeded']);
  expect(ends[2]?.steps).toEqual([]);
  const asked = fake.calls.map(({ headers }) => String(headers['idempotency-key']).split(':')[0]);
  expect(asked).toEqual([ids[0], ids[1], ids[3]]);
});

test('a store that refuses for a while delays a run, and loses and doubles nothing', async () => {
  const fake = await provider();
  const { ctx, publish, services } = await fixture(environmentOf(fake), { dispatcherLimits: { retryMs: 20 } });
  await publish(twice, 'greet');
  const { journal } = services.deps.database;
  const { add } = journal;
  const refusing = vi
    .spyOn(journal, 'add')
    .mockImplementation((of, entry) =>
      entry.name === 'again' && refusing.mock.calls.length < 6 ? Promise.reject(new Error('disk')) : add(of, entry),
    );
  const id = await start(ctx);
  expect(await endOf(ctx, id)).toMatchObject({ run: { status: 'succeeded', usage: { calls: 2 } } });
  const keys = fake.calls.map(({ headers }) => headers['idempotency-key']);
  expect(keys.filter((key) => key === keys[0])).toHaveLength(1);
});

test('stopping in order leaves what is not done in time to the next start', async () => {
  const fake = await provider();
  fake.script({ text: 'first' }, { fault: { kind: 'hang' } });
  const { ctx, publish, services, again } = await fixture(environmentOf(fake));
  await publish(twice, 'greet');
  const id = await start(ctx);
  await fake.waitForCalls(2);
  const followed = eventsOf(ctx, id);
  await services.drain(10);
  expect((await followed).some(({ event }) => event.type === 'run-end')).toBe(false);
  await vi.waitFor(() => expect(fake.calls[1]?.aborted).toBe(true), { timeout: 20_000 });
  expect(await readRun({ ctx, input: { id } })).toMatchObject({ run: { status: 'running' } });
  await expect(start(ctx)).rejects.toMatchObject({ code: 'unavailable', reason: 'stopping' });
  await services.close();
  expect(await endOf(within(ctx, await again()), id)).toMatchObject({ run: { status: 'succeeded' }, outputs: { greeting: 'first' } });
  expect(fake.calls).toHaveLength(3);
});

test('a run that cannot be executed, though the store answers, ends and says so', async () => {
  const troubles: string[] = [];
  const { ctx, publish, services } = await fixture(
    {},
    { dispatcherLimits: { retryMs: 20 }, onTrouble: (code) => void troubles.push(code) },
  );
  await publish(greeting(), 'greet');
  const { journal } = services.deps.database;
  const { read } = journal;
  const broken = vi.spyOn(journal, 'read').mockImplementation(async (workspaceId, runId) => {
    const found = await read(workspaceId, runId);
    return found && { ...found, document: '{ this is no flow' };
  });
  const id = await start(ctx);
  await vi.waitFor(() => expect(troubles).not.toEqual([]), { timeout: 20_000 });
  await vi.waitFor(() => expect(services.deps.dispatcher.stats()).toEqual({ queued: 0, running: 0 }), { timeout: 20_000 });
  broken.mockRestore();
  const end = await endOf(ctx, id);
  expect(end).toMatchObject({ run: { status: 'failed' }, error: { class: 'internal', reason: 'unexpected' } });
  expect(troubles).toEqual(['durable_run']);
});

test('a run whose end cannot be written ends without what it made, and says so', async () => {
  const { ctx, publish, services } = await fixture({}, { dispatcherLimits: { retryMs: 20 } });
  await publish(greeting(), 'greet');
  vi.spyOn(services.deps.database.journal, 'finish').mockRejectedValueOnce(new RangeError('too deep to be written'));
  const end = await endOf(ctx, await start(ctx));
  expect(end).toMatchObject({ outputs: {}, run: { status: 'failed' }, error: { reason: 'unexpected' } });
});

test('a text that is nested without end is no data, and its run ends like any other', async () => {
  const { ctx, publish } = await fixture();
  const flow = JSON.parse(greeting());
  flow.nodes.out.config.fields[0].type = 'data';
  await publish(JSON.stringify({ ...flow, nodes: { ...flow.nodes, say: { type: 'prompt', config: { template: '{{name}}' } } } }), 'deep');
  const deep = { inputs: { name: '['.repeat(50_000) + ']'.repeat(50_000) } };
  const prepared = await preparePublishedRun({ ctx, input: { slug: 'deep', body: deep } });
  const { id } = await startDurableRun(ctx, { prepared, body: deep, key: undefined, waits: false, streams: false });
  expect(await endOf(ctx, id)).toMatchObject({
    run: { status: 'failed' },
    error: { class: 'invalid_input', reason: 'not_json', node: 'out' },
  });
});

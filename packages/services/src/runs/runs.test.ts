import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Ctx } from '../context.ts';
import { publishFlow } from '../flows/publish-flow.ts';
import { readFlow } from '../flows/read-flow.ts';
import { saveDraft } from '../flows/save-draft.ts';
import { fixture, greeting } from '../testing.ts';
import { findEndpoint } from './find-endpoint.ts';
import { listRuns } from './list-runs.ts';
import { preparePublishedRun } from './prepare-run.ts';
import { readRun } from './read-run.ts';
import { runAsStream } from './run-as-stream.ts';
import { runToEnd } from './run-to-end.ts';
import type { SentEvent } from './sent-event.ts';

const body = { inputs: { name: 'Ada' } };
const prepare = (ctx: Ctx, slug = 'greet') => preparePublishedRun({ ctx, input: { slug, body } });

test('the answer waits for its record, and a record that cannot be written fails the call', async () => {
  const { ctx, publish, services } = await fixture();
  await publish(greeting(), 'greet');
  const { runs } = services.deps.database;
  const order: string[] = [];
  const record = vi.spyOn(runs, 'record').mockImplementationOnce(async (...args) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    order.push('recorded');
    return runs.record(...args);
  });
  const result = await runToEnd(ctx, await prepare(ctx));
  order.push('answered');
  expect(order).toEqual(['recorded', 'answered']);
  expect(result).toMatchObject({ status: 'succeeded', outputs: { greeting: 'Hello Ada!' } });
  record.mockRejectedValueOnce(new Error('disk'));
  await expect(runToEnd(ctx, await prepare(ctx))).rejects.toThrow('disk');
  expect(services.deps.liveRuns.size).toBe(0);
});

test('what is stored is what was answered, steps included', async () => {
  const { ctx, publish } = await fixture();
  const flowId = await publish(greeting('demo/echo'), 'greet');
  const prepared = await prepare(ctx);
  const result = await runToEnd(ctx, prepared);
  const detail = await readRun({ ctx, input: { id: prepared.id } });
  expect(detail).toMatchObject({ flowId, version: 1, source: 'api', inputs: { name: 'Ada' }, outputs: result.outputs });
  expect(detail.run).toMatchObject({ status: 'succeeded', simulated: true, usage: result.usage });
  const ask = detail.steps.find((step) => step.node === 'ask');
  expect(ask).toMatchObject({ status: 'succeeded', model: 'demo/echo', simulated: true, outputs: { text: 'Hello Ada!' } });
});

test('an endpoint is compiled once and follows its newest version at once', async () => {
  const { ctx, publish, services } = await fixture();
  const id = await publish(greeting(), 'greet');
  const first = await findEndpoint(ctx, 'greet');
  services.deps.endpoints.clear();
  expect(await findEndpoint(ctx, 'greet')).toBe(first);
  expect(await findEndpoint(ctx, 'greet@1')).toBe(first);
  const { etag } = await readFlow({ ctx, input: { id } });
  await saveDraft({ ctx, input: { id, ifMatch: etag, text: greeting('demo/echo') } });
  expect(await findEndpoint(ctx, 'greet')).toBe(first);
  await publishFlow({ ctx, input: { id } });
  expect((await findEndpoint(ctx, 'greet')).version).toBe(2);
  expect(await findEndpoint(ctx, 'greet@1')).toBe(first);
});

test('a reader that stops early cancels the run, and its record is still written', async () => {
  const provider = await startFakeProvider({ reply: { text: 'word '.repeat(500), chunkDelayMs: 5 } });
  onTestFinished(() => provider.close());
  const { ctx, publish, services } = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await publish(greeting('auto'), 'greet');
  const prepared = await prepare(ctx);
  for await (const event of runAsStream(ctx, prepared)) if (event.type === 'output-chunk') break;
  const detail = await readRun({ ctx, input: { id: prepared.id } });
  expect(detail).toMatchObject({ run: { status: 'cancelled' }, error: { class: 'cancelled', reason: 'caller_left' } });
  expect(services.deps.liveRuns.size).toBe(0);
  expect(provider.calls).toHaveLength(1);
});

test('a signal ends a stream that waits for its provider, and run-end is still the last event', async () => {
  const provider = await startFakeProvider({ reply: { fault: { kind: 'hang' } } });
  onTestFinished(() => provider.close());
  const { ctx, publish } = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await publish(greeting('auto'), 'greet');
  const leave = new AbortController();
  void provider.waitForCalls(1).then(() => leave.abort());
  const events: SentEvent[] = [];
  for await (const event of runAsStream(ctx, await prepare(ctx), leave.signal)) events.push(event);
  expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'cancelled', error: { message: expect.any(String) } });
});

test('runs come in pages, newest first, each with its flow', async () => {
  const { ctx, publish } = await fixture();
  const flowId = await publish(greeting(), 'greet');
  const ids: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const prepared = await prepare(ctx);
    ids.unshift(prepared.id);
    await runToEnd(ctx, prepared);
  }
  const first = await listRuns({ ctx, input: { flow: flowId, limit: 3 } });
  expect(first.runs.map((run) => run.id)).toEqual(ids.slice(0, 3));
  const second = await listRuns({ ctx, input: { flow: flowId, limit: 3, before: first.next ?? '' } });
  expect(second).toMatchObject({ next: null, runs: [{ id: ids[3] }, { id: ids[4] }] });
  expect(second.runs[0]).toMatchObject({ flowName: 'Greeting', version: 1, source: 'api', status: 'succeeded' });
  expect((await listRuns({ ctx, input: { flow: 'flow_none', limit: 3 } })).runs).toEqual([]);
});

test('a run that is stopped by closing is recorded as cancelled', async () => {
  const provider = await startFakeProvider({ reply: { fault: { kind: 'hang' } } });
  onTestFinished(() => provider.close());
  const { ctx, publish, services, again } = await fixture({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await publish(greeting('auto'), 'greet');
  const prepared = await prepare(ctx);
  const running = runToEnd(ctx, prepared);
  await provider.waitForCalls(1);
  await services.close();
  expect(await running).toMatchObject({ status: 'cancelled' });
  const { deps } = await again();
  expect(await readRun({ ctx: { ...ctx, deps }, input: { id: prepared.id } })).toMatchObject({ run: { status: 'cancelled' } });
});

test('who may not run learns which scope is needed', async () => {
  const { ctx, publish } = await fixture();
  await publish(greeting(), 'greet');
  const key = (scopes: readonly ('run' | 'read' | 'manage')[], flows?: readonly string[]): Ctx => ({
    ...ctx,
    actor: { kind: 'key', id: 'k', scopes, flows },
  });
  await expect(prepare(key(['read']))).rejects.toMatchObject({ code: 'forbidden', params: { scope: 'run' } });
  await expect(prepare(key(['run'], ['other']))).rejects.toMatchObject({ code: 'forbidden', reason: 'flow_not_allowed' });
  await expect(prepare({ ...key(['run']), workspaceId: 'ws_other' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(prepare(key(['manage']))).resolves.toMatchObject({ source: 'api' });
});

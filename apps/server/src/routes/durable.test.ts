import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { bearer, modelFlow, plainFlow, readEvents, readJson, startTestServer } from '../test-server.ts';

const body = { inputs: { name: 'Ada' } };
const async = { prefer: 'respond-async' };

async function serverWith(flow: unknown, environment: Record<string, string> = {}) {
  const server = await startTestServer(environment);
  const flowId = await server.publish(flow, 'greet');
  const key = await server.makeKey(['run']);
  const call = (path: string, method = 'GET', more: Record<string, string> = {}, sent?: unknown) =>
    server.send(method, path, sent, { ...bearer(key), ...more });
  const start = (more: Record<string, string>, sent: unknown = body) => call('/v1/flows/greet/runs', 'POST', more, sent);
  return { server, flowId, key, call, start };
}

async function provider(reply: Parameters<typeof startFakeProvider>[0] = {}) {
  const fake = await startFakeProvider(reply);
  onTestFinished(() => fake.close());
  return { fake, environment: { OPENAI_BASE_URL: fake.url, OPENAI_MODEL: 'm' } };
}

async function endOf(call: (path: string) => Promise<Response>, id: string): ReturnType<typeof readJson> {
  const events = readEvents(await (await call(`/v1/runs/${id}/events`)).text());
  expect(events.at(-1)?.event).toBe('run-end');
  return readJson(await call(`/v1/runs/${id}`));
}

test('an accepted run has an address at once, and its result there when it has ended', async () => {
  const { call, start, server, key } = await serverWith(modelFlow('demo/echo'));
  const answer = await start(async);
  const { run } = await readJson(answer, 202);
  expect(run).toEqual({
    id: expect.stringMatching(/^run_/),
    status: 'queued',
    url: `/v1/runs/${run.id}`,
    events: `/v1/runs/${run.id}/events`,
  });
  expect(answer.headers.get('location')).toBe(run.url);
  expect(answer.headers.get('preference-applied')).toBe('respond-async');
  const state = await endOf(call, run.id);
  expect(state).toMatchObject({ outputs: { greeting: 'Hello Ada!' }, run: { id: run.id, status: 'succeeded', simulated: true } });
  const detail = await readJson(await server.asOwner('GET', `/api/runs/${run.id}`));
  expect(detail['steps'].map((step: { node: string }) => step.node)).toEqual(['in', 'say', 'ask', 'out']);
  expect(detail).toMatchObject({ inputs: { name: 'Ada' }, outputs: { greeting: 'Hello Ada!' }, source: 'api', version: 1 });
  const direct = await readJson(await server.send('POST', '/v1/flows/greet/runs', body, bearer(key)));
  expect({ ...state['run'], id: '', durationMs: 0 }).toEqual({ ...direct['run'], id: '', durationMs: 0 });
});

test('the events of a run are the same whenever they are read, and go on after the one a reader knows', async () => {
  const { call, start } = await serverWith(modelFlow('demo/echo'));
  const { run } = await readJson(await start(async), 202);
  await endOf(call, run.id);
  const events = readEvents(await (await call(`/v1/runs/${run.id}/events`)).text());
  expect(events[0]).toMatchObject({ event: 'run-start', id: 1, data: { run: run.id } });
  expect(events.filter(({ event }) => event === 'step-end').map(({ data }) => data['node'])).toEqual(['in', 'say', 'ask', 'out']);
  expect(events.find(({ event }) => event === 'output-end')?.data).toEqual({ output: 'greeting', value: 'Hello Ada!', complete: true });
  // What flows between steps is the author's.
  expect(events.some(({ data }) => 'outputs' in data && data['node'] !== undefined)).toBe(false);
  expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).sort((a, b) => a - b));
  const known = events[2]?.id ?? 0;
  const rest = readEvents(await (await call(`/v1/runs/${run.id}/events`, 'GET', { 'last-event-id': String(known) })).text());
  expect(rest).toEqual(events.slice(3));
  expect((await call(`/v1/runs/${run.id}/events`, 'GET', { 'last-event-id': 'x' })).status).toBe(400);
});

test('a run whose caller waited is told again from its record', async () => {
  const { call, start } = await serverWith(plainFlow);
  const { run } = await readJson(await start({}));
  const events = readEvents(await (await call(`/v1/runs/${run.id}/events`)).text());
  expect(events.map(({ event }) => event)).toEqual(['run-start', 'step-end', 'step-end', 'step-end', 'output-end', 'run-end']);
  expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await readJson(await call(`/v1/runs/${run.id}`))).toMatchObject({
    outputs: { greeting: 'Hello Ada!' },
    run: { status: 'succeeded' },
  });
});

test('a run is not there for a key of other flows, a key of another scope, or before a test run', async () => {
  const { server, start, flowId, call } = await serverWith(plainFlow);
  const { run } = await readJson(await start(async), 202);
  await endOf(call, run.id);
  const missing = await readJson(await call('/v1/runs/run_none'), 404);
  await server.publish({ ...plainFlow, name: 'Other' }, 'other');
  const others = await server.makeKey(['run'], ['other']);
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/events'],
    ['POST', '/cancel'],
    ['POST', '/resume'],
  ]) {
    const answer = await server.send(method ?? '', `/v1/runs/${run.id}${path}`, undefined, bearer(others));
    expect({ ...(await readJson(answer, 404)), instance: '' }).toEqual({ ...missing, instance: '' });
  }
  expect((await server.send('GET', `/v1/runs/${run.id}`)).status).toBe(401);
  const test = await readJson(await server.asOwner('POST', `/api/flows/${flowId}/runs`, body));
  expect((await call(`/v1/runs/${test['run'].id}`)).status).toBe(404);
  const reads = await server.makeKey(['read']);
  expect((await server.send('GET', `/v1/runs/${run.id}`, undefined, bearer(reads))).status).toBe(200);
  expect((await server.send('POST', `/v1/runs/${run.id}/cancel`, undefined, bearer(reads))).status).toBe(403);
});

test('stopping ends a run under way and one that stands in the queue, once', async () => {
  const { fake, environment } = await provider({ reply: { fault: { kind: 'hang' } } });
  const { call, start } = await serverWith(modelFlow('auto'), environment);
  const { run } = await readJson(await start(async), 202);
  await fake.waitForCalls(1);
  expect((await call(`/v1/runs/${run.id}/cancel`, 'POST')).status).toBe(204);
  expect((await call(`/v1/runs/${run.id}/cancel`, 'POST')).status).toBe(409);
  const state = await readJson(await call(`/v1/runs/${run.id}`));
  expect(state).toMatchObject({ run: { status: 'cancelled' }, error: { class: 'cancelled', reason: 'asked' } });
  expect((await call(`/v1/runs/${run.id}/resume`, 'POST')).status).toBe(409);
});

test('the same key and body get the same answer; another body is refused', async () => {
  const { fake, environment } = await provider();
  const { start } = await serverWith(modelFlow('auto'), environment);
  const key = { 'idempotency-key': 'order-7' };
  const first = await start(key);
  const answer = await readJson(first);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  expect(answer).toMatchObject({ outputs: { greeting: 'Hello Ada!' }, run: { status: 'succeeded' } });
  const second = await start(key);
  expect(second.headers.get('idempotency-replayed')).toBe('true');
  expect(await readJson(second)).toEqual(answer);
  const streamed = await start({ ...key, accept: 'text/event-stream' });
  expect(streamed.headers.get('idempotency-replayed')).toBe('true');
  expect(readEvents(await streamed.text()).at(-1)).toMatchObject({ event: 'run-end', data: { status: 'succeeded' } });
  const detached = await start({ ...key, ...async });
  expect(await readJson(detached, 202)).toMatchObject({ run: { id: answer['run'].id } });
  const other = await start(key, { inputs: { name: 'Bob' } });
  expect(await readJson(other, 422)).toMatchObject({ code: 'key_reused', detail: expect.stringContaining('Idempotency-Key') });
  expect((await start({ 'idempotency-key': 'x'.repeat(256) })).status).toBe(400);
  expect((await start({ 'idempotency-key': 'x'.repeat(255) })).status).toBe(200);
  expect(fake.calls).toHaveLength(2);
});

test('a failed run is replayed as it failed', async () => {
  const { fake, environment } = await provider({ reply: { fault: { kind: 'status', status: 401 } } });
  const { start } = await serverWith(modelFlow('auto'), environment);
  const key = { 'idempotency-key': 'k' };
  const first = await readJson(await start(key), 502);
  const second = await start(key);
  expect(second.headers.get('idempotency-replayed')).toBe('true');
  expect({ ...(await readJson(second, 502)), instance: '' }).toEqual({ ...first, instance: '' });
  expect(fake.calls).toHaveLength(1);
});

test('a hundred requests at once with one key are one run', async () => {
  const { fake, environment } = await provider({ reply: { delayMs: 100 } });
  const { start, server } = await serverWith(modelFlow('auto'), environment);
  const answers = await Promise.all(Array.from({ length: 100 }, () => start({ 'idempotency-key': 'one' })));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(99);
  expect(answers.find(({ status }) => status === 409)?.headers.get('retry-after')).toBe('1');
  expect(fake.calls).toHaveLength(1);
  expect((await server.services.deps.database.runs.list('ws_local', { limit: 10 })).length).toBe(1);
  expect((await start({ 'idempotency-key': 'one' })).headers.get('idempotency-replayed')).toBe('true');
});

test('a keyed stream has the pieces of text as they come, and its caller may leave', async () => {
  const { fake, environment } = await provider({ reply: { text: 'one two three' } });
  const { start, call } = await serverWith(modelFlow('auto'), environment);
  const events = readEvents(await (await start({ 'idempotency-key': 's', accept: 'text/event-stream' })).text());
  const pieces = events.filter(({ event }) => event === 'output-chunk').map(({ data }) => data['text']);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('')).toBe('one two three');
  const ids = events.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  fake.script({ delayMs: 200, text: 'late' });
  const left = await start({ 'idempotency-key': 't', accept: 'text/event-stream' });
  const reader = left.body?.getReader();
  const first = readEvents(new TextDecoder().decode((await reader?.read())?.value))[0];
  await reader?.cancel();
  const state = await endOf(call, String(first?.data['run']));
  expect(state).toMatchObject({ outputs: { greeting: 'late' }, run: { status: 'succeeded' } });
});

test('drafts run durably too, and their readers see what flows between steps', async () => {
  const { server, flowId } = await serverWith(modelFlow('demo/echo'));
  const { run } = await readJson(await server.asOwner('POST', `/api/flows/${flowId}/runs`, body, async), 202);
  expect(run.url).toBe(`/api/runs/${run.id}`);
  const events = readEvents(await (await server.asOwner('GET', run.events)).text());
  expect(events.find(({ data }) => data['node'] === 'ask' && 'outputs' in data)?.data['outputs']).toEqual({ text: 'Hello Ada!' });
  expect(events.at(-1)?.event).toBe('run-end');
});

test('a flow that asks a person answers that it waits, and takes the answer', async () => {
  const flow = {
    ...plainFlow,
    nodes: {
      ...plainFlow.nodes,
      ask: { type: 'wait_person', config: { message: 'Send {{text}}?', fields: [{ id: 'approved', title: 'Approved', type: 'boolean' }] } },
      out: { type: 'output', config: { fields: [{ id: 'approved', title: 'Approved', type: 'boolean' }] } },
    },
    edges: [
      { from: 'in.name', to: 'say.name' },
      { from: 'say.text', to: 'ask.text' },
      { from: 'ask.approved', to: 'out.approved' },
    ],
  };
  const { call, start } = await serverWith(flow);
  const answer = await start({});
  const { run } = await readJson(answer, 202);
  expect(run).toMatchObject({ status: 'waiting', url: answer.headers.get('location') });
  const state = await readJson(await call(run.url));
  expect(state['waits']).toMatchObject([{ kind: 'person', message: 'Send Hello Ada!?', node: 'ask', until: expect.any(String) }]);
  const place = `${run.url}/answers/${state['waits'][0].id}`;
  expect((await call(place, 'POST', {}, { values: { approved: 1 } })).status).toBe(400);
  expect((await call(place, 'POST', {}, { values: { approved: true } })).status).toBe(204);
  expect((await call(place, 'POST', {}, { values: { approved: true } })).status).toBe(204);
  expect((await call(place, 'POST', {}, { values: { approved: false } })).status).toBe(409);
  expect((await call(`${run.url}/answers/wait_none`, 'POST', {}, { values: {} })).status).toBe(404);
  expect(await endOf(call, run.id)).toMatchObject({ outputs: { approved: true }, run: { status: 'succeeded' } });
});

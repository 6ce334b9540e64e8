import { startFakeProvider } from '@patchbay/testing';
import { expect, onTestFinished, test } from 'vitest';
import { bearer, modelFlow, plainFlow, readEvents, readJson, startTestServer } from '../test-server.ts';

const inputs = { inputs: { name: 'Ada' } };

test('a key that has used up its minute gets 429 with what the limit is, and its stream too', async () => {
  const server = await startTestServer();
  await server.publish(plainFlow, 'greet');
  const made = await readJson(await server.asOwner('POST', '/api/keys', { name: 'k', scopes: ['run'], limits: { runsPerMinute: 2 } }), 201);
  expect(made['limits']).toEqual({ runsPerMinute: 2 });
  const call = (extra = {}) => server.send('POST', '/v1/flows/greet/runs', inputs, { ...bearer(String(made['key'])), ...extra });
  for (let turn = 0; turn < 2; turn += 1) expect((await call()).status).toBe(200);
  for (const accept of ['application/json', 'text/event-stream']) {
    const refused = await call({ accept });
    expect(refused.headers.get('ratelimit-policy')).toBe('"key_runs_per_minute";q=2;w=60');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await readJson(refused, 429)).toMatchObject({
      code: 'rate_limited',
      retryable: true,
      detail: expect.stringContaining('2 runs a minute'),
    });
  }
});

test('a budget that is used up is 402 and says which', async () => {
  const provider = await startFakeProvider({ reply: { usage: { prompt_tokens: 0, completion_tokens: 900 } } });
  onTestFinished(() => provider.close());
  const server = await startTestServer({
    OPENAI_BASE_URL: provider.url,
    OPENAI_MODEL: 'm',
    PATCHBAY_PRICES: 'openai/m=0/10',
    PATCHBAY_MAX_DAY_COST_USD: '0.045',
  });
  await server.publish(modelFlow('auto'), 'ask');
  const headers = bearer(await server.makeKey(['run']));
  expect((await server.send('POST', '/v1/flows/ask/runs', inputs, headers)).status).toBe(200);
  const refused = await readJson(await server.send('POST', '/v1/flows/ask/runs', inputs, headers), 402);
  expect(refused).toMatchObject({ code: 'budget_exceeded', nodeId: 'ask', retryable: false });
  expect(refused['detail']).toContain('the workspace for today');
  const stream = await server.send('POST', '/v1/flows/ask/runs', inputs, {
    ...headers,
    accept: 'text/event-stream',
    'accept-language': 'zh',
  });
  expect(readEvents(await stream.text()).at(-1)).toMatchObject({
    data: { error: { class: 'budget_exceeded', message: expect.stringContaining('工作区今日的预算已用完') } },
  });
  expect(provider.calls).toHaveLength(1);
});

test.each([{ costPerDayUsd: -1 }, { runsAtOnce: 0 }, { runsPerMinute: 1.5 }, { anything: 1 }, { costPerDayUsd: '5' }])(
  'limits of a key that make no sense are refused: %j',
  async (limits) => {
    const server = await startTestServer();
    expect((await server.asOwner('POST', '/api/keys', { name: 'k', scopes: ['run'], limits })).status).toBe(400);
  },
);

test.each(['application/json', 'text/event-stream'])('a keyed run has its place until it ends: %s', async (accept) => {
  const provider = await startFakeProvider({ reply: { delayMs: 200 } });
  onTestFinished(() => provider.close());
  const server = await startTestServer({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm' });
  await server.publish(modelFlow('auto'), 'ask');
  const made = await readJson(await server.asOwner('POST', '/api/keys', { name: 'k', scopes: ['run'], limits: { runsAtOnce: 1 } }), 201);
  const call = async (key: string) => {
    const headers = { ...bearer(String(made['key'])), 'idempotency-key': key, accept };
    const answer = await server.send('POST', '/v1/flows/ask/runs', inputs, headers);
    expect(answer.status).toBe(200);
    return answer.text();
  };
  await Promise.all(['a', 'b', 'c'].map(call));
  const [first, second, third] = provider.calls.map(({ atMs }) => atMs);
  expect(Number(second) - Number(first)).toBeGreaterThan(190);
  expect(Number(third) - Number(second)).toBeGreaterThan(190);
});

test('a place is given back however a run ends', async () => {
  const provider = await startFakeProvider({ reply: { fault: { kind: 'status', status: 500 } } });
  onTestFinished(() => provider.close());
  const server = await startTestServer({ OPENAI_BASE_URL: provider.url, OPENAI_MODEL: 'm', PATCHBAY_MAX_RUNS_AT_ONCE: '1' });
  await server.publish(modelFlow('auto'), 'ask');
  await server.publish(plainFlow, 'greet');
  const key = bearer(await server.makeKey(['run']));
  const call = (slug: string, accept: string) => server.send('POST', `/v1/flows/${slug}/runs`, inputs, { ...key, accept });
  expect((await call('ask', 'application/json')).status).toBe(502);
  await (await call('ask', 'text/event-stream')).text();
  await (await call('greet', 'text/event-stream')).text();
  await (await call('greet', 'text/event-stream')).body?.cancel();
  const read = (await call('greet', 'text/event-stream')).body?.getReader();
  await read?.read();
  await read?.cancel();
  expect((await call('greet', 'application/json')).status).toBe(200);
});
